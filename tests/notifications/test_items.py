"""What was told, read again: the same rights for a line, a page of the centre and a count."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from network_site.notifications import bell, items
from network_site.notifications.audience import fan_out
from network_site.notifications.models import Delivery
from network_site.pages.visibility import ALL
from tests.notifications.factories import NOW, follow, happen

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(kinds, member):
    """told(12) tells the member of twelve things, the last one the newest."""
    follow(member)

    def tell(count, category="library"):
        for number in range(1, count + 1):
            when = NOW - timedelta(minutes=count - number)
            fan_out(happen(kinds[category], number, occurred_at=when, now=NOW).pk, NOW)

    return tell


def titles(page):
    return [entry.line.title for entry in page.entries]


def test_the_centre_is_read_by_pages_newest_first_each_line_once(member, told):
    told(25)
    first = items.centre(member, size=10)
    second = items.centre(member, size=10, before=first.older)
    third = items.centre(member, size=10, before=second.older)
    assert [*titles(first), *titles(second), *titles(third)] == [
        f"Chose {number}" for number in range(25, 0, -1)
    ]
    assert third.older is None


def test_what_may_no_longer_be_read_is_in_no_page_and_no_count(
    member, told, kinds, monkeypatch
):
    monkeypatch.setattr(items, "BATCH", 4)
    told(20)
    for number in range(5, 21):
        kinds["library"].rows[number].tokens = frozenset({ALL})
    del kinds["library"].rows[1]
    assert titles(items.centre(member, size=3)) == ["Chose 4", "Chose 3", "Chose 2"]
    assert bell.unread_count(member) == 3
    assert len(items.recent_for(member)) == 3
    hidden = Delivery.objects.get(item__object_id=9)
    shown = Delivery.objects.get(item__object_id=2)
    assert items.entry_of(member, hidden.pk) is None
    assert items.entry_of(member, shown.pk).line.title == "Chose 2"


def test_somebody_elses_lines_are_nobodys(member, editor, told):
    told(2)
    delivery = Delivery.objects.first()
    assert items.entry_of(editor, delivery.pk) is None
    assert items.mark_read(editor, [delivery.pk]) == 0
    assert bell.unread_count(editor) == 0


def test_what_is_read_is_read_once(member, told):
    told(3)
    assert items.canonical("/en/choses/2/?page=2#message-7") == "/choses/2/"
    delivery = Delivery.objects.get(item__object_id=2)
    assert items.mark_read(member, [delivery.pk], NOW) == 1
    assert items.mark_read(member, [delivery.pk]) == 0
    assert bell.unread_count(member) == 2
    assert titles(items.centre(member, unread=True)) == ["Chose 3", "Chose 1"]
    assert [one.is_read for one in items.centre(member).entries] == [
        False,
        True,
        False,
    ]
    assert items.mark_all_read(member) == 2
    assert bell.unread_count(member) == 0


def test_the_centre_can_be_narrowed_to_a_space(member, told):
    told(2)
    told(1, "events")
    assert len(items.centre(member, category="events").entries) == 1
    assert len(items.centre(member).entries) == 3


def test_one_kind_that_fails_hides_its_lines_only(member, told, kinds):
    told(2)
    told(1, "events")
    kinds["library"].is_broken = True
    assert len(items.centre(member).entries) == 1


def test_the_count_stops_where_the_badge_does(member, told, monkeypatch):
    monkeypatch.setattr(items, "MOST_COUNTED", 5)
    told(9)
    assert bell.unread_count(member) == 6


def test_a_page_of_the_centre_costs_the_same_for_few_and_many(member, told):
    counts = []
    # The groups of a person are read once a request.
    bell.unread_count(member)
    told(1)
    bell.unread_count(member)
    for size in (3, 40):
        Delivery.objects.all().delete()
        items.Item.objects.all().delete()
        told(size)
        with CaptureQueriesContext(connection) as captured:
            items.centre(member)
            bell.unread_count(member)
        counts.append(len(captured))
    assert counts[0] == counts[1]

"""The bell counts what the centre would show, in one statement on each page of a member."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from network_site.catalogue.building import settle_all
from network_site.core.outbox import drain
from network_site.notifications import bell, items
from network_site.notifications.enums import Rhythm
from network_site.notifications.models import Delivery, Item
from network_site.registries.enums import Level
from network_site.registries.notifications import ItemNotification, notifications
from tests.access.test_mails import follow_everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(shared_world):
    """The world, where everybody was told of everything, theirs to read or not."""
    follow_everything(shared_world, level=Level.SUMMARY, rhythm=Rhythm.NONE)
    drain()
    users = [user for user in shared_world.users.values() if user.is_authenticated]
    Delivery.objects.all().delete()
    Delivery.objects.bulk_create(
        Delivery(user=user, item=item) for user in users for item in Item.objects.all()
    )
    return shared_world


def shown_by_the_centre(user):
    return [
        entry.delivery.pk for entry in items.centre(user, unread=True, size=500).entries
    ]


def test_the_bell_counts_what_the_centre_shows(told):
    counts = {}
    for role, user in told.users.items():
        if not user.is_authenticated:
            assert bell.unread_count(user) == 0
            continue
        centre = set(shown_by_the_centre(user))
        assert {row.pk for row in bell.unread_readable(user)} == centre, role
        counts[role] = len(centre)
    assert len(set(counts.values())) > 1
    kinds = {item.name for item in Item.objects.all()}
    assert {"library.record", "forums.post", "events.day"} <= kinds


def test_what_is_hidden_or_kept_for_others_leaves_the_bell_at_once(told):
    member = told.users["member"]
    thread = told["thread_members"]
    before = bell.unread_count(member)
    thread.posts.filter(is_first=True).update(is_hidden=True)
    assert bell.unread_count(member) < before
    assert bell.unread_count(member) == len(shown_by_the_centre(member))
    type(thread).objects.filter(pk=thread.pk).update(is_hidden=True)
    told["record_public"].unpublish()
    member.groups.clear()
    member = type(member).objects.get(pk=member.pk)
    assert bell.unread_count(member) == len(shown_by_the_centre(member)) < before


def test_the_bell_is_one_statement(told):
    settle_all()
    client = Client()
    client.force_login(
        told.users["member"], backend="django.contrib.auth.backends.ModelBackend"
    )
    path = told["measures"].get_url()
    client.get(path)

    def count():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    with_many = count()
    Delivery.objects.all().delete()
    assert count() == with_many


def test_each_kind_of_item_says_whether_the_catalogue_knows_it():
    kinds = [one for one in notifications() if isinstance(one, ItemNotification)]
    unknown = [one.name for one in kinds if one.in_catalogue() is None]
    assert unknown == ["library.record_replaced"]

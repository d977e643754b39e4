"""Rights are read at each question: whatever wrote them, and however."""

import random
from collections import Counter

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.db import connection
from wagtail.models import Page, PageViewRestriction

from events.catalogue_source import DAY
from events.day_listing import coming_days
from events.models import EventPage
from forums.catalogue_source import THREAD
from forums.enums import ForumVisibility, ThreadKind, ThreadState
from forums.models import Thread
from good_practices.catalogue_source import MEASURE, PRACTICE
from good_practices.models import GoodPracticePage, MeasurePage
from library.catalogue_source import KINDS as RECORDS
from library.models import RecordPage
from network_site.catalogue import Filter, ask
from network_site.catalogue.building import settle_all
from network_site.home.services import ensure_site
from network_site.members import roles
from network_site.members.catalogue_source import ORGANIZATION, PERSON
from network_site.members.enums import FieldVisibility, MembershipStatus
from network_site.members.models import Organization, Profile
from tests.directory.people import make_person
from tests.events.factories import make_event, move_to_past
from tests.forums.factories import make_forum, make_thread
from tests.good_practices.factories import make_measure, make_practice
from tests.library.factories import make_library, make_text, make_theme


@pytest.fixture
def library(home_page):
    return make_library(home_page)


def keep_for(page, *groups):
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.set(groups)
    return restriction


def read(user, kinds=RECORDS):
    """The objects of some kinds that the catalogue gives `user`."""
    return set(ask(user, kinds=kinds, size=None).object_ids)


VISITOR = AnonymousUser()
APPROVED = MembershipStatus.APPROVED


def test_every_way_of_writing_a_right_is_obeyed_by_the_next_question(library, member):
    theme = make_theme("logement", "Logement")
    page = make_text(library, themes=[theme])
    settle_all()
    counts = {"counts": ("theme",), "kinds": RECORDS}
    assert read(VISITOR) == {page.pk}
    assert ask(VISITOR, **counts).counts["theme"] == {theme.pk: 1}

    restriction = keep_for(page, roles.group_of(roles.FACILITATORS))
    assert read(VISITOR) == read(member) == set()
    assert ask(member, **counts).counts["theme"] == {}
    restriction.groups.set([roles.group_of(roles.MEMBERS)])
    assert read(member) == {page.pk}
    restriction.delete()

    Page.objects.filter(pk=page.pk).update(live=False)
    assert read(VISITOR) == set()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE wagtailcore_page SET live = %s", [True])
    assert read(VISITOR) == {page.pk}

    closed = make_library(library.get_parent())
    keep_for(closed, roles.group_of(roles.MEMBERS))
    assert read(VISITOR) == set()
    assert read(member) == {page.pk}
    Page.objects.get(pk=page.pk).specific.move(library.get_parent(), "last-child")
    assert read(VISITOR) == {page.pk}
    page.delete()
    assert read(VISITOR) == read(member) == set()


def test_a_group_left_closes_what_it_opened(library, member):
    group = Group.objects.create(name="Un groupe")
    page = make_text(library)
    keep_for(page, group)
    settle_all()
    member.groups.add(group)
    assert read(type(member).objects.get(pk=member.pk)) == {page.pk}
    member.groups.remove(group)
    assert read(type(member).objects.get(pk=member.pk)) == set()


def _a_world(home_page, dice):
    """Some of everything, in restricted branches and out of them; the pages that were made."""
    ensure_site()
    library = make_library(home_page)
    pages = [make_text(library) for _number in range(3)]
    shelf = make_text(library)
    pages += [shelf, make_text(shelf), make_text(shelf)]
    measures = [make_measure(), make_measure()]
    practices = [
        make_practice(measure=dice.choice(measures), level=level)
        for level in ("testimony", "described", "examined")
    ]
    practices += [make_practice(adapted_from=practices[0]) for _number in range(2)]
    days = [make_event() for _number in range(3)]
    move_to_past(days[0])
    return [*pages, *measures, *practices, *days]


def _close_some(pages, groups, dice):
    branches = [*pages, *{page.get_parent() for page in pages}]
    for page in dice.sample(branches, 9):
        keep_for(page, *dice.sample(groups, dice.randint(0, 3)))
    for page in dice.sample(pages, 3):
        Page.objects.filter(pk=page.pk).update(live=False)
    if dice.random() < 0.5:
        PageViewRestriction.objects.filter(
            pk=PageViewRestriction.objects.order_by("pk").first().pk
        ).update(restriction_type=PageViewRestriction.LOGIN)


def _some_threads(groups, dice, author):
    """Threads of spaces of all sorts, some hidden, some closed, some answered."""
    forums = [
        make_forum(ForumVisibility.PUBLIC),
        make_forum(ForumVisibility.PUBLIC, is_archived=True),
        make_forum(ForumVisibility.MEMBERS),
        *(make_forum(ForumVisibility.GROUP, group=group) for group in groups[:2]),
    ]
    threads = [
        make_thread(forum, author, answers=number)
        for forum in forums
        if not forum.is_archived
        for number in (0, 1)
    ]
    hidden, locked, moved, talk = dice.sample(threads, 4)
    Thread.objects.filter(pk=hidden.pk).update(is_hidden=True)
    Thread.objects.filter(pk=locked.pk).update(is_locked=True)
    Thread.objects.filter(pk=moved.pk).update(forum=dice.choice(forums))
    Thread.objects.filter(pk=talk.pk).update(kind=ThreadKind.DISCUSSION)


def _some_people(groups, dice):
    """People of all audiences, some in the groups, some who wait; bodies with and without sheet."""
    for number in range(8):
        person = make_person(
            sheet_visibility=dice.choice(list(FieldVisibility)),
            status=dice.choice([APPROVED, APPROVED, MembershipStatus.PENDING]),
        )
        person.user.groups.add(*dice.sample(groups, dice.randint(0, 2)))
        Organization.objects.create(
            name=f"Organisme {number}",
            slug=f"organisme-{number}",
            kind="agency",
            is_listed=dice.random() < 0.7,
        )


MODELS = {
    (PERSON,): Profile,
    (ORGANIZATION,): Organization,
    (THREAD,): Thread,
    RECORDS: RecordPage,
    (PRACTICE,): GoodPracticePage,
    (MEASURE,): MeasurePage,
    (DAY,): EventPage,
}


@pytest.mark.parametrize("seed", range(3))
def test_the_catalogue_gives_what_visible_to_gives(home_page, make_user, seed):
    """Random trees, nested restrictions and readers: one rule, two shapes, for every kind."""
    dice = random.Random(seed)
    groups = [Group.objects.create(name=f"Groupe {number}") for number in range(4)]
    pages = _a_world(home_page, dice)
    _close_some(pages, groups, dice)
    _some_threads(groups, dice, make_user(None, roles.MEMBERS, status=APPROVED))
    _some_people(groups, dice)
    settle_all()
    readers = [VISITOR, make_user(is_superuser=True)]
    for number in range(5):
        reader = (
            make_user(None, roles.MEMBERS, status=APPROVED)
            if number % 2
            else make_user()
        )
        reader.groups.add(*dice.sample(groups, dice.randint(0, 4)))
        readers.append(reader)
    for reader in readers:
        for kinds, model in MODELS.items():
            allowed = model.objects.visible_to(reader)
            if model is Profile:
                # An administrator opens the sheets of those who wait too; no list shows them.
                allowed = allowed.approved()
            assert read(reader, kinds=kinds) == set(
                allowed.values_list("pk", flat=True)
            ), (reader, kinds)
        practices = GoodPracticePage.objects.visible_to(reader)
        levels = Counter(
            one.level for one in practices.select_related("state").with_adaptations()
        )
        asked = ask(reader, kinds=(PRACTICE,), size=0, counts=("level",))
        assert asked.counts["level"] == levels, reader
        coming = EventPage.objects.visible_to(reader).upcoming()
        assert coming_days(reader) == [day.pk for day in coming]
        unanswered = [Filter("thread_state", [ThreadState.UNANSWERED.value])]
        answer = ask(reader, kinds=(THREAD,), filters=unanswered, size=None)
        allowed = Thread.objects.visible_to(reader).unanswered()
        assert set(answer.object_ids) == {one.pk for one in allowed}, reader
        # The whole of what is held is of these kinds, and of no other that nobody compared.
        assert read(reader, kinds=()) == {
            pk for kinds in MODELS for pk in read(reader, kinds=kinds)
        }


def test_a_practice_is_taken_up_as_long_as_everybody_may_read_the_adaptation(
    home_page, member
):
    ensure_site()
    first = make_practice(level="described")
    adaptation = make_practice(adapted_from=first)
    settle_all()

    def level(reader):
        counts = ask(reader, kinds=(PRACTICE,), size=0, counts=("level",)).counts
        asked = [Filter("level", ["proven"])]
        found = ask(reader, kinds=(PRACTICE,), filters=asked).object_ids
        assert counts["level"].get("proven", 0) == len(found)
        return found

    assert level(VISITOR) == level(member) == [first.pk]
    keep_for(adaptation, roles.group_of(roles.MEMBERS))
    assert level(VISITOR) == level(member) == []
    PageViewRestriction.objects.all().delete()
    Page.objects.filter(pk=adaptation.pk).update(live=False)
    assert level(VISITOR) == level(member) == []

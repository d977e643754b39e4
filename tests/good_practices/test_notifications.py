"""Whom a practice reaches, once, and what becomes of it afterwards."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from good_practices.models import GoodPracticePage
from good_practices.services import (
    approve_practice,
    create_draft,
    create_practice,
    publish_practice,
    set_practice_level,
    submit_practice,
)
from network_site.core.outbox import drain
from network_site.members import roles
from network_site.notifications.enums import Channel
from network_site.notifications.items import happenings
from network_site.notifications.models import Delivery, Follow, Item
from network_site.registries.enums import (
    Level,
    Reason,
)
from network_site.registries.notifications import item_notification
from tests.good_practices.factories import catalogue, make_territories, make_theme
from tests.search.factories import restrict

pytestmark = pytest.mark.django_db


def practice(title="Un relais dans le quartier", **fields):
    return publish_practice(
        page=create_practice(parent=catalogue(), title=title, **fields)
    )


def follow(user, kind, pk, level=Level.SUMMARY):
    Follow.objects.create(user=user, kind=kind, target=str(pk), level=level)


def told(name="good_practices.practice"):
    rows = Delivery.objects.filter(item__name=name).select_related("user")
    return {one.user: (one.reason, one.channel) for one in rows}


def known_for(page, days):
    """Readers have known `page` for that long."""
    GoodPracticePage.objects.filter(pk=page.pk).update(
        first_published_at=timezone.now() - timedelta(days=days)
    )
    page.refresh_from_db()


def test_a_practice_reaches_who_follows_its_theme_or_its_region(make_user, member):
    theme = make_theme()
    region, _department, commune = make_territories()
    people = [make_user(), make_user()]
    follow(people[0], "theme", theme.pk)
    follow(people[1], "territory", region.pk)
    follow(member, "theme", make_theme("Emploi").pk)
    page = practice(themes=[theme], territories=[commune], summary="Ce qui a été fait.")
    drain()
    assert told() == dict.fromkeys(people, (Reason.FOLLOW, Channel.DIGEST))
    kind = item_notification("good_practices.practice")
    line = kind.line(kind.load([page.pk])[page.pk])
    assert line.mark == "pratique"
    assert line.context.endswith("Ce qui a été fait.")
    assert commune.name in line.context


def test_only_those_who_may_read_it_are_told_and_its_author_is_not(
    contributor, pending, member
):
    page, _created = create_draft(
        author=contributor, form_token=uuid.uuid4(), data={"title": "Entre membres"}
    )
    restrict(page, roles.MEMBERS)
    for user in (contributor, pending, member):
        follow(user, "space", "practices", Level.ALL)
    publish_practice(page=page)
    drain()
    assert told() == {member: (Reason.FOLLOW, Channel.AT_ONCE)}


def test_an_examined_practice_is_told_once_it_is_accepted(
    contributor, facilitator, member
):
    follow(member, "space", "practices")
    page, _created = create_draft(
        author=contributor, form_token=uuid.uuid4(), data={"title": "Un relais"}
    )
    submit_practice(page=page, by=contributor)
    drain()
    assert told() == {}
    approve_practice(page=page, by=facilitator, level="examined")
    drain()
    assert set(told()) == {member}
    # Its level is part of the publication.
    assert told("good_practices.practice_changed") == {}


def test_a_correction_is_not_told_again(member):
    follow(member, "space", "practices")
    page = practice()
    drain()
    page.summary = "Sans faute."
    page.save_revision().publish()
    drain()
    assert Item.objects.count() == Delivery.objects.count() == 1


def test_a_practice_withdrawn_or_closed_to_the_reader_has_nothing_to_say(member):
    page = practice()
    drain()
    (item,) = Item.objects.all()
    before = happenings([item])[item.pk].tokens
    restrict(page, "Pairs")
    assert not PageViewRestriction.objects.filter(groups__in=member.groups.all())
    assert happenings([item])[item.pk].tokens != before
    page.unpublish()
    assert happenings([item]) == {}


def test_a_new_level_is_told_to_the_followers_and_to_the_author(
    contributor, member, make_user
):
    stranger = make_user()
    page = practice(by=contributor, level="testimony")
    known_for(page, days=40)
    follow(member, "page", page.pk)
    follow(stranger, "space", "practices", Level.ALL)
    drain()
    set_practice_level(page=page, level="testimony", examined_by="Personne")
    drain()
    assert told("good_practices.practice_changed") == {}
    set_practice_level(page=page, level="examined")
    drain()
    assert told("good_practices.practice_changed") == {
        contributor: (Reason.OWN, Channel.AT_ONCE),
        member: (Reason.FOLLOW, Channel.DIGEST),
    }
    (item,) = Item.objects.filter(name="good_practices.practice_changed")
    level = GoodPracticePage.objects.get(pk=page.pk).level
    assert str(level.label) in happenings([item])[item.pk].line().context


def test_a_practice_that_stops_is_told_once(member):
    page = practice()
    known_for(page, days=40)
    follow(member, "page", page.pk)
    page.summary = "Mieux dit."
    page.save_revision().publish()
    drain()
    assert told("good_practices.practice_changed") == {}
    page.ended = "juin 2026"
    page.save_revision().publish()
    drain()
    page.summary = "Encore mieux dit."
    page.save_revision().publish()
    drain()
    assert set(told("good_practices.practice_changed")) == {member}
    (item,) = Item.objects.filter(name="good_practices.practice_changed")
    assert "juin 2026" in happenings([item])[item.pk].line().context


def test_a_practice_published_as_stopped_has_not_changed(member):
    page = practice(ended="2019")
    follow(member, "page", page.pk)
    page.summary = "Mieux dit."
    page.save_revision().publish()
    drain()
    assert told("good_practices.practice_changed") == {}


def test_a_practice_taken_up_elsewhere_is_told_to_the_first_author(
    contributor, editor, member, pending
):
    first = practice("Le relais de Dreux", by=contributor)
    for user in (member, pending):
        follow(user, "page", first.pk)
    second = create_practice(
        parent=catalogue(),
        title="Le relais de Châteauroux",
        adapted_from=first,
        by=editor,
    )
    restrict(second, roles.MEMBERS)
    publish_practice(page=second)
    drain()
    assert told("good_practices.practice_taken_up") == {
        contributor: (Reason.OWN, Channel.AT_ONCE),
        member: (Reason.FOLLOW, Channel.DIGEST),
    }
    (item,) = Item.objects.filter(name="good_practices.practice_taken_up")
    line = happenings([item])[item.pk].line()
    assert (line.title, item.path) == ("Le relais de Châteauroux", second.url)
    assert "Le relais de Dreux" in line.context

"""Rights are read at each question: whatever wrote them, and however."""

import random

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.db import connection
from wagtail.models import Page, PageViewRestriction

from library.catalogue_source import KINDS
from library.models import RecordPage
from network_site.catalogue import ask
from network_site.catalogue.building import settle_all
from network_site.members import roles
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


def read(user, **question):
    """The records that the catalogue gives `user`."""
    return set(ask(user, kinds=KINDS, size=None, **question).object_ids)


VISITOR = AnonymousUser()


def test_every_way_of_writing_a_right_is_obeyed_by_the_next_question(library, member):
    theme = make_theme("logement", "Logement")
    page = make_text(library, themes=[theme])
    settle_all()
    counts = {"counts": ("theme",), "kinds": KINDS}
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


@pytest.mark.parametrize("seed", range(4))
def test_the_catalogue_gives_what_visible_to_gives(library, make_user, seed):
    """Random trees, nested restrictions and readers: one rule, two shapes."""
    dice = random.Random(seed)
    groups = [Group.objects.create(name=f"Groupe {number}") for number in range(4)]
    pages = [make_text(library) for _number in range(12)]
    for _number in range(3):
        shelf = make_text(library)
        pages.append(shelf)
        for _below in range(3):
            pages.append(make_text(shelf))
    for page in dice.sample(pages, 9):
        keep_for(page, *dice.sample(groups, dice.randint(0, 3)))
    for page in dice.sample(pages, 3):
        Page.objects.filter(pk=page.pk).update(live=False)
    if dice.random() < 0.5:
        PageViewRestriction.objects.filter(
            pk=PageViewRestriction.objects.order_by("pk").first().pk
        ).update(restriction_type=PageViewRestriction.LOGIN)
    settle_all()
    readers = [VISITOR, make_user(is_superuser=True)]
    for _number in range(6):
        reader = make_user()
        reader.groups.set(dice.sample(groups, dice.randint(0, 4)))
        readers.append(reader)
    for reader in readers:
        allowed = set(
            RecordPage.objects.visible_to(reader).values_list("pk", flat=True)
        )
        assert read(reader) == allowed, reader

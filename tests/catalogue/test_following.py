"""The entries follow the objects, with the worker stopped, whatever wrote them."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import connection

from library.catalogue_source import KINDS
from library.models import LegalStatusEntry, RecordPage
from library.services import set_legal_status
from network_site.catalogue import Filter, ask, building, state, triggers
from network_site.catalogue.models import Comparison, Entry, Mark
from network_site.pages.models import PageTheme
from network_site.taxonomies.models import Theme
from tests.library.factories import make_library, make_text, make_theme

VISITOR = AnonymousUser()


@pytest.fixture
def library(home_page):
    return make_library(home_page)


def counts(name, **question):
    return ask(VISITOR, kinds=KINDS, counts=(name,), **question).counts[name]


def test_what_changed_is_read_before_it_is_settled(library):
    theme = make_theme("emploi", "Emploi")
    page = make_text(library)
    assert Mark.objects.exists()
    assert counts("theme") == {None: 1}
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO pages_pagetheme (page_id, theme_id, sort_order)"
            " VALUES (%s, %s, 0)",
            [page.pk, theme.pk],
        )
    assert counts("theme") == {theme.pk: 1}
    PageTheme.objects.all().delete()
    assert counts("theme") == {None: 1}
    RecordPage.objects.update(document_date=datetime.date(1999, 5, 1))
    assert counts("year") == {1999: 1}
    building.settle_all()
    assert not Mark.objects.exists()
    assert counts("year") == {1999: 1}


def test_many_changes_at_once_may_lag_and_say_so(library, settings):
    settings.CATALOGUE_MARKS_MOST = 3
    for _number in range(4):
        make_text(library)
    answer = ask(VISITOR, kinds=KINDS)
    assert (answer.total, answer.is_lagging) == (3, True)
    building.settle_all()
    answer = ask(VISITOR, kinds=KINDS)
    assert (answer.total, answer.is_lagging) == (4, False)


def test_a_dated_fact_takes_effect_on_its_day_without_a_write(library):
    page = make_text(library, status="in_force")
    set_legal_status(
        page=page, status="repealed", effective_on=datetime.date(2030, 1, 1)
    )
    building.settle_all()
    written = Entry.objects.get(object_id=page.pk).version
    for day, group in (
        (datetime.date(2029, 12, 31), "in_force"),
        (datetime.date(2030, 1, 1), "ended"),
    ):
        assert counts("status", day=day) == {group: 1}
        asked = [Filter("status", [group])]
        assert ask(VISITOR, kinds=KINDS, filters=asked, day=day).total == 1
    assert Entry.objects.get(object_id=page.pk).version == written


def test_a_correction_counts_from_the_first_day(library):
    page = make_text(library, status="in_force")
    set_legal_status(
        page=page, status="repealed", effective_on=datetime.date(2011, 5, 1)
    )
    set_legal_status(page=page, status="in_force")
    assert counts("status") == {"in_force": 1}
    LegalStatusEntry.objects.all().delete()
    assert counts("status") == {"not_checked": 1}


def test_terms_that_move_take_their_contents_along(library):
    housing = make_theme("logement", "Logement")
    health = make_theme("sante", "Santé")
    page = make_text(library, themes=[health])
    building.settle_all()
    assert counts("theme") == {health.pk: 1}
    Theme.objects.get(pk=health.pk).move(
        Theme.objects.get(pk=housing.pk), "sorted-child"
    )
    assert counts("theme") == {health.pk: 1, housing.pk: 1}
    assert (
        page.pk
        in ask(VISITOR, kinds=KINDS, filters=[Filter("theme", [housing.pk])]).object_ids
    )


def test_two_themes_are_crossed_and_years_bounded(library):
    housing, health = make_theme("logement", "Logement"), make_theme("sante", "Santé")
    both = make_text(
        library, themes=[housing, health], document_date=datetime.date(2015, 1, 1)
    )
    make_text(library, themes=[housing], document_date=datetime.date(2016, 1, 1))
    crossed = [
        Filter("theme", [housing.pk], is_fixed=True),
        Filter("theme", [health.pk]),
    ]
    answer = ask(VISITOR, kinds=KINDS, filters=crossed, counts=("theme",))
    assert answer.object_ids == [both.pk]
    # The facet counts what each other choice would leave, under the page's own theme.
    assert answer.counts["theme"] == {housing.pk: 2, health.pk: 1}
    assert ask(VISITOR, kinds=KINDS, filters=[Filter("year", low=2016)]).total == 1


def test_numbers_survive_a_rebuild_and_a_comparison_mends(library):
    pages = [make_text(library) for _number in range(3)]
    building.settle_all()
    numbers = dict(Entry.objects.values_list("object_id", "id"))
    assert building.rebuild() == 0
    Entry.objects.filter(object_id=pages[0].pk).update(data={}, is_live=False)
    Entry.objects.filter(object_id=pages[1].pk).delete()
    assert ask(VISITOR, kinds=KINDS).total < 3
    call_command("rebuild_catalogue", compare=True, verbosity=0)
    found = Comparison.objects.first()
    assert {one["pk"] for one in found.differences} == {pages[0].pk, pages[1].pk}
    state.forget()
    assert ask(VISITOR, kinds=KINDS).total == 3
    assert Entry.objects.get(object_id=pages[0].pk).pk == numbers[pages[0].pk]
    assert building.compare().differences == []


def test_the_triggers_stand_and_a_missing_one_is_said(db):
    from network_site.catalogue.checks import catalogue_is_fed

    assert triggers.wanted_names() <= triggers.standing(connection)
    assert catalogue_is_fed(databases=["default"]) == []
    on = " ON wagtailcore_page" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER catalogue_right_wagtailcore_page_update{on}")
    assert catalogue_is_fed(databases=["default"])[0].id == "catalogue.W001"
    triggers.install(connection)
    assert catalogue_is_fed(databases=["default"]) == []


def test_what_was_there_before_its_kind_is_marked_by_the_migration(library):
    page = make_text(library)
    building.settle_all()
    Entry.objects.filter(object_id=page.pk).delete()
    assert ask(VISITOR, kinds=KINDS).total == 0
    triggers.mark_missing()
    assert ask(VISITOR, kinds=KINDS).total == 1
    building.settle_all()
    assert Entry.objects.filter(object_id=page.pk, is_live=True).exists()

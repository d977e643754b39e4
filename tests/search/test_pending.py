"""What is closed is closed at once, whenever the index is written again."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from wagtail.models import Page

from network_site.core.models import OutboxEntry
from network_site.core.outbox import MAX_ATTEMPTS, drain, emit
from network_site.members import roles
from network_site.pages.models import StandardPage
from network_site.pages.page_source import PageSource
from network_site.registries import search as registry
from network_site.registries.search import (
    Kind,
    Part,
)
from network_site.search import pending
from network_site.search.services import search
from tests.search.factories import make_page, make_theme, restrict

pytestmark = pytest.mark.django_db

VISITOR = AnonymousUser()


@pytest.fixture
def section(home_page, search_index):
    """A public page with another below it, in the index."""
    theme = make_theme("Emploi", "emploi")
    section = make_page("Rubrique", "Médiation sociale", themes=[theme])
    make_page("Fiche", "Médiation xylophone", parent=section, themes=[theme])
    drain()
    assert search(user=VISITOR, text="médiation").total == 2
    return section


def told(user, text="médiation"):
    answer = search(user=user, text=text)
    return answer.total, len(answer.results), answer.facets["theme"]


def test_a_branch_that_is_closed_is_counted_for_nobody_at_once(section, member):
    restrict(section, roles.MEMBERS)
    assert told(VISITOR) == (0, 0, {})
    assert search(user=VISITOR, text="xilophone").correction == ""
    assert told(member) == (2, 2, {"emploi": 2})
    drain()
    assert told(VISITOR) == (0, 0, {})
    assert told(member) == (2, 2, {"emploi": 2})


def test_an_unpublished_page_is_counted_for_nobody_at_once(section):
    Page.objects.get(pk=section.pk).unpublish()
    assert told(VISITOR) == (1, 1, {"emploi": 1})


def test_a_deleted_page_is_counted_for_nobody_at_once(section):
    Page.objects.get(pk=section.pk).delete()
    assert told(VISITOR) == (0, 0, {})


def test_a_page_that_is_only_corrected_stays_found_meanwhile(section):
    page = StandardPage.objects.get(pk=section.pk)
    page.summary = "Médiation corrigée"
    page.save_revision().publish()
    assert told(VISITOR) == (2, 2, {"emploi": 2})


def test_another_part_than_the_card_waits_for_the_index(
    home_page, index_dir, monkeypatch
):
    class WithNote(PageSource):
        model = StandardPage
        kind = Kind.PAGE

        def parts(self, page):
            yield from super().parts(page)
            yield Part("note", text="clarinette", tokens=["public"])

    monkeypatch.setitem(registry._sources, StandardPage, WithNote())
    from network_site.search import indexing

    page = make_page("Fiche", "Médiation")
    indexing.rebuild()
    drain()
    assert search(user=VISITOR, text="clarinette").total == 1
    emit("object.changed", model="pages.standardpage", pk=page.pk)
    assert search(user=VISITOR, text="clarinette").total == 0
    assert search(user=VISITOR, text="médiation").total == 1
    drain()
    assert search(user=VISITOR, text="clarinette").total == 1


def test_what_waits_costs_one_query_as_long_as_it_is_the_same(
    section, django_assert_max_num_queries
):
    restrict(section, roles.MEMBERS)
    search(user=VISITOR, text="médiation")
    assert OutboxEntry.objects.pending().exists()
    with django_assert_max_num_queries(4):
        search(user=VISITOR, text="médiation")


def test_what_the_worker_gave_up_stays_closed(
    section, member, monkeypatch, search_index
):
    """Also after other rows came and went, and until the object is written after all."""

    def failing(keys):
        raise OSError("disk")

    with monkeypatch.context() as patched:
        patched.setattr("network_site.search.indexing.update", failing)
        restrict(section, roles.MEMBERS)
        for _ in range(MAX_ATTEMPTS):
            OutboxEntry.objects.pending().update(next_attempt_at=timezone.now())
            drain()
    assert OutboxEntry.objects.dead().exists()
    assert not OutboxEntry.objects.pending().exists()
    assert told(VISITOR) == (0, 0, {})
    make_page("Autre", "Autre texte")
    drain()
    assert told(VISITOR) == (0, 0, {})
    assert told(member) == (2, 2, {"emploi": 2})
    search_index()
    # Nothing is asked of the database any more, and nothing is opened.
    assert pending.waiting_keys() == frozenset()
    assert told(VISITOR) == (0, 0, {})


def test_an_object_written_after_all_is_waited_for_no_more(section):
    emit("object.changed", model="pages.standardpage", pk=section.pk)
    OutboxEntry.objects.pending().update(is_dead=True)
    pending.forget()
    assert len(pending.waiting_keys()) == 1
    emit("object.changed", model="pages.standardpage", pk=section.pk)
    drain()
    assert pending.waiting_keys() == frozenset()
    assert OutboxEntry.objects.dead().count() == 1  # the operator still sees it

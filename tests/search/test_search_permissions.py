"""What a reader may not see lends them no word, count, facet, correction or passage."""

import logging

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from network_site.core.models import OutboxEntry
from network_site.core.outbox import drain
from network_site.members import roles
from network_site.members.models import Organization
from network_site.pages.models import StandardPage
from network_site.pages.page_source import PageSource
from network_site.registries import search as registry
from network_site.registries.search import (
    Kind,
    Part,
)
from network_site.search import indexing
from network_site.search.services import search
from tests.search.factories import make_page, make_territory, make_theme, restrict

pytestmark = pytest.mark.django_db

VISITOR = AnonymousUser()


def titles(user, text, **filters):
    return [
        result.item["title"]
        for result in search(user=user, text=text, **filters).results
    ]


@pytest.fixture
def restricted(home_page):
    """A public page, one for members, one for a private circle; same words."""
    theme = make_theme("Emploi", "emploi")
    secret_theme = make_theme("Réservé", "theme-reserve")
    place = make_territory("Indre", "indre", "department")
    make_page("Page ouverte", "Médiation sociale", themes=[theme])
    members = make_page(
        "Page des membres",
        "Médiation confidentielle",
        themes=[theme, secret_theme],
        territories=[place],
    )
    circle = make_page(
        "Page du cercle", "Médiation du cercle xylophone", themes=[theme]
    )
    restrict(members, roles.MEMBERS)
    restrict(circle, "Cercle")
    return theme


def test_each_reader_finds_what_their_groups_open(
    restricted, search_index, member, pending, make_user, administrator
):
    search_index()
    insider = make_user("cercle@exemple.fr", "Cercle")
    assert titles(VISITOR, "médiation") == ["Page ouverte"]
    assert titles(pending, "médiation") == ["Page ouverte"]
    assert set(titles(member, "médiation")) == {"Page ouverte", "Page des membres"}
    assert set(titles(insider, "médiation")) == {"Page ouverte", "Page du cercle"}
    assert len(titles(administrator, "médiation")) == 3


def test_counts_and_facets_are_the_readers_own(restricted, search_index, member):
    search_index()
    answer = search(user=VISITOR, text="médiation")
    assert answer.total == 1
    assert answer.facets == {
        "kind": {"page": 1},
        "theme": {"emploi": 1},
        "territory": {},
    }
    answer = search(user=member, text="médiation")
    assert answer.total == 2
    assert answer.facets["theme"] == {"emploi": 2, "theme-reserve": 1}
    assert answer.facets["territory"] == {"indre": 1}


def test_browsing_by_theme_counts_what_the_reader_sees(restricted, search_index):
    search_index()
    answer = search(user=VISITOR, themes=["theme-reserve"])
    shown = [result.item["title"] for result in answer.results]
    # The theme has a page of its own, which is open.
    assert shown == ["Réservé"]
    assert answer.total == 1


def test_no_correction_betrays_a_hidden_word(restricted, search_index, make_user):
    search_index()
    assert search(user=VISITOR, text="xilophone").correction == ""
    insider = make_user("cercle@exemple.fr", "Cercle")
    answer = search(user=insider, text="xilophone")
    assert (answer.mode, answer.correction) == ("corrected", "xylophone")


def test_a_hidden_page_is_not_found_by_its_exact_title(restricted, search_index):
    search_index()
    assert "Page du cercle" not in titles(VISITOR, "Page du cercle")


@pytest.fixture
def pages_with_a_note(monkeypatch):
    """Every page has, beside its text, a note that members alone read."""

    class NotedSource(PageSource):
        model = StandardPage
        kind = Kind.PAGE

        def parts(self, page):
            yield from super().parts(page)
            yield Part("note", title="Note", text="kaléidoscope", tokens=["member"])

    monkeypatch.setitem(registry._sources, StandardPage, NotedSource())


def test_a_restricted_part_lends_nothing_to_its_public_page(
    home_page, pages_with_a_note, search_index, member
):
    make_page("Fiche", "Texte ouvert sur le logement")
    drain()
    for words in ("kaléidoscope", "logement kaléidoscope", '"kaléidoscope"'):
        answer = search(user=VISITOR, text=words)
        assert "kaléidoscope" not in str(answer.results)
        assert answer.mode == "any"
        if words != "logement kaléidoscope":
            assert answer.total == 0
    assert search(user=VISITOR, text="kaleidoscopes").correction == ""
    (result,) = search(user=member, text="kaléidoscope").results
    assert "<mark>kaléidoscope</mark>" in result.item["passage"]
    (result,) = search(user=VISITOR, text="logement").results
    assert "kaléidoscope" not in result.item["passage"]


def test_people_are_found_by_members_only(search_index, member, make_user):
    make_user("bio@exemple.fr", roles.MEMBERS, status="approved", last_name="Tournesol")
    search_index()
    assert titles(VISITOR, "Tournesol") == []
    assert titles(member, "Tournesol") == ["Camille Tournesol"]


def test_tightened_access_is_followed_by_the_index(home_page, search_index):
    page = make_page("Page ouverte", "Médiation sociale")
    child = make_page("Page du dessous", "Médiation", parent=page)
    search_index()
    drain()
    assert set(titles(VISITOR, "médiation")) == {"Page ouverte", "Page du dessous"}
    restrict(page, "Cercle")
    drain()
    assert titles(VISITOR, "médiation") == []
    assert search(user=VISITOR, text="médiation").facets["kind"] == {}
    assert child.live


def test_the_second_lock_drops_what_the_index_does_not_know_yet(
    home_page, search_index, caplog
):
    """Between the change of a right and the update, the list and the counts are right."""
    page = make_page("Page ouverte", "Médiation sociale")
    make_page("Autre page", "Médiation")
    drain()
    restrict(page, "Cercle")
    # A change that nothing told of.
    OutboxEntry.objects.all().delete()
    with caplog.at_level(logging.WARNING):
        answer = search(user=VISITOR, text="médiation")
    assert [result.item["title"] for result in answer.results] == ["Autre page"]
    assert answer.total == 1
    assert answer.facets["kind"] == {"page": 1}
    assert "not for this reader" in caplog.text


def test_every_row_of_the_index_agrees_with_the_second_lock(
    restricted, search_index, member, pending, make_user, editor, facilitator, caplog
):
    """For six identities the tokens alone already give what `visible_to` gives."""
    Organization.objects.create(
        name="Association", slug="association", kind="association"
    )
    search_index()
    insider = make_user("cercle@exemple.fr", "Cercle")
    with caplog.at_level(logging.WARNING):
        for user in (VISITOR, pending, member, insider, editor, facilitator):
            answer = search(user=user, kinds=[kind.value for kind in Kind], size=500)
            assert len(answer.results) == answer.total
            expected = sum(
                source.visible_queryset(user).count()
                for source in registry.sources()
                if source.model is StandardPage
            )
            pages = [r for r in answer.results if "/page-" in r.item["url"]]
            assert len(pages) == expected
    assert "not for this reader" not in caplog.text


def test_the_words_of_a_translation_are_found_under_its_interface_only(
    home_page, index_dir
):
    page = home_page.add_child(
        instance=StandardPage(
            title="Vos données", slug="vos-donnees", body="Un refuge", body_en="A heron"
        )
    )
    page.save_revision().publish()
    drain()
    indexing.rebuild()
    assert titles(VISITOR, "refuge") == ["Vos données"]
    assert titles(VISITOR, "heron") == []
    with translation.override("en"):
        assert titles(VISITOR, "heron") == ["Vos données"]

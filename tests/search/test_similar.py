"""What resembles a record, on its page: by its own words, and by right."""

import pytest
from django.contrib.auth.models import AnonymousUser

from network_site.pages.models import StandardPage
from network_site.registries import search as registry
from network_site.registries.search import Kind
from network_site.search import indexing
from network_site.search.similar import similar_to
from tests.access.world import build_world
from tests.search.factories import make_page, restrict

pytestmark = pytest.mark.django_db

VISITOR = AnonymousUser()
PARRAINAGE = "Le parrainage vers l’emploi des jeunes diplômés par des entreprises."


def alike(page, user=VISITOR, **options):
    return [link.title for link in similar_to(user=user, obj=page, **options)]


@pytest.fixture
def records(home_page, search_index, monkeypatch):
    """Pages that count as records, about three subjects."""
    monkeypatch.setattr(registry.source_for(StandardPage), "kind", Kind.PRATIQUE)
    pages = {
        name: make_page(name, text)
        for name, text in {
            "Parrainage des jeunes": PARRAINAGE,
            "Un réseau de parrains": "Parrainage des diplômés, avec les entreprises.",
            "Ateliers de langue": "Apprendre le français dans les centres sociaux.",
            "Cours du soir": "Le français, langue seconde, en centre social.",
            "Accès aux soins": "La médiation dans les hôpitaux et les dispensaires.",
            "Médiation en santé": "Médiation et hôpitaux : interprètes de nuit.",
        }.items()
    }
    search_index()
    return pages


def test_the_nearest_come_and_the_others_stay_away(records):
    assert alike(records["Parrainage des jeunes"]) == ["Un réseau de parrains"]
    assert alike(records["Cours du soir"]) == ["Ateliers de langue"]


def test_a_record_never_resembles_itself(records):
    for page in records.values():
        assert page.title not in alike(page, most=10)


def test_only_what_the_reader_may_open_is_shown(records, search_index, make_user):
    closed = make_page("Parrainage entre nous", PARRAINAGE)
    restrict(closed, "Cercle")
    search_index()
    insider = make_user("cercle@exemple.fr", "Cercle")
    page = records["Parrainage des jeunes"]
    assert "Parrainage entre nous" not in alike(page)
    assert "Parrainage entre nous" in alike(page, insider)
    # What one may not read resembles nothing.
    assert alike(closed) == []
    assert alike(closed, insider)


def test_what_was_just_closed_leaves_before_the_index_knows(records):
    restrict(records["Un réseau de parrains"], "Cercle")
    assert alike(records["Parrainage des jeunes"]) == []


def test_kinds_can_be_left_out(records):
    page = records["Parrainage des jeunes"]
    assert alike(page, but=["pratique"]) == []


def test_without_an_index_there_is_nothing_and_no_error(home_page, index_dir):
    assert alike(make_page("Seule")) == []


def test_each_kind_of_record_shows_what_resembles_it(make_user, client, index_dir):
    world = build_world(make_user)
    objects = [
        world[name] for name in ("record_public", "practice_public", "event_public")
    ]
    # The same words in all of them, and in nothing else.
    for page in objects:
        page.summary = "Parrainage de bacheliers ardéchois par des orfèvres."
        page.save()
    make_page("Sans rapport", "Tout autre chose.")
    indexing.rebuild()
    for page in objects:
        others = [one.title for one in objects if one != page]
        html = client.get(page.url).content.decode()
        section = html.split("Sur le même sujet")
        assert len(section) == 2 or "On the same subject" in html, page.url
        tail = html[html.find('class="margin"') :]
        assert any(title in tail for title in others), page.url


def test_the_margin_costs_a_steady_number_of_queries(
    records, search_index, django_assert_max_num_queries
):
    page = records["Parrainage des jeunes"]
    for number in range(8):
        make_page(f"Parrains {number}", PARRAINAGE)
    search_index()
    with django_assert_max_num_queries(2):
        assert len(alike(page)) == 4

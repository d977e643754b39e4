"""Words that name a kind or a moment narrow, and can be taken off."""

import pytest
from django.contrib.auth.models import AnonymousUser

from network_site.home.services import ensure_site
from network_site.search import intents
from network_site.search.services import search
from tests.events.factories import make_event
from tests.good_practices.factories import make_practice
from tests.search.factories import make_page


def read(text, plain=()):
    reading = intents.read(text, plain)
    return reading.text, [chip.word for chip in reading.chips]


@pytest.mark.parametrize(
    ("typed", "left", "chips"),
    [
        ("circulaire logement", "logement", ["circulaire"]),
        (
            "Journées d’échanges octobre 2026",
            "",
            ["Journées d’échanges", "octobre 2026"],
        ),
        ("bonnes pratiques à Marseille", "à Marseille", ["bonnes pratiques"]),
        # A word alone, a reference, a date, what stands between quotation marks: words.
        ("circulaire", "circulaire", []),
        ("loi du 27 mai 2008", "loi du 27 mai 2008", []),
        ("accord du 18 octobre", "accord du 18 octobre", []),
        ('"journée octobre"', '"journée octobre"', []),
        ("titre:loi logement", "titre:loi logement", []),
    ],
)
def test_what_is_taken_for_a_kind_or_a_moment(typed, left, chips):
    assert read(typed) == (left, chips)
    assert read(typed, plain=chips) == (typed, [])


def test_the_page_narrows_and_each_chip_can_be_taken_off(
    client, home_page, search_index
):
    ensure_site()
    make_practice("Un atelier pour le logement")
    make_event("Une journée sur le logement")
    make_page("La bonne pratique du logement")
    search_index()
    response = client.get("/recherche/", {"q": "bonnes pratiques logement"})
    answer = response.context["answer"]
    assert [one.kind for one in answer.results] == ["pratique"]
    (chip,) = response.context["active_filters"]
    assert "bonnes pratiques" in chip["label"]
    wider = client.get(f"/recherche/{chip['url']}").context["answer"]
    assert {one.kind for one in wider.results} >= {"page"}
    # What leaves nothing, and the very title of something, are taken as words.
    assert (
        client.get("/recherche/", {"q": "circulaire logement"})
        .context["answer"]
        .results
    )
    exact = client.get("/recherche/", {"q": "La bonne pratique du logement"})
    assert exact.context["answer"].results[0].kind == "page"


def test_the_days_to_come_are_there_soonest_first(home_page, search_index):
    late = make_event("Une journée à Brest", in_days=40)
    soon = make_event("Une journée à Lens", in_days=5)
    search_index()
    answer = search(user=AnonymousUser(), text="prochaines journées")
    assert [one.item["title"] for one in answer.results] == [soon.title, late.title]

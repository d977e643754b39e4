import re
import time

import pytest
from django.urls import reverse

from network_site.core.outbox import drain
from network_site.members import roles
from network_site.search.stores import get_store
from tests.search.factories import make_page, make_territory, make_theme, restrict

pytestmark = pytest.mark.django_db

HOSTILE = [
    "a" * 10_000,
    '"' * 9_000,
    "\x00\x01\x1f discrimination",
    "les des du",
    "-discrimination",
    "((((",
    "* ? a* *a",
    "titre:",
    "%",
    "<script>alert(1)</script>",
    "{{ 7 }} {% x %}".replace("{", "").replace("}", ""),
    "'; DROP TABLE x; --",
    "mot " * 2_400,
]


@pytest.fixture
def url():
    return reverse("search")


@pytest.fixture
def content(home_page, search_index):
    emploi = make_theme("Emploi", "emploi")
    apprentissage = make_theme("Apprentissage", "apprentissage", emploi)
    region = make_territory("Centre", "centre", "region")
    indre = make_territory("Indre", "indre", "department", region)
    make_page(
        "Guide de l’apprentissage",
        "Le parrainage des apprentis contre les discriminations.",
        themes=[apprentissage],
        territories=[indre],
    )
    make_page("Discriminations", "Définitions et recours.")
    make_page("Autre guide", "La discrimination à l’embauche.", themes=[emploi])
    drain()
    search_index()


def text_of(response):
    return response.content.decode()


def test_the_page_without_a_question_says_what_there_is(client, url, content):
    html = text_of(client.get(url))
    assert 'href="?kind=page"' in html


def test_results_bear_their_passage_and_their_count(client, url, content):
    response = client.get(url, {"q": "discrimination embauche"})
    html = text_of(response)
    assert "Autre guide" in html
    assert "<mark>discrimination</mark>" in html
    assert response.context["answer"].total == 1
    assert "Discriminations</a>" not in html


def test_an_exact_title_is_first(client, url, content):
    results = client.get(url, {"q": "discriminations"}).context["answer"].results
    assert results[0].item["title"] == "Discriminations"
    assert len(results) == 3


def test_a_theme_holds_what_is_narrower_and_a_region_what_is_in_it(
    client, url, content
):
    for narrowed in ({"theme": "emploi"}, {"territory": "centre"}):
        answer = client.get(url, {"q": "guide", **narrowed}).context["answer"]
        assert "Guide de l’apprentissage" in [r.item["title"] for r in answer.results]


def test_facets_count_what_choosing_them_would_show(client, url, content):
    answer = client.get(url, {"q": "guide", "theme": "apprentissage"}).context["answer"]
    assert answer.total == 1
    assert answer.facets["theme"] == {"emploi": 2, "apprentissage": 1}
    for theme, count in answer.facets["theme"].items():
        again = client.get(url, {"q": "guide", "theme": theme}).context["answer"]
        assert again.total == count


def test_filters_that_are_set_can_be_taken_off(client, url, content):
    html = text_of(client.get(url, {"q": "guide", "theme": "emploi", "kind": "page"}))
    links = re.findall(r'class="chips">(.*?)</div>', html, re.DOTALL)[0]
    assert "q=guide&amp;kind=page" in links
    assert "q=guide&amp;theme=emploi" in links


def test_words_that_are_never_together_are_found_apart(client, url, content):
    response = client.get(url, {"q": "parrainage recours"})
    assert response.context["answer"].mode == "any"
    assert response.context["answer"].total == 2


def test_a_misspelt_word_is_corrected(client, url, content):
    response = client.get(url, {"q": "parainage"})
    answer = response.context["answer"]
    assert (answer.mode, answer.correction) == ("corrected", "parrainage")
    assert "<strong>parrainage</strong>" in text_of(response)


def test_nothing_found_says_what_to_do(client, url, content):
    response = client.get(url, {"q": "zygomatique", "theme": "emploi"})
    html = text_of(response)
    assert response.status_code == 200
    assert "/discussions/" in html
    assert 'href="?q=zygomatique"' in html


def test_the_whole_list_can_be_sorted_by_date(client, url, content):
    html = text_of(client.get(url, {"q": "guide", "sort": "date"}))
    assert 'aria-current="true"' in html


@pytest.mark.parametrize("query", HOSTILE)
def test_whatever_is_typed_the_page_answers_quickly(client, url, content, query):
    client.get(url, {"q": "discrimination"})
    started = time.process_time()
    response = client.get(url, {"q": query})
    assert response.status_code == 200
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    "parameters",
    [
        {"page": "abc"},
        {"page": "-1"},
        {"page": "999999999999"},
        {"kind": "nothing"},
        {"theme": "../../etc"},
        {"theme": "unknown"},
        {"territory": "\x00"},
        {"sort": "sideways"},
        {"q": "guide", "page": "7"},
    ],
)
def test_a_strange_address_is_not_an_error(client, url, content, parameters):
    assert client.get(url, parameters).status_code == 200


def test_pages_follow_one_another_without_loss(client, url, home_page, search_index):
    for number in range(33):
        make_page(f"Fiche {number:02}", "même texte")
    search_index()
    seen = []
    for page in (1, 2, 3):
        answer = client.get(url, {"q": "fiche", "page": page}).context["answer"]
        assert answer.total == 33
        seen += [result.item["title"] for result in answer.results]
    assert len(seen) == len(set(seen)) == 33


def test_without_an_index_the_page_says_so(client, url, home_page, index_dir):
    response = client.get(url, {"q": "guide"})
    assert response.status_code == 200
    assert response.context["is_unavailable"]
    assert client.get(url).status_code == 200


def test_with_a_damaged_index_the_page_says_so(client, url, content):
    for path in get_store().directory.glob("index-*/arrays/*.npy"):
        path.write_bytes(b"rubbish")
    get_store()._stamp = get_store()._snapshot = None
    response = client.get(url, {"q": "guide"})
    assert response.status_code == 200
    assert response.context["is_unavailable"]
    assert get_store().state() == "damaged"


def test_the_number_of_queries_does_not_grow(
    client, url, content, search_index, assert_constant_queries
):
    def grow():
        for number in range(40):
            make_page(f"Guide {number}", "discrimination")
        drain()
        search_index()

    assert_constant_queries(client, f"{url}?q=guide", grow)


def test_a_card_kept_does_not_outlive_the_right_to_see_it(
    client, url, home_page, search_index
):
    page = make_page("Fiche ouverte", "parrainage")
    drain()
    search_index()
    for _ in range(2):
        assert client.get(url, {"q": "parrainage"}).context["answer"].total == 1
    restrict(page, "Cercle")
    assert client.get(url, {"q": "parrainage"}).context["answer"].total == 0


def test_a_card_says_what_the_object_says_now(client, url, home_page, search_index):
    page = make_page("Fiche", "Premier résumé du parrainage")
    drain()
    search_index()
    assert "Premier résumé" in text_of(client.get(url, {"q": "fiche"}))
    page.title = "Fiche revue"
    page.save_revision().publish()
    drain()
    assert "Fiche revue" in text_of(client.get(url, {"q": "fiche"}))


def test_a_member_sees_more_than_a_visitor(
    client, member_client, url, home_page, search_index
):
    restrict(make_page("Note interne", "parrainage"), roles.MEMBERS)
    search_index()
    assert client.get(url, {"q": "parrainage"}).context["answer"].total == 0
    assert member_client.get(url, {"q": "parrainage"}).context["answer"].total == 1


def test_the_english_page_exists(client, content):
    response = client.get("/en/recherche/", {"q": "guide"})
    assert response.status_code == 200
    assert "Search the network" in text_of(client.get("/en/recherche/"))

"""Nothing found: what is offered then, with counts and words that are the reader's own."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from network_site.members import roles
from network_site.search import ways_out
from network_site.search.services import search
from tests.search.factories import make_page, make_territory, make_theme, restrict

pytestmark = pytest.mark.django_db

VISITOR = AnonymousUser()


@pytest.fixture
def url():
    return reverse("search")


@pytest.fixture
def content(home_page, search_index):
    emploi = make_theme("Emploi", "emploi")
    logement = make_theme("Logement", "logement")
    indre = make_territory("Indre", "indre", "department")
    cher = make_territory("Cher", "cher", "department")
    make_page("Guide", "Le parrainage.", themes=[emploi], territories=[indre])
    make_page("Autre guide", "Le parrainage.", themes=[emploi], territories=[cher])
    make_page("Note", "Le parrainage à la maison.", themes=[logement])
    secret = make_page("Secret", "Le parrainage xylographe.", themes=[logement])
    restrict(secret, roles.MEMBERS)
    search_index()


def test_a_filter_taken_off_says_how_many_it_gives_back(client, url, content):
    query = {"q": "parrainage", "theme": "logement", "territory": "indre"}
    response = client.get(url, query)
    assert response.context["answer"].total == 0
    wider = {one["url"]: one["total"] for one in response.context["wider"]}
    assert wider == {
        "?q=parrainage&territory=indre": "1 résultat",
        "?q=parrainage&theme=logement": "1 résultat",
        "?q=parrainage": "3 résultats",
    }
    for address, total in wider.items():
        again = client.get(url + address).context["answer"].total
        assert total.startswith(str(again))


def test_these_counts_are_the_readers_own(client_for, member, url, content):
    response = client_for(member).get(
        url, {"q": "parrainage", "theme": "logement", "territory": "indre"}
    )
    totals = [one["total"] for one in response.context["wider"]]
    assert totals == ["1 résultat", "2 résultats", "4 résultats"]
    assert [
        one.total
        for one in ways_out.wider(user=VISITOR, text="xylographe", themes=["emploi"])
    ] == []


def test_marks_and_words_left_out_can_be_forgotten(client, url, content):
    response = client.get(url, {"q": '"guide parrainage"'})
    assert response.context["answer"].total == 0
    [one] = response.context["wider"]
    assert one["url"] == "?q=guide+parrainage"
    assert one["total"] == "2 résultats"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ('"a b" -c', "a b"),
        ("titre:guide", "guide"),
        ("« rendez-vous » note", "rendez-vous note"),
        ("-", ""),
        ("- -", ""),
    ],
)
def test_plain_words(text, plain):
    assert ways_out.plain_words(text) == plain


def test_a_member_asks_with_the_title_already_written(
    client, client_for, member, url, content
):
    html = client_for(member).get(url, {"q": "zygomatique ?"}).content.decode()
    [address] = re.findall(r'href="(/discussions/[^"]*titre=[^"]*)"', html)
    form = client_for(member).get(address.replace("&amp;", "&")).content.decode()
    assert 'value="zygomatique ?"' in form
    html = client.get(url, {"q": "zygomatique ?"}).content.decode()
    assert "titre=" not in html
    assert "/discussions/" in html


@pytest.mark.parametrize("title", ["", "\x00", "a" * 5_000, "<b>x</b>"])
def test_any_title_may_be_given_to_the_form(client_for, member, home_page, title):
    response = client_for(member).get(reverse("forums:new"), {"titre": title})
    assert response.status_code == 200
    assert b"<b>x</b>" not in response.content


def test_themes_are_offered_with_what_the_reader_sees_of_them(
    client, client_for, member, url, content
):
    def offered(one):
        found = one.get(url, {"q": "zygomatique"}).context["themes"]
        return {theme["url"]: theme["count"] for theme in found}

    assert offered(client) == {"?theme=emploi": 3, "?theme=logement": 2}
    assert offered(client_for(member)) == {"?theme=emploi": 3, "?theme=logement": 3}


def test_no_word_that_is_closed_is_ever_proposed(client, client_for, member, content):
    closed = search(user=VISITOR, text="xilographe")
    assert (closed.mode, closed.correction, closed.total) == ("any", "", 0)
    assert search(user=member, text="xilographe").correction == "xylographe"
    html = client.get(reverse("search"), {"q": "xilographe"}).content.decode()
    assert "xylographe" not in html


def test_nothing_found_costs_a_steady_number_of_queries(
    client, url, content, assert_constant_queries, search_index
):
    def grow():
        for number in range(6):
            theme = make_theme(f"Thème {number}", f"theme-{number}")
            make_page(f"Page {number}", "Parrainage.", themes=[theme])
        search_index()

    path = f"{url}?q=parrainage&theme=logement&territory=indre"
    assert_constant_queries(client, path, grow=grow)

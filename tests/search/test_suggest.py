"""Suggestions while typing: names only, the reader's own, under the right letters."""

import json
import re

import numpy as np
import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from network_site.members import roles
from network_site.members.models import Organization
from network_site.search import names
from network_site.search.stores import get_store
from network_site.search.suggest import suggest
from tests.search.factories import make_page, make_territory, make_theme, restrict

pytestmark = pytest.mark.django_db

VISITOR = AnonymousUser()


def offered(user, text):
    return [one.link.title for one in suggest(user=user, text=text)]


@pytest.fixture
def content(home_page, search_index):
    make_theme("Apprentissage", "apprentissage")
    make_territory("Apt", "apt")
    Organization.objects.create(
        name="Office du séjour", acronym="ODS", slug="ods", kind="national"
    )
    make_page("Guide de l’apprentissage", "Le parrainage des apprentis.")
    make_page("Loi n° 2006-396 pour l’égalité des chances")
    members = make_page("Apprendre entre membres")
    circle = make_page("Apprendre dans le cercle")
    restrict(members, roles.MEMBERS)
    restrict(circle, "Cercle")
    search_index()


def test_names_are_found_by_the_beginning_of_any_of_their_words(content):
    assert offered(VISITOR, "gui") == ["Guide de l’apprentissage"]
    assert set(offered(VISITOR, "appr")) == {
        "Apprentissage",
        "Guide de l’apprentissage",
    }
    assert offered(VISITOR, "appr")[0] == "Apprentissage"
    assert offered(VISITOR, "guide de l'appr") == ["Guide de l’apprentissage"]
    assert offered(VISITOR, "guide appr") == ["Guide de l’apprentissage"]
    assert offered(VISITOR, "parrainage") == []


@pytest.mark.parametrize("text", ["egal", "ÉGAL", "l’égal", "loi 2006-3", "2006-39"])
def test_accents_capitals_and_signs_do_not_matter(content, text):
    assert offered(VISITOR, text) == ["Loi n° 2006-396 pour l’égalité des chances"]


def test_an_acronym_leads_to_the_name_it_stands_for(content):
    [found] = suggest(user=VISITOR, text="ods")
    assert found.note == "ODS"
    assert found.link.url == Organization.objects.get(slug="ods").get_absolute_url()


def test_each_reader_is_offered_what_they_may_open(content, member, pending, make_user):
    insider = make_user("cercle@exemple.fr", "Cercle")
    assert "Apprendre entre membres" not in offered(VISITOR, "appren")
    assert "Apprendre entre membres" not in offered(pending, "appren")
    assert "Apprendre entre membres" in offered(member, "appren")
    assert "Apprendre dans le cercle" not in offered(member, "appren")
    assert "Apprendre dans le cercle" in offered(insider, "appren")


def test_people_are_offered_to_members_only(home_page, search_index, member, make_user):
    found = make_user(
        "violette@exemple.fr",
        roles.MEMBERS,
        status="approved",
        first_name="Violette",
        last_name="Szymanowska",
    )
    search_index()
    assert offered(VISITOR, "szym") == []
    assert offered(member, "szym") == [found.get_full_name()]


def test_what_was_just_restricted_is_hidden_before_the_index_knows(
    content, search_index
):
    page = make_page("Zéphyr à refermer")
    search_index()
    assert offered(VISITOR, "zeph") == ["Zéphyr à refermer"]
    restrict(page, roles.MEMBERS)
    assert offered(VISITOR, "zeph") == []


def test_the_address_answers_in_json_and_is_kept_for_visitors_only(
    content, client, client_for, member
):
    url = reverse("search_suggestions")
    response = client.get(url, {"q": "guid"})
    data = json.loads(response.content)
    [one] = data["suggestions"]
    assert one["title"] == "Guide de l’apprentissage"
    assert one["url"].startswith("/")
    assert "<svg" in data["marks"][one["mark"]]
    assert data["status"].startswith("1 ")
    assert data["all"]["url"] == "/recherche/?q=guid"
    assert "public" in response["Cache-Control"]
    assert "Cookie" in response["Vary"]
    private = client_for(member).get(url, {"q": "guid"})
    assert private["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "text", ["", "g", " ", "\x00", "*", "les", "a" * 10_000, '"""', "L.", "%27;"]
)
def test_whatever_is_typed_is_no_error(content, client, text):
    response = client.get(reverse("search_suggestions"), {"q": text})
    assert response.status_code == 200
    data = json.loads(response.content)
    if len(text.strip("\x00 ")) < 2:
        assert data["suggestions"] == []


def test_without_an_index_nothing_is_offered(index_dir, client, home_page):
    response = client.get(reverse("search_suggestions"), {"q": "guide"})
    assert response.status_code == 200
    assert json.loads(response.content)["suggestions"] == []


def test_queries_do_not_grow_with_the_names(
    home_page, search_index, client, assert_constant_queries
):
    def add():
        for number in range(3):
            make_page(f"Guide numéro {number}")
        search_index()

    add()
    path = f"{reverse('search_suggestions')}?q=guide"
    assert_constant_queries(client, path, grow=add)


def test_every_search_box_offers_them_and_works_without(client, home_page):
    address = reverse("search_suggestions")
    for path in ("/", "/recherche/", "/bibliotheque/", "/nulle-part/"):
        html = client.get(path).content.decode()
        forms = re.findall(r'<form class="search[^>]*>', html)
        assert forms, path
        for form in forms:
            assert f'data-suggest="{address}"' in form
            assert 'action="/recherche/"' in form or 'action="/ici/"' in form
        assert any('action="/recherche/"' in form for form in forms)


def test_entries_are_sorted_by_what_follows_them():
    made = names.build(
        [(0, "guide de l apprentissage"), (1, "apprentissage"), (2, "œuvre " * 20)]
    )
    low, high = made.range_of("appr")
    assert [made.line_at(entry) for entry in range(low, high)] == [
        ("guide de l apprentissage", 11),
        ("apprentissage", 0),
    ]
    assert made.parts[low:high].tolist() == [0, 1]
    assert made.at_head(np.arange(low, high)).tolist() == [False, True]
    low, high = made.range_of("zzz")
    assert low == high


def test_names_are_written_once_and_mapped_by_the_others(content, index_dir):
    snapshot = get_store().snapshot()
    [segment] = snapshot.segments
    first = names.names_of(segment, index_dir)
    folder = index_dir / names.FOLDER
    [path] = folder.iterdir()
    del segment._names
    again = names.names_of(segment, index_dir)
    assert np.array_equal(first.starts, again.starts)
    (folder / "1-gone").mkdir()
    names.prepare({segment.segment_id: lambda: segment}, index_dir)
    assert [one.name for one in folder.iterdir()] == [path.name]

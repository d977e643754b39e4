import csv

import pytest
from django.contrib.auth.models import Group

from good_practices.filters import Catalogue
from good_practices.models import GoodPracticePage
from network_site.members import roles
from tests.good_practices.factories import (
    make_measure,
    make_practice,
    make_target_group,
    make_territories,
    make_theme,
    restrict,
)

URL = "/bonnes-pratiques/"


def option(catalogue, name, value):
    group = next(group for group in catalogue.facets if group["name"] == name)
    return next((o for o in group["options"] if o["value"] == value), None)


@pytest.fixture
def places(home_page):
    return make_territories()


def test_a_broad_theme_finds_what_is_filed_under_a_narrower_one(client, home_page):
    broad = make_theme("Éducation")
    narrow = make_theme("Scolarisation précoce", parent=broad)
    make_practice("Classe des deux ans", themes=[narrow])
    make_practice("Garage solidaire")
    page = client.get(URL, {"theme": broad.slug}).content.decode()
    assert "Classe des deux ans" in page
    assert "Garage solidaire" not in page


def test_a_commune_answers_for_its_departement_and_its_region(client, places):
    region, department, commune = places
    make_practice("Travail d’intérêt général", territories=[commune])
    make_practice("Ailleurs")
    for name, place in (
        ("region", region),
        ("department", department),
        ("territory", commune),
        ("territory", region),
    ):
        page = client.get(URL, {name: place.slug}).content.decode()
        assert "Travail d’intérêt général" in page
        assert "Ailleurs" not in page


def test_counts_are_those_of_what_this_reader_may_open(
    client, client_for, member, facilitator, visitor_and_member_practices
):
    theme, group = visitor_and_member_practices
    assert option(Catalogue(anonymous(), query()), "theme", theme.slug)["count"] == 1
    assert option(Catalogue(member, query()), "theme", theme.slug)["count"] == 2
    page = client.get(URL).content.decode()
    assert "Secret" not in page
    assert "Réservée" not in page
    page = client_for(member).get(URL).content.decode()
    assert "Réservée" in page
    assert "Secret" not in page
    # A facilitator is not, for that, in a private space.
    assert "Secret" not in client_for(facilitator).get(URL).content.decode()
    facilitator.groups.add(group)
    assert "Secret" in client_for(facilitator).get(URL).content.decode()


@pytest.fixture
def visitor_and_member_practices(home_page):
    theme = make_theme("Santé")
    make_practice("Ouverte", themes=[theme])
    restrict(
        make_practice("Réservée", themes=[theme]),
        roles.group_of(roles.MEMBERS),
    )
    private = Group.objects.create(name="Groupe de travail")
    restrict(make_practice("Secret", themes=[theme]), private)
    return theme, private


def anonymous():
    from django.contrib.auth.models import AnonymousUser

    return AnonymousUser()


def query(text=""):
    from django.http import QueryDict

    return QueryDict(text)


def test_restricted_practices_leave_no_facet_no_dot_and_no_line_of_csv(client, places):
    _region, department, commune = places
    group = Group.objects.create(name="À part")
    theme = make_theme("Très à part")
    restrict(
        make_practice(
            "Cachée", territories=[commune], themes=[theme], started_year=1903
        ),
        group,
    )
    make_practice("Visible")
    for suffix in ("", "?vue=territoires", "export.csv"):
        page = client.get(URL + suffix).content.decode()
        for word in ("Cachée", "Très à part", "1903", department.slug, "Châteauroux"):
            assert word not in page, (suffix, word)
    # Asking for the hidden term answers as for a term under which there is nothing.
    empty = make_theme("Sans rien")
    pages = [
        client.get(URL, {"theme": one.slug}).content.decode() for one in (theme, empty)
    ]
    for page, one in zip(pages, (theme, empty), strict=True):
        assert "Visible" not in page
        assert "Cachée" not in page
        pages[pages.index(page)] = page.replace(one.slug, "x").replace(one.name, "x")
    assert pages[0] == pages[1]


def test_two_facets_combine_and_each_count_is_what_its_link_gives(client, places):
    _region, department, commune = places
    young, adults = make_target_group("Jeunes"), make_target_group("Adultes")
    make_practice("A", territories=[commune], target_groups=[young])
    make_practice("B", territories=[commune], target_groups=[adults])
    make_practice("C", target_groups=[young])
    catalogue = Catalogue(anonymous(), query(f"department={department.slug}"))
    assert option(catalogue, "target", young.slug)["count"] == 1
    both = Catalogue(
        anonymous(), query(f"department={department.slug}&target={young.slug}")
    )
    assert [page.title for page in both.queryset()] == ["A"]
    # Under one facet, the other values say what adding them would give.
    assert option(both, "target", adults.slug)["count"] == 1


def test_level_measure_axis_and_year_filter(client, home_page):
    measure = make_measure(axis="daily")
    make_practice("Mesurée", measure=measure, started_year=2016, level="examined")
    make_practice("Libre", started_year=2011)
    for filters in (
        {"measure": measure.slug},
        {"axis": "daily"},
        {"year": "2016"},
        {"level": "examined"},
    ):
        page = client.get(URL, filters).content.decode()
        assert "Mesurée" in page
        assert "Libre" not in page


@pytest.mark.parametrize(
    "bad",
    [
        "page=abc",
        "page=-4",
        "page=99999999999999999999",
        "year=deux-mille",
        "theme=nulle-part",
        "level=best",
        "sort=-password",
        "vue=autre",
        "vue=territoires&order=;drop",
        "territory=" + "x" * 3000,
        "department[]=1",
    ],
)
def test_a_wrong_value_is_left_out_and_said(client, home_page, bad):
    make_practice("Toujours là")
    response = client.get(f"{URL}?{bad}")
    html = response.content.decode()
    assert response.status_code == 200
    if "vue=territoires" not in bad:
        assert "Toujours là" in html
    name, _equals, _value = bad.partition("=")
    assert ("ne correspond à rien ici" in html) == (
        name in {"year", "theme", "level", "territory"}
    )


def test_a_place_without_a_practice_leaves_none_and_can_be_taken_away(client, places):
    make_practice("Ailleurs")
    _region, department, _commune = places
    response = client.get(URL, {"territory": department.slug, "year": "1999"})
    html = response.content.decode()
    assert "Ailleurs" not in html
    assert [chip["label"] for chip in response.context["catalogue"].chips] == [
        "1999",
        department.full_name,
    ]
    assert "ne correspond à rien" not in html


def test_the_order_is_total_and_can_be_chosen(client, home_page):
    make_practice("Zèbre", started_year=2020)
    make_practice("Abeille", started_year=2001)
    assert [
        p.title for p in Catalogue(anonymous(), query("sort=title")).queryset()
    ] == [
        "Abeille",
        "Zèbre",
    ]
    for sort in ("recent", "year", "title"):
        assert Catalogue(anonymous(), query(f"sort={sort}")).queryset().totally_ordered


def test_the_territories_view_is_a_table_that_sorts_by_links(client, places):
    _region, department, commune = places
    make_practice(territories=[commune])
    make_practice()
    page = client.get(URL, {"vue": "territoires"}).content.decode()
    assert 'aria-sort="descending"' in page
    assert department.name in page
    page = client.get(URL, {"vue": "territoires", "order": "name"}).content.decode()
    assert 'aria-sort="ascending"' in page


def test_an_empty_result_says_what_to_do(client, home_page):
    make_practice(level="testimony", started_year=2010)
    make_practice(level="examined", started_year=2011)
    page = client.get(URL, {"level": "examined", "year": "2010"}).content.decode()
    assert '<div class="empty">' in page


def test_the_csv_holds_the_filtered_list_and_no_formula(client, places):
    _region, _department, commune = places
    make_practice("=cmd|' /C calc'!A0", territories=[commune], started_year=2016)
    make_practice("Autre", started_year=2010)
    response = client.get(f"{URL}export.csv", {"year": "2016"})
    text = response.content.decode("utf-8-sig")
    rows = list(csv.reader(text.splitlines(), delimiter=";"))
    assert len(rows) == 2
    assert rows[1][0].startswith("'=")
    assert "Châteauroux, Indre" in rows[1]


@pytest.mark.parametrize("path", [URL, f"{URL}?vue=territoires", f"{URL}export.csv"])
def test_the_list_costs_the_same_for_many(
    client, places, assert_constant_queries, path
):
    _region, _department, commune = places
    theme, group, measure = make_theme(), make_target_group(), make_measure()

    def grow(number=20):
        for _ in range(number):
            make_practice(
                territories=[commune],
                themes=[theme],
                target_groups=[group],
                measure=measure,
                started_year=2016,
            )

    grow(2)
    assert_constant_queries(client, path, grow)
    assert GoodPracticePage.objects.count() == 22

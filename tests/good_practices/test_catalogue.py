import csv

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.http import QueryDict

from good_practices.models import GoodPracticePage
from good_practices.practice_listing import practices_asked
from network_site.members import roles
from network_site.taxonomies.models import Territory
from tests.good_practices.factories import (
    make_measure,
    make_practice,
    make_target_group,
    make_territories,
    make_theme,
    restrict,
)

URL = "/bonnes-pratiques/"
VISITOR = AnonymousUser()


def count_of(filters, name, value):
    """What a box of the margin says it would leave."""
    group = next(group for group in filters.groups if group.name == name)
    return next(one.count for one in group.options if one.value == value)


def titles(filters):
    found = GoodPracticePage.objects.in_bulk(filters.object_ids)
    return [found[number].title for number in filters.object_ids]


def asked(user, text=""):
    return practices_asked(QueryDict(text), user)


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
    other = make_theme("Emploi")
    make_practice("Ailleurs", themes=[other])
    assert count_of(asked(VISITOR), "theme", theme.slug) == 1
    assert count_of(asked(member), "theme", theme.slug) == 2
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
    there = asked(VISITOR, f"department={department.slug}")
    assert count_of(there, "target", young.slug) == 1
    both = asked(VISITOR, f"department={department.slug}&target={young.slug}")
    assert titles(both) == ["A"]
    # Under one facet, the other values say what adding them would give.
    assert count_of(both, "target", adults.slug) == 1


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
    assert [chip["label"] for chip in response.context["filters"].chips] == [
        department.full_name,
        "1999",
    ]
    assert "ne correspond à rien" not in html


def test_a_place_that_leaves_nothing_says_what_the_wider_one_holds(client, places):
    region, _department, commune = places
    empty = Territory.objects.create(
        kind="department", insee_code="18", name="Cher", slug="cher", parent=region
    )
    make_practice(territories=[commune], started_year=2011)
    make_practice(territories=[region], started_year=2012)
    make_practice(started_year=2013)
    for name in ("territory", "department"):
        html = client.get(URL, {name: empty.slug}).content.decode()
        words = html.replace("\u00a0", " ")
        assert "0 dans « Cher » ; 2 dans « Centre-Val de Loire »" in words
        # The other filters hold for the wider place too.
        html = client.get(URL, {name: empty.slug, "year": "2012"}).content.decode()
        assert "1 dans « Centre-Val de Loire »" in html.replace("\u00a0", " ")


def test_a_choice_that_cannot_narrow_the_list_is_not_shown(client, places):
    _region, _department, commune = places
    theme = make_theme("Santé")
    for year in (2011, 2012):
        make_practice(themes=[theme], territories=[commune], started_year=year)
    groups = [group.name for group in asked(VISITOR).groups]
    assert "theme" not in groups
    assert "level" not in groups
    assert "year" in groups
    # One that is set can be taken away again.
    groups = [group.name for group in asked(VISITOR, f"theme={theme.slug}").groups]
    assert "theme" in groups


def test_a_measure_kept_for_some_is_named_to_nobody_else(client, client_for, member):
    measure = make_measure("Mesure confidentielle", axis="daily")
    make_practice("Visible", measure=measure)
    make_practice("Autre")
    page = GoodPracticePage.objects.get(title="Visible")
    addresses = (URL, page.url, f"{URL}export.csv")
    for address in addresses:
        assert "Mesure confidentielle" in client.get(address).content.decode(), address
    restrict(measure, roles.group_of(roles.MEMBERS))
    for address in addresses:
        html = client.get(address).content.decode()
        assert "Mesure confidentielle" not in html, address
        html = client_for(member).get(address).content.decode()
        assert "Mesure confidentielle" in html, address
    assert asked(VISITOR, "axis=daily").total == 0
    assert asked(member, "axis=daily").total == 1


def test_the_order_is_total_and_can_be_chosen(client, home_page):
    make_practice("Zèbre", started_year=2020)
    make_practice("Abeille", started_year=2001)
    make_practice("Éclair")
    for sort, expected in (
        ("title", ["Abeille", "Éclair", "Zèbre"]),
        ("year", ["Zèbre", "Abeille", "Éclair"]),
        ("recent", ["Éclair", "Abeille", "Zèbre"]),
        ("-password", ["Éclair", "Abeille", "Zèbre"]),
    ):
        assert titles(asked(VISITOR, f"sort={sort}")) == expected


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

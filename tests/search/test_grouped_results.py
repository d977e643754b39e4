"""Results by kind on one page: exact counts, the best of each, and a way to all of them."""

import re

import pytest
from django.urls import reverse
from django.utils.text import slugify

from network_site.core.outbox import drain
from network_site.members import roles
from network_site.members.models import Organization
from tests.search.factories import make_page, make_theme, restrict

pytestmark = pytest.mark.django_db


@pytest.fixture
def content(home_page, search_index):
    """Five pages, one of them for members, a theme page and two organisations that say médiation."""
    make_theme("Vie sociale", "vie-sociale")
    for number in range(4):
        make_page(f"Fiche {number}", "médiation " * (number + 1))
    restrict(make_page("Note interne", "médiation"), roles.MEMBERS)
    for name in ("Médiation", "Relais médiation"):
        Organization.objects.create(name=name, slug=slugify(name))
    drain()
    search_index()


def grouped(client, **query):
    response = client.get(reverse("search"), {"vue": "groupes", **query})
    groups = response.context.get("found_groups", [])
    html = response.content.decode()
    return {group["kind"]: group for group in groups}, html


def test_each_kind_has_its_exact_count_and_its_best_three(client, content):
    groups, html = grouped(client, q="médiation")
    assert list(groups) == ["organisation", "page"]  # an exact title is first of all
    assert {kind: group["total"] for kind, group in groups.items()} == {
        "organisation": 2,
        "page": 4,
    }
    assert [len(group["results"]) for group in groups.values()] == [2, 3]
    assert groups["organisation"]["results"][0].item["title"] == "Médiation"
    assert html.count("<mark>médiation</mark>") >= 3


def test_a_count_leads_to_as_many_results(client, content):
    groups, html = grouped(client, q="médiation", sort="date")
    (address,) = re.findall(r'href="(\?[^"]*kind=page[^"]*)">(?:See|Voir)', html)
    assert "vue=" not in address
    assert "sort=date" in address
    response = client.get(reverse("search") + address.replace("&amp;", "&"))
    assert response.context["answer"].total == groups["page"]["total"] == 4
    assert groups["organisation"]["url"] == ""


def test_what_is_restricted_is_in_no_group_of_a_visitor(client, member_client, content):
    assert grouped(member_client, q="médiation")[0]["page"]["total"] == 5
    groups, html = grouped(client, q="médiation interne")
    assert "Note interne" not in html
    assert grouped(member_client, q="note interne")[0]["page"]["total"] == 1


def test_the_filters_stay_and_so_does_the_presentation(client, content):
    groups, html = grouped(client, q="médiation", kind="organisation")
    assert list(groups) == ["organisation"]
    assert '<input type="hidden" name="vue" value="groupes">' in html
    mixed = client.get(reverse("search"), {"q": "médiation"})
    assert "found_groups" not in mixed.context
    assert "vue=groupes" in mixed.content.decode()


def test_the_rows_of_all_groups_take_as_many_queries_as_one(
    client, content, search_index, assert_constant_queries
):
    def grow():
        for number in range(10):
            make_page(f"Autre {number}", "médiation")
        drain()
        search_index()

    assert_constant_queries(
        client, f"{reverse('search')}?q=mediation&vue=groupes", grow
    )

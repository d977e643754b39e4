import random
from collections import Counter

import pytest
from django.urls import reverse

from network_site.members.enums import OrganizationKind
from network_site.members.models import (
    BudgetLine,
    Organization,
    OrganizationAlias,
)
from network_site.taxonomies.enums import TerritoryKind
from network_site.taxonomies.models import Territory, Theme

pytestmark = pytest.mark.django_db


def make_organization(number, **fields):
    return Organization.objects.create(
        **{
            "name": f"Organisme {number:03}",
            "slug": f"organisme-{number}",
            "kind": OrganizationKind.ASSOCIATION,
            **fields,
        }
    )


def counts_of(page, name):
    group = next(one for one in page.context["filters"].groups if one.name == name)
    return {option.value: option.count for option in group.options}


def test_organisations_are_narrowed_by_kind_with_exact_counts(client):
    make_organization(1)
    make_organization(2, kind=OrganizationKind.AGENCY)
    page = client.get(reverse("directory"), {"kind": "agency"})
    assert [item["title"] for item in page.context["items"]] == ["Organisme 002"]
    assert counts_of(page, "kind") == {"agency": 1, "association": 1}


def test_counts_are_those_of_the_lists_they_lead_to(client):
    """Each facet under the others; a place holds what lies in it, a theme its narrower ones."""
    rng = random.Random(5)
    themes = []
    for number in range(3):
        root = Theme.add_root(name=f"Thème {number}", slug=f"theme-{number}")
        child = Theme.objects.get(pk=root.pk).add_child(
            name=f"Sous-thème {number}", slug=f"sous-{number}"
        )
        themes += [root, child]
    region = Territory.objects.create(
        kind=TerritoryKind.REGION, insee_code="1", name="Région", slug="region"
    )
    department = Territory.objects.create(
        kind=TerritoryKind.DEPARTMENT,
        insee_code="2",
        name="Département",
        slug="departement",
        parent=region,
    )
    for number in range(30):
        body = make_organization(
            number,
            kind=rng.choice(["agency", "association", "company"]),
            territory=rng.choice([None, region, department]),
            is_listed=rng.random() < 0.9,
        )
        body.themes = rng.sample(themes, rng.randint(0, 3))
        body.save()
    url = reverse("directory")
    seen = Counter()
    for query in (
        {},
        {"kind": ["agency"]},
        {"theme": ["theme-0", "sous-1"], "territory": ["region"]},
        {"territory": ["national", "departement"], "kind": ["agency", "company"]},
        {"q": "organisme 00"},
    ):
        for group in client.get(url, query).context["filters"].groups:
            for option in group.options:
                chosen = {**query, group.name: [option.value]}
                page = client.get(url, chosen).context["page"]
                assert page.paginator.count == option.count, (query, group.name)
                seen[group.name] += option.count
    assert all(seen[name] > 20 for name in ("kind", "theme", "territory")), seen


def test_words_are_found_without_accents_in_every_name(client):
    body = make_organization(
        1,
        name="Œuvre d’éducation",
        name_en="School charity",
        acronym="O.É.D.",
        summary="Accès aux droits",
    )
    make_organization(2)
    OrganizationAlias.objects.create(
        organization=body, name="Ancien Foyer", slug="ancien-foyer"
    )
    url = reverse("directory")
    for words in (
        "oeuvre",
        "EDUCATION œuv",
        "charity",
        "o.e.d",
        "acces droit",
        "foyer",
    ):
        page = client.get(url, {"q": words}).context["page"]
        assert list(page.object_list) == [body], words
    for words in ("foyer absent", "« »"):
        assert client.get(url, {"q": words}).context["page"].paginator.count == 0
    body.name = "Maison commune"
    body.save()
    assert client.get(url, {"q": "oeuvre"}).context["page"].paginator.count == 0


def test_a_former_address_leads_to_the_organisation_that_was_kept(client):
    body = make_organization(1)
    alias = OrganizationAlias.objects.create(
        organization=body, name="Ancien", slug="ancien"
    )
    former = client.get(reverse("organization", args=[alias.slug]))
    assert (former.status_code, former["Location"]) == (301, body.get_absolute_url())
    Organization.objects.update(is_listed=False)
    assert client.get(reverse("organization", args=["ancien"])).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        {"page": "abc"},
        {"page": "-1"},
        {"page": "9999"},
        {"kind": "nimporte"},
        {"theme": "inconnu"},
        {"territory": "inconnu"},
        {"q": "\x00" + "é" * 500},
    ],
)
def test_a_strange_address_is_still_an_answer(client, query):
    make_organization(1)
    assert client.get(reverse("directory"), query).status_code == 200


def test_an_unlisted_organisation_has_no_page_and_no_count(client):
    body = make_organization(1, is_listed=False)
    assert client.get(body.get_absolute_url()).status_code == 404
    assert client.get(reverse("directory")).context["page"].paginator.count == 0


def test_the_sheet_draws_the_budget_with_its_table(client):
    body = make_organization(1)
    BudgetLine.objects.create(
        organization=body, year=2009, label="Ville", amount="383.2"
    )
    BudgetLine.objects.create(organization=body, year=2009, label="Service", amount="9")
    html = client.get(body.get_absolute_url()).content.decode()
    assert "383,2" in html
    assert "<table" in html


def test_a_pending_person_is_not_in_the_directory(member_client, pending):
    assert pending.email not in member_client.get(reverse("people")).content.decode()
    assert member_client.get(pending.profile.get_absolute_url()).status_code == 404


def test_an_organisation_shows_its_members_to_members_only(
    client, member_client, member
):
    body = make_organization(1)
    member.profile.organization = body
    member.profile.save()
    url = body.get_absolute_url()
    assert member.get_full_name() in member_client.get(url).content.decode()
    assert member.get_full_name() not in client.get(url).content.decode()


def test_the_list_costs_the_same_for_few_and_for_many(client, assert_constant_queries):
    theme = Theme.add_root(name="Emploi", slug="emploi")

    def grow_organizations(start=10, number=60):
        for index in range(start, start + number):
            make_organization(index, themes=[theme])

    grow_organizations(0, 2)
    assert_constant_queries(client, reverse("directory"), grow_organizations)

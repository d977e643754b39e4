import pytest
from django.urls import reverse

from network_site.members.models import ContactPoint, Organization
from network_site.taxonomies.enums import TerritoryKind
from network_site.taxonomies.models import Programme, ProgrammeFigure, Territory, Theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    region = Territory.objects.create(
        kind=TerritoryKind.REGION, insee_code="76", name="Occitanie", slug="occitanie"
    )
    department = Territory.objects.create(
        kind=TerritoryKind.DEPARTMENT,
        insee_code="30",
        name="Gard",
        slug="gard",
        parent=region,
    )
    return region, department


def test_a_theme_gives_its_contact_point_and_those_of_narrower_ones(client):
    theme = Theme.add_root(name="Emploi", slug="emploi")
    narrow = theme.add_child(name="Parrainage", slug="parrainage")
    body = Organization.objects.create(name="Service", slug="service", kind="other")
    point = ContactPoint.objects.create(
        label="Pôle cohésion", email="pole@exemple.fr", organization=body
    )
    point.themes.add(narrow)
    html = client.get(reverse("theme", args=["emploi"])).content.decode()
    assert "pole@exemple.fr" in html
    assert reverse("theme", args=["parrainage"]) in html


def test_a_place_shows_what_holds_in_the_places_around_it(client, places):
    region, department = places
    body = Organization.objects.create(
        name="Direction régionale", slug="dr", kind="state_service", territory=region
    )
    html = client.get(reverse("territory", args=["gard"])).content.decode()
    assert body.get_absolute_url() in html
    assert region.get_absolute_url() in html


def test_an_empty_place_says_what_to_do(client, places):
    html = client.get(reverse("territory", args=["gard"])).content.decode()
    assert reverse("forums:index") in html


@pytest.mark.parametrize("name", ["theme", "territory", "programme"])
def test_an_unknown_term_is_not_found(client, name):
    assert client.get(reverse(name, args=["inconnu"])).status_code == 404


def test_a_programme_shows_its_figures_with_their_source(client):
    programme = Programme.objects.create(
        name="Ateliers santé ville", acronym="ASV", slug="asv", body="Un **atelier**."
    )
    ProgrammeFigure.objects.create(
        programme=programme, label="ateliers", value="300", source="Note d’information"
    )
    html = client.get(reverse("programme", args=["asv"])).content.decode()
    assert "Note d’information" in html
    assert "<strong>atelier</strong>" in html


def test_lists_of_terms_cost_the_same_for_few_and_for_many(
    client, places, assert_constant_queries
):
    region, _department = places
    Theme.add_root(name="Thème", slug="theme")

    def grow():
        for index in range(60):
            Theme.add_root(name=f"Thème {index}", slug=f"theme-{index}")
            Territory.objects.create(
                kind=TerritoryKind.DEPARTMENT,
                insee_code=f"x{index}",
                name=f"Département {index}",
                slug=f"departement-{index}",
                parent=region,
            )
            Programme.objects.create(name=f"P{index}", slug=f"p{index}")

    for name in ("themes", "territories", "programmes"):
        client.get(reverse(name))
    assert_constant_queries(client, reverse("themes"), grow)
    assert_constant_queries(client, reverse("territories"), lambda: None)
    assert_constant_queries(client, reverse("programmes"), lambda: None)

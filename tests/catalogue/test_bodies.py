"""Texts, practices and days narrowed by the body behind them."""

import pytest
from django.urls import reverse

from network_site.home.services import ensure_site
from tests.directory.test_directory import make_organization
from tests.events.factories import make_event
from tests.good_practices.factories import make_practice
from tests.library.factories import make_library, make_text


@pytest.fixture
def bodies(home_page):
    ensure_site()
    return [
        make_organization(1),
        make_organization(2),
        make_organization(3, is_listed=False, name="Organisme sans fiche"),
    ]


def options(response):
    groups = {group.name: group for group in response.context["filters"].groups}
    return {one.value: one.count for one in groups["body"].options if one.value}


@pytest.mark.parametrize("space", ["texts", "practices", "days"])
def test_a_list_is_narrowed_by_body_and_names_none_without_a_sheet(
    client, home_page, bodies, space
):
    made = {
        "texts": lambda body, library=None: make_text(library, publisher=body),
        "practices": lambda body: make_practice(organization=body),
        "days": lambda body: make_event(organizer=body),
    }[space]
    more = {"library": make_library(home_page)} if space == "texts" else {}
    pages = [made(body, **more) for body in (*bodies, bodies[0])]
    address = pages[0].get_parent().get_url()
    whole = client.get(address)
    assert options(whole) == {"organisme-1": 2, "organisme-2": 1}
    narrowed = client.get(address, {"body": "organisme-1"})
    found = set(narrowed.context["filters"].object_ids)
    assert found == {pages[0].pk, pages[3].pk}
    assert options(narrowed) == {"organisme-1": 2, "organisme-2": 1}
    refused = client.get(address, {"body": bodies[2].slug})
    assert refused.context["filters"].remarks
    assert len(refused.context["filters"].object_ids) == 4
    assert refused.context["filters"].chips == []


def test_an_unknown_body_is_said_in_the_directory_of_people(client, bodies):
    response = client.get(reverse("people"), {"organization": "rien"})
    assert "« rien »" in response.content.decode().replace("\u00a0", " ")

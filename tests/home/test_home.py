import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Site

from good_practices.models import PracticeIndexPage
from good_practices.services import create_practice
from network_site.home.contrast import contrast
from network_site.home.models import Branding, FooterLink
from network_site.home.services import ensure_site

pytestmark = pytest.mark.django_db


def test_the_home_page_stands_on_an_empty_network(client):
    ensure_site()
    html = client.get("/").content.decode()
    assert 'role="search"' in html
    assert "/bibliotheque/" in html


def test_setting_up_twice_changes_nothing(db):
    home = ensure_site()
    rights = GroupPagePermission.objects.count()
    again = ensure_site()
    assert again.pk == home.pk
    assert GroupPagePermission.objects.count() == rights
    assert Site.objects.count() == 1


def test_the_text_size_is_remembered_without_script(client):
    answer = client.post(
        reverse("text_size"), {"size": "l", "next": "/annuaire/"}, follow=True
    )
    assert 'data-size="l"' in answer.content.decode()
    assert 'data-size="l"' in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://testserver"}, 302),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 302),
        ({"Origin": "https://ailleurs.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
def test_the_text_size_needs_no_token_but_a_page_of_this_site(headers, status):
    """Pages are kept for all their readers: no token of one browser stands in them."""
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(
        reverse("text_size"), {"size": "l", "next": "/"}, headers=headers
    )
    assert answer.status_code == status
    assert ("text_size" in answer.cookies) == (status == 302)


@pytest.mark.parametrize("size", ["", "xxl", "<script>"])
def test_a_strange_size_is_left_aside(client, size):
    client.post(reverse("text_size"), {"size": size, "next": "/"})
    assert "data-size" not in client.get("/annuaire/").content.decode()


@pytest.mark.parametrize(
    "following", ["https://evil.example/", "//evil.example", "\\\\x"]
)
def test_the_text_size_leads_nowhere_else(client, following):
    answer = client.post(reverse("text_size"), {"size": "l", "next": following})
    assert answer["Location"] == "/"


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    ("field", "colour"),
    [
        ("ink_colour", "#cccccc"),
        ("signal_colour", "#1a1a1a"),
        ("ink_colour", "rouge"),
        ("signal_colour", "#12345"),
    ],
)
def test_unreadable_colours_are_refused(field, colour):
    branding = Branding(site=Site.objects.get(), **{field: colour})
    with pytest.raises(ValidationError) as caught:
        branding.full_clean()
    assert field in caught.value.message_dict


def test_the_operator_changes_name_colours_and_footer(client):
    branding = Branding.objects.create(
        site=Site.objects.get(), name="Réseau du Sud", ink_colour="#222222"
    )
    FooterLink.objects.create(
        branding=branding, label="Plan du site", label_en="Site map", address="/themes/"
    )
    html = client.get("/annuaire/").content.decode()
    assert "Réseau du Sud" in html
    assert "Plan du site" in html
    assert "Site map" in client.get("/en/annuaire/").content.decode()
    assert "#222222" in client.get(reverse("branding_css")).content.decode()


def test_the_dashboard_is_one_s_own(client, member_client, pending_client):
    url = reverse("dashboard")
    assert client.get(url).status_code == 302
    assert member_client.get(url).status_code == 200
    assert reverse("membership") in pending_client.get(url).content.decode()


def test_the_waiting_list_is_for_those_in_charge(
    client, member_client, facilitator_client, pending
):
    url = reverse("pending_list")
    assert client.get(url).status_code == 302
    assert member_client.get(url).status_code == 403
    page = facilitator_client.get(url)
    sections = {one["key"]: one["count"] for one in page.context["sections"]}
    assert sections == {
        "admissions": 1,
        "practices": 0,
        "reports": 0,
        "questions": 0,
        "days": 0,
        "proposals": 0,
        "employers": 0,
    }


@pytest.mark.parametrize("path", ["/nulle-part/", "/en/nowhere/"])
def test_an_unknown_address_is_told_in_the_site_s_own_words(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert 'role="search"' in answer.content.decode()


def test_the_english_interface_speaks_english(client):
    ensure_site()
    html = client.get("/en/").content.decode()
    assert '<html lang="en"' in html
    assert "Find a text" in html


def test_one_s_own_screen_costs_the_same_for_few_drafts_and_for_many(
    member_client, member, assert_constant_queries
):
    ensure_site()
    parent = PracticeIndexPage.objects.get()

    def draft(number):
        page = create_practice(parent=parent, title=f"Brouillon {number}", by=member)
        page.get_workflow().start(page, member)

    for number in range(2):
        draft(number)
    assert_constant_queries(
        member_client,
        reverse("dashboard"),
        lambda: [draft(number) for number in range(2, 9)],
    )

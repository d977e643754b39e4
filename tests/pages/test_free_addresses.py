"""No page stands where the site answers itself: by a form, a move, a copy, or a program."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Page

from forums.models import Forum
from good_practices.models import PracticeIndexPage
from good_practices.services import create_practice
from network_site.home.services import ensure_site
from network_site.members.models import Organization
from network_site.pages.models import StandardPage
from tests.support.admin_forms import filled_form

pytestmark = pytest.mark.django_db
WORDS = "Choisissez un autre"
# Apps, what is below them only, the other language, files; and the pages of the spaces.
TAKEN = (
    "recherche",
    "comptes",
    "en",
    "en-bref",
    "static",
    "admin",
    "journees",
    "sante",
)


@pytest.fixture
def home(home_page):
    ensure_site()
    return home_page


def add(parent, slug, title="Une page"):
    return parent.add_child(instance=StandardPage(title=title, slug=slug))


@pytest.mark.parametrize("slug", TAKEN)
def test_a_program_creates_none(home, slug):
    Page.objects.child_of(home).filter(slug=slug).delete()
    home.refresh_from_db()
    with pytest.raises(ValidationError) as refusal:
        add(home, slug)
    assert WORDS in str(refusal.value)
    assert not Page.objects.filter(slug=slug).exists()


def test_the_form_refuses_beside_the_box_and_keeps_what_was_typed(admin_client, home):
    page = add(home, "guide")
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    new = reverse("wagtailadmin_pages:add", args=["pages", "standardpage", home.pk])
    for address in (url, new):
        data = filled_form(admin_client, address)
        data |= {"title": "Mon titre", "slug": "recherche", "action-publish": "1"}
        answer = admin_client.post(address, data)
        assert answer.status_code == 200
        assert answer.context["form"].errors["slug"][0].count(WORDS) == 1
        assert "Mon titre" in answer.content.decode()
    page.refresh_from_db()
    assert page.slug == "guide"
    assert not Page.objects.filter(title="Mon titre").exists()


def test_neither_a_move_nor_a_copy_leads_there(admin_client, home):
    practices = PracticeIndexPage.objects.get()
    parent = add(home, "parent")
    page = add(parent, "recherche")
    confirm = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, home.pk])
    answer = admin_client.post(confirm, follow=True)
    assert answer.status_code == 200
    assert WORDS in answer.content.decode()
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    answer = admin_client.post(
        f"{bulk}?id={page.pk}", {"chooser": home.pk}, follow=True
    )
    assert WORDS in answer.content.decode()
    with pytest.raises(ValidationError):
        page.move(home, pos="last-child")
    page.refresh_from_db()
    assert page.get_parent().pk == parent.pk
    copy = reverse("wagtailadmin_pages:copy", args=[page.pk])
    data = {"new_title": "Copie", "new_slug": "comptes", "new_parent_page": home.pk}
    answer = admin_client.post(copy, data)
    assert WORDS in answer.context["form"].errors["new_slug"][0]
    assert not Page.objects.filter(title="Copie").exists()
    # A page may stand where a space has none of its addresses.
    page.move(practices, pos="last-child")


def test_a_slug_made_from_the_title_avoids_them(home, client):
    page = home.add_child(instance=StandardPage(title="Recherche"))
    assert page.slug == "recherche-2"
    assert client.get("/recherche-2/").status_code == 200
    practice = create_practice(parent=PracticeIndexPage.objects.get(), title="Proposer")
    assert practice.slug == "proposer-2"


def test_every_page_of_the_site_may_stand_where_it_does(home):
    for page in Page.objects.filter(depth__gt=1).specific():
        page.full_clean()


def test_spaces_and_organisations_hide_nothing_either(home):
    for slug in ("fil", "message", "nouvelle", "signalements"):
        with pytest.raises(ValidationError) as refusal:
            Forum(name="Espace", slug=slug).full_clean()
        assert "slug" in refusal.value.message_dict
    with pytest.raises(ValidationError) as refusal:
        Organization(name="Membres", slug="membres", kind="agency").full_clean()
    assert "slug" in refusal.value.message_dict

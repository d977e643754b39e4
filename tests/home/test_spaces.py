"""The address of a space stays; its title is a word (docs/decisions/0017)."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from events.models import EventIndexPage
from good_practices.models import PracticeIndexPage
from library.models import LibraryIndexPage
from network_site.core.spaces import SLUGS
from network_site.home.services import ensure_site
from network_site.newsletters.models import NewsletterIndexPage

pytestmark = pytest.mark.django_db
FIRST_PAGES = [
    *[LibraryIndexPage, PracticeIndexPage, EventIndexPage, NewsletterIndexPage]
]


@pytest.mark.parametrize("model", FIRST_PAGES)
def test_a_first_page_keeps_the_address_under_which_the_space_stands(model, client):
    ensure_site()
    page = model.objects.get()
    slug = SLUGS[model.opens]
    page.title, page.slug = "Autrement dit", "autrement"
    page.save_revision().publish()
    assert Page.objects.get(pk=page.pk).slug == slug
    for language in ("", "/en"):
        answer = client.get(f"{language}/{slug}/")
        assert answer.status_code == 200
        assert f'href="{language}/{slug}/"' in answer.text


def test_the_back_office_shows_the_address_and_takes_no_other(
    home_page, client_for, administrator
):
    ensure_site()
    page = LibraryIndexPage.objects.get()
    client = client_for(administrator)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = client.get(url)
    assert 'name="slug"' not in form.text
    assert "L’adresse d’un espace ne change pas" in form.text
    data = {
        "title": "Textes",
        "slug": "textes",
        "summary": "",
        "lang": "fr",
        "action-publish": "action-publish",
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
    }
    assert client.post(url, data).status_code == 302
    page = LibraryIndexPage.objects.get()
    assert (page.title, page.slug) == ("Textes", "bibliotheque")
    assert Client().get("/bibliotheque/tableau.csv").status_code == 200

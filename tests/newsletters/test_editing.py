"""Composing in the admin."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from network_site.newsletters.models import NewsletterIndexPage, NewsletterIssuePage
from tests.newsletters import factories

pytestmark = pytest.mark.django_db


def data(blocks, **values):
    return nested_form_data(
        {
            "title": "Lettre de printemps",
            "slug": "printemps",
            "number": "3",
            "summary": "Ce qui change.",
            "intro": "Bonjour",
            "lang": "fr",
            "seo_title": "",
            "search_description": "",
            "body": streamfield(blocks),
            "comments": {
                "TOTAL_FORMS": 0,
                "INITIAL_FORMS": 0,
                "MIN_NUM_FORMS": 0,
                "MAX_NUM_FORMS": "",
            },
            **values,
        }
    )


def add_path():
    return reverse(
        "wagtailadmin_pages:add",
        args=[
            "newsletters",
            "newsletterissuepage",
            NewsletterIndexPage.objects.get().pk,
        ],
    )


def test_pages_of_the_newsletter_stand_below_it_only(site):
    assert NewsletterIndexPage.allowed_subpage_models() == [NewsletterIssuePage]
    assert NewsletterIssuePage.allowed_parent_page_models() == [NewsletterIndexPage]
    assert NewsletterIssuePage.allowed_subpage_models() == []


def test_an_editor_composes_a_draft_from_pages_threads_and_words(
    editor_client, site, pages
):
    assert editor_client.get(add_path()).status_code == 200
    response = editor_client.post(
        add_path(),
        data(
            [
                ("heading", "À lire"),
                (
                    "content",
                    {"page": pages["public"].pk, "sentence": "Ma phrase.", "by": ""},
                ),
                (
                    "link",
                    {
                        "title": "Ailleurs",
                        "url": "https://www.exemple.fr/",
                        "text": "",
                        "by": "",
                    },
                ),
                ("words", "À bientôt."),
            ]
        ),
    )
    assert response.status_code == 302
    issue = NewsletterIssuePage.objects.get()
    assert not issue.live
    assert [one.block_type for one in issue.body] == [
        "heading",
        "content",
        "link",
        "words",
    ]
    edit = reverse("wagtailadmin_pages:edit", args=[issue.pk])
    assert editor_client.get(edit).status_code == 200


def test_the_next_issue_proposes_the_next_number(editor_client, site):
    factories.make_issue(number=7)
    assert 'name="number" value="8"' in editor_client.get(add_path()).content.decode()


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "//ailleurs.example", "bonjour"]
)
def test_an_address_that_leads_nowhere_is_refused(facilitator_client, site, url):
    response = facilitator_client.post(
        add_path(),
        data(
            [("link", {"title": "Ici", "url": url, "text": "", "by": ""})],
            **{"action-publish": "1"},
        ),
    )
    assert "commence par https:" in response.content.decode()
    assert not NewsletterIssuePage.objects.exists()

"""Pages are kept for readers with the same rights, and never a moment too long."""

import gzip

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from network_site.core.outbox import emit
from network_site.home.services import ensure_site
from network_site.members import roles
from network_site.members.models import Organization
from network_site.pages.models import StandardPage
from network_site.pages.reader_cache import shelf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(settings):
    settings.READER_CACHE_SECONDS = 60
    shelf.clear()
    yield
    shelf.clear()


@pytest.fixture
def page(home_page):
    ensure_site()
    home = Page.objects.get(pk=home_page.pk)
    return home.add_child(
        instance=StandardPage(
            title="Mentions", slug="mentions", body="Première version"
        )
    )


def queries(url):
    client = Client()
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_the_second_reading_asks_the_database_for_the_version_only():
    url = reverse("directory")
    first = queries(url)
    assert queries(url) == 2 < first


def test_the_answer_is_the_same_packed_or_not(client):
    url = reverse("directory")
    drawn = client.get(url).content
    assert client.get(url).content == drawn
    packed = Client().get(url, headers={"accept-encoding": "gzip"})
    assert gzip.decompress(packed.content) == drawn


def test_a_published_change_is_seen_at_once(client, page):
    assert "Première version" in client.get(page.url).content.decode()
    page.body = "Seconde version"
    page.save_revision().publish()
    assert "Seconde version" in client.get(page.url).content.decode()


def test_an_effect_of_any_service_makes_everything_new(client):
    url = reverse("directory")
    client.get(url)
    Organization.objects.create(name="Nouveau venu", slug="nouveau", kind="other")
    emit("object.changed", model="members.organization", pk=1)
    assert "Nouveau venu" in client.get(url).content.decode()


def test_a_page_kept_for_members_is_not_served_to_others(
    client, pending_client, member_client, page
):
    restriction = PageViewRestriction.objects.create(
        page=Page.objects.get(pk=page.pk), restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.get(name=roles.MEMBERS))
    assert member_client.get(page.url).status_code == 200
    assert member_client.get(page.url).status_code == 200
    assert client.get(page.url).status_code == 302
    assert pending_client.get(page.url).status_code == 403


def test_a_page_that_becomes_restricted_is_refused_at_the_next_reading(client, page):
    assert client.get(page.url).status_code == 200
    restriction = PageViewRestriction.objects.create(
        page=Page.objects.get(pk=page.pk), restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.get(name=roles.MEMBERS))
    assert client.get(page.url).status_code == 302


def test_a_person_who_leaves_a_group_loses_its_pages_at_once(
    member_client, member, page
):
    restriction = PageViewRestriction.objects.create(
        page=Page.objects.get(pk=page.pk), restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.get(name=roles.MEMBERS))
    assert member_client.get(page.url).status_code == 200
    member.groups.clear()
    assert member_client.get(page.url).status_code == 403


def test_each_member_is_named_in_the_head_of_the_same_page(
    client, client_for, make_user
):
    url = reverse("directory")
    one = make_user(None, roles.MEMBERS, first_name="Aline")
    two = make_user(None, roles.MEMBERS, first_name="Boris")
    assert "Aline" in client_for(one).get(url).content.decode()
    html = client_for(two).get(url).content.decode()
    assert "Boris" in html
    assert "Aline" not in html
    assert "Boris" not in client.get(url).content.decode()


def test_the_form_of_the_head_carries_its_reader_s_own_token(client_for, make_user):
    url = reverse("directory")
    clients = [client_for(make_user(None, roles.MEMBERS)) for _index in range(2)]
    for one in clients:
        one.get(url)
        html = one.get(url).content.decode()
        assert html.count("csrfmiddlewaretoken") >= 1
        assert one.cookies["csrftoken"].value


def test_language_and_text_size_have_their_own_pages(client):
    assert '<html lang="fr">' in client.get("/annuaire/").content.decode()
    assert '<html lang="en">' in client.get("/en/annuaire/").content.decode()
    client.post(reverse("text_size"), {"size": "l", "next": "/"})
    assert 'data-size="l"' in client.get("/annuaire/").content.decode()


def test_what_is_told_to_one_reader_is_not_kept(client_for, make_user):
    one, two = (client_for(make_user(None, roles.MEMBERS)) for _index in range(2))
    one.post(
        reverse("profile_edit"),
        {
            "first_name": "A",
            "last_name": "B",
            "organization_name": "C",
            "job_title": "D",
        },
    )
    told = one.get(reverse("directory")).content.decode()
    assert 'class="messages"' in told
    assert 'class="messages"' not in two.get(reverse("directory")).content.decode()


def test_a_preview_of_a_draft_is_neither_served_from_the_shelf_nor_put_there(
    admin_client, client, page
):
    client.get(page.url)
    page.body = "Brouillon secret"
    page.save_revision()
    url = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    assert "Brouillon secret" in admin_client.get(url).content.decode()
    assert "Brouillon secret" not in client.get(page.url).content.decode()
    assert "Brouillon secret" not in admin_client.get(page.url).content.decode()

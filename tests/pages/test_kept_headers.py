"""A kept page is answered as it was the first time, headers included, and leaves with its rights."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from network_site.home.services import ensure_site
from network_site.members import roles
from network_site.pages.models import StandardPage
from network_site.pages.reader_cache import shelf
from tests.support.people import group_called

pytestmark = pytest.mark.django_db

SAME = ("Cache-Control", "Content-Type", "Content-Language", "Content-Encoding")


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
    return home.add_child(instance=StandardPage(title="Mentions", slug="mentions"))


@pytest.fixture
def restriction(page):
    restriction = PageViewRestriction.objects.create(
        page=Page.objects.get(pk=page.pk), restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(group_called(roles.MEMBERS))
    return restriction


def _words(header):
    return {word.strip().lower() for word in header.split(",")}


def _read_twice(client, url, **headers):
    drawn, kept = (client.get(url, headers=headers) for _time in range(2))
    assert drawn.status_code == kept.status_code == 200
    assert {*drawn.headers} - {"ETag"} == {*kept.headers} - {"ETag"}
    for name in SAME:
        assert drawn.headers.get(name) == kept.headers.get(name), name
    assert _words(drawn["Vary"]) == _words(kept["Vary"])
    return kept


@pytest.mark.parametrize("language", ["", "/en"])
def test_a_restricted_page_is_kept_by_no_browser_on_any_reading(
    member_client, page, restriction, language
):
    response = _read_twice(member_client, language + page.url)
    assert {"no-store", "private"} <= _words(response["Cache-Control"])


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_an_open_page_keeps_its_headers_packed_or_not(page, encoding):
    response = _read_twice(Client(), page.url, **{"accept-encoding": encoding})
    assert "accept-encoding" in _words(response["Vary"])


def test_the_groups_of_a_restriction_count_from_their_commit(
    client_for, make_user, page, restriction
):
    """Set after the restriction is saved, as Wagtail's own form does; from either end."""
    url = page.url
    members = group_called(roles.MEMBERS)
    peers = Group.objects.get_or_create(name="Pairs")[0]
    reader = client_for(make_user(None, roles.MEMBERS))
    assert reader.get(url).status_code == 200
    restriction.groups.set([peers])
    assert reader.get(url).status_code == 403
    restriction.groups.set([members, peers])
    assert reader.get(url).status_code == 200
    members.pageviewrestriction_set.clear()
    assert reader.get(url).status_code == 403

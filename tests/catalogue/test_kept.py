"""What administration changes is kept in memory, and true at the next request."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, Site

from network_site.catalogue import registry, triggers
from network_site.core import moment
from network_site.core.outbox import emit
from network_site.home.models import Branding, FooterLink
from network_site.pages.models import StandardPage
from network_site.pages.sites import root_paths

pytestmark = pytest.mark.django_db


def words(client):
    return client.get("/annuaire/").content.decode()


def test_the_branding_is_that_of_the_next_request_whatever_wrote_it(client, home_page):
    assert "Réseau témoin" not in words(client)
    site = Site.objects.get()
    branding = Branding.for_site(site)
    Branding.objects.filter(pk=branding.pk).update(name="Réseau témoin")
    page = home_page.add_child(instance=StandardPage(title="Mentions", slug="mentions"))
    FooterLink.objects.create(branding=branding, label="Mentions", page=page)
    assert "Réseau témoin" in words(client)
    assert 'href="/mentions/"' in words(client)

    Page.objects.filter(pk=page.pk).update(
        slug="legal", url_path=f"{home_page.url_path}legal/"
    )
    assert 'href="/legal/"' in words(client)
    assert client.get("/legal/").status_code == 200


def test_the_addresses_follow_the_site(home_page):
    before = root_paths()
    Site.objects.update(hostname="autre.exemple.fr")
    assert [one.root_url for one in before] != [one.root_url for one in root_paths()]


def test_a_request_looks_once_and_sees_what_it_did():
    seen = []

    def look():
        seen.append(1)
        return len(seen)

    assert [moment.of("it", look) for _time in range(2)] == [1, 2]
    with moment.one_moment():
        assert [moment.of("it", look) for _time in range(2)] == [3, 3]
        emit("something.changed")
        assert moment.of("it", look) == 4
    assert moment.of("it", look) == 5


def test_a_form_given_back_looks_once_unless_it_writes(client, home_page):
    path = reverse("account_login")
    client.post(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.post(path).status_code == 200
    looks = [one for one in captured.captured_queries if "catalogue_v" in one["sql"]]
    assert len(looks) == 1

    seen = []
    with moment.one_moment(), connection.execute_wrapper(moment._ending):
        moment.of("it", lambda: seen.append(1))
        Site.objects.count()
        moment.of("it", lambda: seen.append(2))
        Site.objects.update(port=81)
        moment.of("it", lambda: seen.append(3))
    assert seen == [1, 3]


def test_each_table_of_what_is_kept_has_its_triggers():
    names = triggers.wanted_names()
    for keeping in registry.keepings():
        for place, _table in enumerate(keeping.tables):
            assert f"catalogue_kept_{keeping.name}_{place}_update" in names
    # PostgreSQL cuts what is longer.
    assert max(map(len, names)) <= 63

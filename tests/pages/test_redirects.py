"""A page that has moved is found from its old address, in both languages, with its query."""

import pytest
from django.contrib.auth.models import Group
from django.utils import translation
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from forums.enums import ForumVisibility
from network_site.members.models import Organization
from network_site.pages.models import StandardPage
from network_site.taxonomies.enums import TerritoryKind
from network_site.taxonomies.models import Territory, Theme
from tests.events.factories import make_event
from tests.forums.factories import make_forum

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(home_page):
    """A page with one child, and a page elsewhere."""
    parent = home_page.add_child(instance=StandardPage(title="Guide", slug="guide"))
    child = parent.add_child(instance=StandardPage(title="Annexe", slug="annexe"))
    other = home_page.add_child(instance=StandardPage(title="Aide", slug="aide"))
    return parent, child, other


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    def give(page, slug):
        with django_capture_on_commit_callbacks(execute=True):
            page.slug = slug
            page.save()

    return give


def leads_to(client, old, new, status=301):
    response = client.get(old)
    assert response.status_code == status, old
    assert response["Location"] == new


@pytest.mark.parametrize("written_in", ["fr", "en"])
def test_a_renamed_page_and_its_children_are_found(client, family, rename, written_in):
    # Wagtail writes the old address in the language of whoever renames it.
    with translation.override(written_in):
        rename(family[0], "manuel")
    leads_to(client, "/guide/", "/manuel/")
    leads_to(client, "/guide", "/manuel/")
    leads_to(client, "/en/guide/", "/en/manuel/")
    leads_to(client, "/guide/annexe/?a=1&b=%C3%A9", "/manuel/annexe/?a=1&b=%C3%A9")
    leads_to(client, "/en/guide/annexe/?page=2", "/en/manuel/annexe/?page=2")
    assert client.get("/guide/rien/").status_code == 404
    # Renamed again: in one step.
    rename(StandardPage.objects.get(slug="manuel"), "livret")
    leads_to(client, "/en/guide/annexe/", "/en/livret/annexe/")
    leads_to(client, "/manuel/?x=1", "/livret/?x=1")


def test_a_page_that_was_moved_is_found(client, family):
    family[0].move(family[2], pos="last-child")
    leads_to(client, "/guide/?q=1", "/aide/guide/?q=1")
    leads_to(client, "/en/guide/annexe/", "/en/aide/guide/annexe/")


def test_what_stands_below_a_page_follows_it(client, member_client, rename):
    event = make_event(slug="ancienne")
    rename(event, "nouvelle")
    leads_to(client, "/journees/ancienne/", "/journees/nouvelle/")
    leads_to(
        client,
        "/en/journees/ancienne/calendrier.ics?x=1",
        "/en/journees/nouvelle/calendrier.ics?x=1",
    )
    sent = member_client.post("/journees/ancienne/inscription/", {"mode": "on_site"})
    assert sent.status_code == 308
    assert sent["Location"] == "/journees/nouvelle/inscription/"


def test_the_new_address_is_told_to_those_who_may_open_the_page(
    client, member_client, family, rename
):
    restriction = PageViewRestriction.objects.create(
        page=family[0], restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.create(name="Les pairs"))
    rename(family[0], "obsidienne")
    visitor = client.get("/en/guide/?q=1")
    assert visitor.status_code == 302
    assert visitor["Location"] == "/comptes/login/?next=/en/guide/%3Fq%3D1"
    assert member_client.get("/guide/").status_code == 404
    restriction.delete()
    family[0].refresh_from_db()
    family[0].unpublish()
    assert client.get("/guide/").status_code == 404


def test_links_written_in_the_back_office_keep_the_query_and_the_language(
    client, family
):
    for old, new in (
        ("/vieux", "/aide/"),
        ("/image", "/medias/images/1/x/y.png"),
        ("/ailleurs", "https://exemple.fr/a?b=1#c"),
        ("/vieux?id=3", "/guide/"),
    ):
        Redirect.add_redirect(old, new)
    leads_to(client, "/en/vieux/?q=1", "/en/aide/?q=1")
    leads_to(client, "/en/image", "/medias/images/1/x/y.png")
    leads_to(client, "/ailleurs?q=1", "https://exemple.fr/a?b=1&q=1#c")
    leads_to(client, "/vieux?id=3", "/guide/")
    Redirect.add_redirect("/provisoire", "/aide/", is_permanent=False)
    leads_to(client, "/provisoire", "/aide/", status=302)


def test_what_is_found_by_its_slug_is_found_by_the_one_it_had(client, member_client):
    theme = Theme.add_root(slug="sante", name="Santé")
    place = Territory.objects.create(
        insee_code="86", kind=TerritoryKind.DEPARTMENT, slug="vienne", name="Vienne"
    )
    body = Organization.objects.create(
        name="Centre", slug="centre", kind="agency", is_listed=True
    )
    old = [one.get_absolute_url() for one in (theme, place, body)]
    for step in ("-bis", "-ter"):
        for one in (theme, place, body):
            one.slug = one.slug.removesuffix("-bis") + step
            one.save()
    for path, one in zip(old, (theme, place, body), strict=True):
        new = one.get_absolute_url()
        leads_to(client, f"{path}?page=2&q=%C3%A9", f"{new}?page=2&q=%C3%A9")
        leads_to(client, f"/en{path}?page=2", f"/en{new}?page=2")
        # In one step.
        leads_to(client, new.replace("-ter", "-bis"), new)
        assert client.get(new).status_code == 200
    contact = f"{old[2]}ecrire/"
    leads_to(member_client, contact, f"{body.get_absolute_url()}ecrire/")
    # Back again: nothing leads away from it.
    theme.slug = "sante"
    theme.save()
    assert client.get("/themes/sante/").status_code == 200
    leads_to(client, "/themes/sante-ter/", "/themes/sante/")


def test_the_old_name_of_what_one_may_not_know_says_nothing(client, member_client):
    private_forum = make_forum(ForumVisibility.GROUP, slug="prive")
    body = Organization.objects.create(
        name="Centre", slug="centre", kind="agency", is_listed=False
    )
    body.slug = "centre-de-niort"
    body.save()
    private_forum.slug = "affaire-niort"
    private_forum.save()
    for path in ("/annuaire/centre/", "/discussions/prive/"):
        for reader in (client, member_client):
            assert reader.get(path).status_code == 404, path
            assert "niort" not in reader.get(path).content.decode()


def test_an_address_that_leads_to_itself_is_not_found(client, family):
    Redirect.add_redirect("/cercle", "/cercle/")
    assert client.get("/cercle/").status_code == 404
    for odd in ("/a%00b/", "/" + "x" * 400 + "/", "/%F0%9F%99%82/"):
        assert client.get(odd).status_code == 404, odd

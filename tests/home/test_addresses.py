"""Each page says its one address and that of the same page in the other language."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from library.models import LibraryIndexPage
from network_site.core.addresses import split_language
from network_site.core.error_views import server_error
from network_site.core.languages import own_url_in
from network_site.home.services import ensure_site
from network_site.pages.models import StandardPage
from network_site.search import indexing
from tests.library.factories import make_text, make_theme

pytestmark = pytest.mark.django_db
HOST = "http://testserver"


@pytest.fixture
def library(db):
    ensure_site()
    return LibraryIndexPage.objects.get()


def links_of(client, url):
    """(canonical, {language: address}) of the page at `url`."""
    html = client.get(url).content.decode()
    canonical = re.findall(r'<link rel="canonical" href="([^"]+)">', html)
    others = re.findall(
        r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', html
    )
    assert len(canonical) == 1, url
    assert len(others) == 3, url
    return canonical[0].replace("&amp;", "&"), {
        code: address.replace("&amp;", "&") for code, address in others
    }


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/bibliotheque/",
        "/bonnes-pratiques/",
        "/journees/",
        "/discussions/",
        "/annuaire/",
        "/annuaire/membres/",
        "/lettre/",
        "/themes/",
        "/territoires/",
        "/programmes/",
        "/recherche/",
        "/comptes/login/",
        "/adhesion/",
    ],
)
def test_every_page_says_its_address_in_each_language(client, library, path):
    french, english = f"{HOST}{path}", f"{HOST}/en{path}"
    expected = {"fr": french, "en": english, "x-default": french}
    assert links_of(client, f"{path}?utm_source=lettre&rien=") == (french, expected)
    assert links_of(client, f"/en{path}?utm_source=lettre") == (english, expected)


def test_a_filtered_list_keeps_what_makes_it_another_list(client, library):
    make_theme("emploi", "Emploi")
    for number in range(22):
        make_text(library, title=f"Texte {number}")
    canonical, others = links_of(
        client, "/bibliotheque/?utm_source=x&page=2&sort=title&nature=law&theme=nulle"
    )
    assert canonical == f"{HOST}/bibliotheque/?nature=law&page=2"
    assert others["en"] == f"{HOST}/en/bibliotheque/?nature=law&page=2"
    # A first page, a page past the end, and what is no page.
    assert links_of(client, "/bibliotheque/?page=1")[0] == f"{HOST}/bibliotheque/"
    last = links_of(client, "/bibliotheque/?page=99")[0]
    assert last == f"{HOST}/bibliotheque/?page=2"
    assert links_of(client, "/bibliotheque/?page=x")[0] == f"{HOST}/bibliotheque/"
    for path in ("/annuaire/", "/recherche/", "/en/annuaire/"):
        found = links_of(client, f"{path}?theme=emploi&sort=x&utm_source=y&page=1")[0]
        assert found == f"{HOST}{path}?theme=emploi"
    found = links_of(client, "/recherche/?q=%C3%A9t%C3%A9&vue=groupes")[0]
    assert found == f"{HOST}/recherche/?q=%C3%A9t%C3%A9"


def test_an_error_is_no_page(client, library):
    html = client.get("/nulle-part/").content.decode()
    assert "canonical" not in html
    assert "hreflang" in html  # the link to the other language stays


def test_the_prefix_of_a_language_is_a_whole_step(client, library):
    assert split_language("/engagement/") == ("fr", "/engagement/")
    assert split_language("/en") == ("en", "/")
    assert own_url_in("/engagement/", "en") == "/en/engagement/"
    assert own_url_in("https://exemple.fr/a/", "en") == "https://exemple.fr/a/"
    library.get_parent().add_child(
        instance=StandardPage(title="Engagement", slug="engagement")
    )
    canonical, others = links_of(client, "/engagement/")
    assert canonical == f"{HOST}/engagement/"
    assert others["en"] == f"{HOST}/en/engagement/"


def test_robots_and_sitemap_know_both_languages(client, library):
    make_text(library, slug="loi")
    robots = client.get("/robots.txt").content.decode().splitlines()
    refused = {line.removeprefix("Disallow: ") for line in robots if "Disallow" in line}
    assert {"/admin/", "/comptes/"} <= refused
    assert {f"/en{path}" for path in refused if not path.startswith("/en/")} == {
        path for path in refused if path.startswith("/en/")
    }
    sitemap = client.get("/sitemap.xml").content.decode()
    for path in ("/bibliotheque/loi/", "/en/bibliotheque/loi/"):
        assert f"<loc>{HOST}{path}</loc>" in sitemap
    assert sitemap.count(f'hreflang="en" href="{HOST}/en/bibliotheque/loi/"') == 2
    assert sitemap.count(f'hreflang="x-default" href="{HOST}/bibliotheque/loi/"') == 2


def test_the_address_of_citations_has_no_language(client, library):
    record = make_text(library, slug="loi")
    permanent = f"{HOST}/bibliotheque/notice/{record.pk}/"
    for path in ("/bibliotheque/loi/", "/en/bibliotheque/loi/"):
        html = client.get(path).content.decode()
        assert permanent in html
        assert f"/en/bibliotheque/notice/{record.pk}/" not in html
    for suffix in ("bib", "ris", "json"):
        with translation.override("en"):
            url = reverse("library:record_citation", args=[record.pk, suffix])
        assert url.startswith("/en/")
        cited = client.get(url).content.decode()
        assert permanent in cited
        assert "/en/" not in cited
    assert client.get(permanent)["Location"].endswith("/bibliotheque/loi/")


# Where there is nothing


def test_a_page_not_found_offers_a_search_and_what_is_near(client, library):
    make_text(library, title="Loi pour l’égalité des chances", slug="loi-2006")
    hidden = make_text(library, title="Note réservée égalité", slug="note")
    hidden.view_restrictions.create(restriction_type="login")
    indexing.rebuild()
    answer = client.get("/bibliotheque/loi-egalite-chances/")
    html = answer.content.decode()
    assert answer.status_code == 404
    assert 'value="loi egalite chances"' in html
    near = html.partition('id="near"')[2].partition("</section>")[0]
    assert "/bibliotheque/loi-2006/" in near
    assert 'href="/bibliotheque/"' in near
    assert "Note réservée" not in html
    english = client.get("/en/bibliotheque/loi-egalite-chances/").content.decode()
    assert 'href="/en/bibliotheque/loi-2006/"' in english
    for odd in ("/wp-login.php", "/123/456/", "/" + "a-" * 300, "/%00/"):
        assert 'id="near"' not in client.get(odd).content.decode()


def test_the_page_of_a_fault_offers_a_search_in_both_languages():
    html = server_error(RequestFactory().get("/bibliotheque/")).content.decode()
    assert 'action="/recherche/"' in html
    assert 'href="/bonnes-pratiques/"' in html
    assert 'href="/en/recherche/"' in html


# After the log-in


def log_in(email, url, **fields):
    return Client().post(url, {"login": email, "password": "motdepasse", **fields})[
        "Location"
    ]


def test_a_member_lands_in_their_language(member, library):
    EmailAddress.objects.create(
        user=member, email=member.email, verified=True, primary=True
    )
    assert log_in(member.email, "/comptes/login/") == "/mon-espace/"
    member.language = "en"
    member.save()
    assert log_in(member.email, "/comptes/login/") == "/en/mon-espace/"
    assert log_in(member.email, "/en/comptes/login/") == "/en/mon-espace/"
    asked = log_in(member.email, "/comptes/login/", next="/journees/?theme=a")
    assert asked == "/en/journees/?theme=a"
    asked = log_in(member.email, "/comptes/login/", next="/en/journees/")
    assert asked == "/en/journees/"
    # Files stand outside the languages.
    asked = log_in(member.email, "/comptes/login/", next="/medias/images/1/a/b.png")
    assert asked == "/medias/images/1/a/b.png"

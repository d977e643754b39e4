"""What assistive tools and paper are told: language of passages, refused forms, the foot."""

import re

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Page

from forums.models import Thread

PAGES = (
    "/en/",
    "/en/bibliotheque/",
    "/en/bonnes-pratiques/",
    "/en/journees/",
    "/en/discussions/",
    "/en/comptes/tableau-de-bord/",
)


def language_of(element):
    """The language that an element is read in: that of its nearest ancestor that says one."""
    while element is not None:
        if element.get("lang"):
            return element["lang"]
        element = element.parent
    return ""


def titles():
    """Titles of contents in French, whatever their readers."""
    pages = Page.objects.filter(depth__gt=3).values_list("title", flat=True)
    return {*pages, *Thread.objects.values_list("title", flat=True)}


@pytest.mark.django_db
def test_french_titles_are_said_to_be_french_in_english_pages(shared_world, client_for):
    client, french = client_for(shared_world.users["member"]), titles()
    seen = 0
    for path in PAGES:
        response = client.get(path, follow=True)
        if response.status_code != 200:
            continue
        soup = BeautifulSoup(response.content, "html.parser")
        for text in soup.main.find_all(string=True):
            if " ".join(text.split()) in french:
                seen += 1
                assert language_of(text.parent) == "fr", (path, text, text.parent)
    assert seen > 6


@pytest.mark.django_db
def test_nothing_is_marked_in_the_language_of_the_interface(shared_world, client_for):
    client = client_for(shared_world.users["member"])
    for path in PAGES:
        response = client.get(path.removeprefix("/en"), follow=True)
        if response.status_code == 200:
            soup = BeautifulSoup(response.content, "html.parser")
            assert not soup.main.find_all(attrs={"lang": "fr"}), path


@pytest.mark.django_db
@pytest.mark.parametrize(("prefix", "words"), [("", "Erreur : "), ("/en", "Error: ")])
def test_a_refused_form_is_heard_first(client, prefix, words):
    path = f"{prefix}/comptes/login/"
    assert not client.get(path).content.decode().count("autofocus>")
    response = client.post(path, {"login": "pas une adresse", "password": ""})
    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.title.text.replace("\xa0", " ").startswith(words)
    (summary,) = soup.select('[role="alert"][tabindex="-1"][autofocus]')
    links = summary.select("a[href^='#']")
    assert links
    for link in links:
        field = soup.find(id=link["href"][1:])
        assert field["aria-invalid"] == "true"
        assert all(soup.find(id=one) for one in field["aria-describedby"].split())


@pytest.mark.django_db
def test_paper_tells_where_and_when_and_where_links_lead(shared_world, client):
    page = (
        shared_world["text_public"] if "text_public" in shared_world.objects else None
    )
    url = page.get_url() if page else "/"
    html = client.get(url).content.decode()
    soup = BeautifulSoup(html, "html.parser")
    foot = soup.select_one(".print-foot").text
    assert f"http://testserver{url}" in foot
    assert re.search(r"\b20\d\d\b", foot)

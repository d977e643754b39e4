"""The page at an address: read at once, and the one that Wagtail's own walk finds."""

import pytest
from django.http import Http404
from django.test import RequestFactory
from wagtail.models import Page

from library.models import LibraryIndexPage
from network_site.home.models import HomePage
from network_site.home.services import ensure_site
from network_site.pages.models import StandardPage

pytestmark = pytest.mark.django_db


def _page(parent, slug, **fields):
    return parent.add_child(instance=StandardPage(title=slug, slug=slug, **fields))


@pytest.fixture
def tree(home_page):
    """Pages of the same slugs in different places, beside those of the spaces."""
    ensure_site()
    outer = _page(home_page, "mentions")
    inner = _page(outer, "mentions")
    other = _page(home_page, "aide")
    _page(other, "contact")
    _page(inner, "contact")
    _page(outer, "brouillon", live=False)
    return HomePage.objects.get()


def _found(route, slugs):
    try:
        result = route(RequestFactory().get("/"), slugs)
    except Http404:
        return None
    return result[0]


@pytest.mark.parametrize(
    "path",
    [
        "mentions",
        "mentions/mentions",
        "mentions/mentions/contact",
        "mentions/mentions/mentions",
        "aide/contact",
        "aide/mentions",
        "contact",
        "mentions/brouillon",
        "aide/contact/plus",
        "bibliotheque",
        "bonnes-pratiques/mesures",
        "accueil/mentions",
    ],
)
def test_it_is_the_page_that_wagtail_finds_one_by_one(tree, path):
    slugs = path.split("/")

    page = _found(tree.route, slugs)

    wanted = _found(lambda *asked: Page.route(tree, *asked), slugs)
    assert page == wanted
    assert type(page) is type(wanted)


def test_it_takes_two_statements_however_deep(tree, django_assert_num_queries):
    deep = Page.objects.get(url_path__endswith="/mentions/mentions/contact/")
    with django_assert_num_queries(2):
        page = _found(tree.route, ["mentions", "mentions", "contact"])
    assert page.pk == deep.pk
    with django_assert_num_queries(0):
        assert page.get_parent().slug == "mentions"
    library = LibraryIndexPage.objects.get()
    with django_assert_num_queries(2):
        assert _found(tree.route, [library.slug]) == library

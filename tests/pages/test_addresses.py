"""What stands at each address and who reads it: never wider than the address itself."""

import pytest
from django.utils import translation
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from forums.models import Thread
from network_site.pages import addresses
from network_site.pages.addresses import ELSEWHERE, NOTHING, may_open, standing_at
from network_site.pages.visibility import EVERYBODY, readable, tokens_for
from tests.access.test_matrix import ROWS, address

pytestmark = pytest.mark.django_db

OBJECTS = [
    row
    for row in ROWS
    if row[1]
    and row[2] == "GET"
    # What no app declares is nobody's; one does not write to oneself.
    and row[0] in {"page", *addresses._known}
    and row[0] != "person_contact"
]
ALONE = [row for row in ROWS if not row[1] and row[2] == "GET" and row[0] != "page"]
# Where the table and the standing say the same of every role; elsewhere the standing may be
# narrower (files that one manages, forms of those who moderate, links that carry their right).
ALIKE = {
    *["page", "forums:forum", "forums:thread", "forums:post", "forums:report"],
    *["events:ics", "events:register", "library:record_permalink"],
    *["library:record_citation", "organization", "person", "theme", "territory"],
    "programme",
}
# Lists and doors that people are led to.
OPEN = {
    *["search", "directory", "people", "themes", "territories", "programmes"],
    *["forums:index", "membership", "newsletters:subscribe", "privacy:durations"],
    *["library:record_csv", "good_practices:export", "events:feed", "forums:feed"],
}
OPENS = {"200", "to"}


@pytest.fixture(params=["fr", "en"])
def active(request):
    """The language in which the site speaks while it is asked."""
    with translation.override(request.param):
        yield request.param


def forms_of(path):
    """`path`, which is French, as people and programs write it."""
    yield path.rstrip("/") or "/"
    yield f"http://testserver/en{path}?page=2#bas"


def test_objects_are_read_by_those_whom_their_address_admits(shared_world, active):
    for name, kind, _method, expected in OBJECTS:
        with translation.override("fr"):
            path = address(shared_world, name, kind)
        for url in forms_of(path):
            standing = standing_at(url)
            assert standing.is_own
            for role, status in expected.items():
                held = tokens_for(shared_world.users[role])
                reads = readable(standing.tokens, held)
                if name in ALIKE:
                    assert reads == (status in OPENS), (url, role)
                elif reads:
                    assert status in OPENS, (url, role)


def test_addresses_without_an_object_are_known_or_nobody_s(db, shared_world, active):
    assert {row[0] for row in ALONE} >= OPEN
    for name, kind, _method, expected in ALONE:
        with translation.override("fr"):
            path = address(shared_world, name, kind)
        tokens = standing_at(path).tokens
        if name in OPEN:
            assert tokens == EVERYBODY, name
        for role, status in expected.items():
            if readable(tokens, tokens_for(shared_world.users[role])):
                assert status in OPENS, (name, role)


def test_what_is_not_published_hidden_or_gone_is_nobody_s(shared_world, active):
    page = Page.objects.get(pk=shared_world["record_public"].pk).specific
    assert standing_at(page.url).obj.pk == page.pk
    page.unpublish()
    assert standing_at(f"/en{page.url}") == NOTHING
    thread = shared_world["thread_public"]
    with translation.override("fr"):
        url = thread.get_absolute_url()
    assert standing_at(url).tokens >= {"public"}
    Thread.objects.filter(pk=thread.pk).update(is_hidden=True)
    assert "public" not in standing_at(url).tokens
    Thread.objects.filter(pk=thread.pk).delete()
    assert standing_at(url) == NOTHING


def test_a_moved_page_is_read_by_its_readers(
    shared_world, active, django_capture_on_commit_callbacks
):
    page = Page.objects.get(pk=shared_world["record_private"].pk).specific
    old = page.url
    with django_capture_on_commit_callbacks(execute=True):
        page.slug = "ailleurs"
        page.save_revision().publish()
    insider = shared_world.users["private_member"]
    for url in (old, f"/en{old}", f"http://testserver{old}?a=1"):
        standing = standing_at(url)
        assert standing.obj.pk == page.pk
        assert "public" not in standing.tokens
        assert may_open(insider, url)
        assert not may_open(shared_world.users["facilitator"], url)
    Redirect.add_redirect("/plus-court/", old)
    assert standing_at("/en/plus-court").obj.pk == page.pk
    # Redirections in a circle end.
    Redirect.add_redirect("/un/", "/deux/")
    Redirect.add_redirect("/deux/", "/en/un/")
    assert standing_at("/un/") == NOTHING


def test_images_follow_the_pages_that_hold_them(shared_world, active):
    for name in ("inconnue.jpg", "../settings.py", "original_images/inconnue.png"):
        assert standing_at(f"/medias/{name}").tokens == NOTHING.tokens


@pytest.mark.parametrize(
    "url",
    ["/admin/", "/admin/pages/4/", "/a-traiter/", "/fr/", "/medias/", "/static/a.css",
     "/bibliotheque/notice/99999999999999999999999/", "http://testserver:abc/",
     "/documents/1/../../admin/", "/nulle/part/"],
)  # fmt: skip
def test_what_nobody_knows_is_nobody_s(db, active, url):
    assert standing_at(url) == NOTHING


@pytest.mark.parametrize(
    "url", ["", "https://www.legifrance.gouv.fr/", "mailto:accueil@exemple.fr"]
)
def test_elsewhere_is_everybody_s(db, url):
    assert standing_at(url) == ELSEWHERE

"""Feeds carry public threads only, whoever asks."""

import xml.etree.ElementTree as ET

import pytest
from django.urls import reverse

from forums.services import hide_post
from tests.forums.factories import make_post, make_thread

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(response):
    assert response.status_code == 200
    return ET.fromstring(response.content).findall(f"{ATOM}entry")  # noqa: S314 - ours


@pytest.fixture
def threads(public_forum, members_forum, private_forum, author):
    return [
        make_thread(
            forum, author, title=f"Fil {forum.slug}", body="Corps & <b>texte</b>"
        )
        for forum in (public_forum, members_forum, private_forum)
    ]


def test_only_public_threads_whoever_asks(threads, people, client_for):
    for user in people.values():
        client = client_for(user)
        found = entries(client.get(reverse("forums:feed")))
        assert [e.findtext(f"{ATOM}title") for e in found] == ["Fil public"]
        for slug, status in (("public", 200), ("membres", 404), ("prive", 404)):
            response = client.get(reverse("forums:forum_feed", args=[slug]))
            assert response.status_code == status


def test_entries_are_stable_and_dated(threads, client, author, public_forum):
    address = reverse("forums:forum_feed", args=["public"])
    before = entries(client.get(address))[0]
    thread = threads[0]
    make_post(thread, author)
    type(thread).objects.update(slug="autre", title="Autre titre")
    after = entries(client.get(address))[0]
    assert before.findtext(f"{ATOM}id") == after.findtext(f"{ATOM}id")
    assert before.findtext(f"{ATOM}updated") < after.findtext(f"{ATOM}updated")
    root = ET.fromstring(client.get(address).content)  # noqa: S314 - ours
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self"] == f"http://testserver{address}"


def test_names_are_shortened_and_hidden_posts_absent(threads, client, author):
    page = client.get(reverse("forums:feed")).content.decode()
    assert "Benali" not in page
    assert author.email not in page
    hide_post(post=threads[0].posts.get(), actor=None, reason="x")
    assert entries(client.get(reverse("forums:feed"))) == []


def test_a_text_typed_with_control_characters_makes_valid_xml(
    public_forum, author, client
):
    make_thread(public_forum, author, title="A\x01B\ufffe", body="x\x0b\x1fy\ud7ff")
    assert len(entries(client.get(reverse("forums:feed")))) == 1

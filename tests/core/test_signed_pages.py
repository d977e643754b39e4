"""Every page that a mail leads to by a signed address keeps the same promises."""

import re

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver

# Their own package checks these tokens: allauth's, and Wagtail's previews.
_OTHERS = ("allauth.", "wagtail.", "django.")


def _patterns(resolver, prefix=""):
    for one in resolver.url_patterns:
        address = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _patterns(one, address)
        else:
            yield address, one


def test_every_address_with_a_token_is_a_signed_page():
    found = {
        address: one.callback
        for address, one in _patterns(get_resolver())
        if "token>" in address and not one.callback.__module__.startswith(_OTHERS)
    }
    assert len(found) >= 6
    careless = [
        address
        for address, view in found.items()
        if not getattr(view, "is_signed_page", False)
    ]
    assert not careless


def _signed_addresses():
    """An address of each signed page, whose token nobody signed."""
    for address, one in _patterns(get_resolver()):
        if getattr(one.callback, "is_signed_page", False):
            path = re.sub(r"<[^>]+>", "aucun-jeton", address)
            yield "/" + path.removeprefix("en/").removeprefix("/")


@pytest.mark.django_db
def test_a_signed_page_is_kept_by_nobody_and_told_to_no_other_site():
    client, seen = Client(enforce_csrf_checks=True), 0
    for path in _signed_addresses():
        answer = client.get(path)
        assert answer.status_code == 404, path
        elsewhere = {"Origin": "https://ailleurs.example"}
        assert client.post(path, headers=elsewhere).status_code == 403, path
        if "/recu/" in path:
            # A receipt has nothing to sign: its key is looked for, and not found.
            continue
        assert "no-store" in answer["Cache-Control"], path
        assert "noindex" in answer["X-Robots-Tag"], path
        # With "no-referrer" the page's own form would be sent with "Origin: null".
        assert answer["Referrer-Policy"] == "same-origin", path
        assert client.delete(path).status_code == 405, path
        own = {"Origin": "http://testserver"}
        assert client.post(path, headers=own).status_code == 404, path
        seen += 1
    assert seen >= 6

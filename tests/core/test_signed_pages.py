"""Every page that a mail leads to by a signed address keeps the same promises."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core import signing
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


PRODUCT = ("network_site", "library", "good_practices", "events", "forums")
_TOKEN = "aucun-jeton"


def _signed_addresses():
    """(address, view) of each signed page, with a token that nobody signed."""
    for address, one in _patterns(get_resolver()):
        if getattr(one.callback, "is_signed_page", False):
            path = re.sub(r"<[^>]+>", _TOKEN, address)
            yield "/" + path.removeprefix("en/").removeprefix("/"), one.callback


def _is_private(answer):
    return (
        "no-store" in answer["Cache-Control"]
        and "noindex" in answer["X-Robots-Tag"]
        # With "no-referrer" the page's own form would be sent with "Origin: null".
        and answer["Referrer-Policy"] == "same-origin"
    )


@pytest.mark.django_db
def test_a_signed_page_is_kept_by_nobody_and_told_to_no_other_site():
    client, seen = Client(enforce_csrf_checks=True), 0
    own = {"Origin": "http://testserver"}
    elsewhere = {"Origin": "https://ailleurs.example"}
    for path, _view in _signed_addresses():
        answers = {
            404: [client.get(path), client.post(path, headers=own)],
            403: [client.post(path, headers=elsewhere)],
            405: [client.delete(path)],
        }
        for status, found in answers.items():
            for answer in found:
                assert answer.status_code == status, path
                assert _is_private(answer), (path, status)
        seen += 1
    assert seen >= 7


@pytest.mark.django_db
def test_each_signed_page_says_what_became_of_its_link(client, monkeypatch):
    """Cut, too old, spent: three sentences, never an action; in both languages."""
    now, limited = signing.time.time(), 0
    for path, view in _signed_addresses():
        if view.seal is None:
            continue
        values = ([10**6, "x@y.fr"], ["s", 10**6], [10**6, 1], 10**6, {"a": 1}, "x")
        for prefix in ("", "/en"):
            cut = client.get(prefix + path).content.decode()
            assert ("coupé" if not prefix else "has been cut") in cut
            for value in values:
                address = prefix + path.replace(_TOKEN, view.seal.sign(value))
                answer = client.post(address)
                # Whoever stops the letter is not asked whether they exist.
                assert answer.status_code in {404, 200}, address
        if view.seal.lasts is None:
            continue
        limited += 1
        later = now + view.seal.lasts.total_seconds() + 60
        address = path.replace(_TOKEN, view.seal.sign([1, 1]))
        with monkeypatch.context() as clock:
            clock.setattr(signing.time, "time", lambda at=later: at)
            old = client.get(address)
        assert old.status_code == 404
        assert _is_private(old)
        assert f"Il était valable {view.seal.lasts.days} jours" in old.content.decode()
    assert limited >= 4


def test_the_site_signs_in_one_place():
    found = [
        str(path.relative_to(settings.BASE_DIR))
        for name in PRODUCT
        for path in sorted((Path(settings.BASE_DIR) / name).rglob("*.py"))
        if re.search(r"core import .*\bsigning\b|core\.signing", path.read_text())
    ]
    assert found == ["network_site/core/seals.py"]

"""A test client that refuses what production would break on."""

import re

from django.test import Client, TestCase

from network_site.catalogue.building import settle_all
from network_site.core.outbox import drain

_ADMIN = re.compile(r"^/(en/)?admin/")
_TAG = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"<[a-z][^<>]*?\s(on[a-z]+|style)\s*=\s*[\"']", re.IGNORECASE | re.DOTALL
)
_LEFTOVER = re.compile(r"\{\{|\}\}|\{%|%\}|\{#")
_CODE = re.compile(r"<(pre|code|textarea)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
# Braces in JSON are its own.
_DATA = re.compile(
    r"<script\b[^>]*application/json[^>]*>.*?</script\s*>", re.DOTALL | re.IGNORECASE
)


class UncleanPage(AssertionError):
    """A page carries what its own policy forbids, or a piece of its template."""


def check_html(html, path):
    """Raise UncleanPage when `html` has inline code or leftover template syntax."""
    for name, attributes, content in _TAG.findall(html):
        is_data = (
            "application/ld+json" in attributes or "application/json" in attributes
        )
        if content.strip() and not is_data:
            raise UncleanPage(f"{path}: inline <{name}>: {content.strip()[:80]}")
    without_code = _DATA.sub("", _CODE.sub("", html))
    if found := _ATTRIBUTE.search(without_code):
        raise UncleanPage(f"{path}: inline {found.group(1)}: {found.group(0)[:120]}")
    if found := _LEFTOVER.search(without_code):
        around = without_code[max(0, found.start() - 40) : found.end() + 40]
        raise UncleanPage(f"{path}: template syntax left in the page: {around!r}")


class SiteClient(Client):
    """Runs what follows a commit, drains the outbox, and reads every page it gets."""

    def request(self, **request):
        # What the test itself wrote; the worker would have.
        settle_all()
        with TestCase.captureOnCommitCallbacks(execute=True):
            response = super().request(**request)
        drain()
        path = request.get("PATH_INFO", "")
        is_html = response.get("Content-Type", "").startswith("text/html")
        if is_html and not response.streaming and not _ADMIN.match(path):
            check_html(response.content.decode(response.charset), path)
        return response

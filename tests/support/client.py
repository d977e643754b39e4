"""A test client that does what a browser does, and refuses what production would break on."""

import re
from collections.abc import Mapping

from django.conf import settings
from django.test import Client, TestCase
from django.test.client import MULTIPART_CONTENT
from django.utils.crypto import get_random_string
from django.utils.datastructures import MultiValueDict

from network_site.catalogue.building import settle_all
from network_site.core.outbox import drain
from tests.support.forms import TOKEN, page_of

_ADMIN = re.compile(r"^/(en/)?admin/")
_TAG = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"<[a-z][^<>]*?\s(on[a-z]+|style)\s*=\s*[\"']", re.IGNORECASE | re.DOTALL
)
_NOWHERE = re.compile(r"<a\b[^>]*\shref=(\"\s*\"|'\s*')[^>]*>", re.IGNORECASE)
_LEFTOVER = re.compile(r"\{\{|\}\}|\{%|%\}|\{#")
_CODE = re.compile(r"<(pre|code|textarea)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
# Braces in JSON are its own.
_DATA = re.compile(
    r"<script\b[^>]*application/json[^>]*>.*?</script\s*>", re.DOTALL | re.IGNORECASE
)


class UncleanPage(AssertionError):
    """A page carries what its own policy forbids, or a piece of its template."""


def check_html(html, path):
    """Raise UncleanPage when `html` has inline code, leftover template syntax, a dead link."""
    for name, attributes, content in _TAG.findall(html):
        is_data = (
            "application/ld+json" in attributes or "application/json" in attributes
        )
        if content.strip() and not is_data:
            raise UncleanPage(f"{path}: inline <{name}>: {content.strip()[:80]}")
    without_code = _DATA.sub("", _CODE.sub("", html))
    if found := _ATTRIBUTE.search(without_code):
        raise UncleanPage(f"{path}: inline {found.group(1)}: {found.group(0)[:120]}")
    if found := _NOWHERE.search(without_code):
        raise UncleanPage(f"{path}: a link without an address: {found.group(0)[:120]}")
    if found := _LEFTOVER.search(without_code):
        around = without_code[max(0, found.start() - 40) : found.end() + 40]
        raise UncleanPage(f"{path}: template syntax left in the page: {around!r}")


class SiteClient(Client):
    """As a browser: runs what follows a commit, drains the outbox, reads every page.

    A POST is sent as the person's browser would send it, and checked as in production:
    - from the page read last, when one of its forms leads there; else from the page that
      stands at the address, which is read first; with the token of that form, so that a form
      without one is refused; `Origin` is that page's (`null` under a policy that hides it);
    - where neither holds such a form (a button that a script sends, an address the person is
      not offered), with a token that the person has from elsewhere: `by_hand=True` asks for
      this at once;
    - `as_script=True` sends neither token nor origin: machines (RFC 8058's one click).
    """

    def __init__(self, enforce_csrf_checks=True, **options):
        super().__init__(enforce_csrf_checks, **options)
        self.page = None

    def request(self, **request):
        # What the test itself wrote; the worker would have.
        settle_all()
        with TestCase.captureOnCommitCallbacks(execute=True):
            response = super().request(**request)
        drain()
        path = request.get("PATH_INFO", "")
        query = request.get("QUERY_STRING", "")
        page = page_of(response, f"{path}?{query}" if query else path)
        self.page = page or self.page
        if page is not None and not _ADMIN.match(path):
            check_html(page.html, path)
        return response

    def post(
        self,
        path,
        data=None,
        content_type=MULTIPART_CONTENT,
        *args,
        as_script=False,
        by_hand=False,
        headers=None,
        **options,
    ):
        """As Django's; see the class for `as_script` and `by_hand`."""
        if as_script:
            return super().post(
                path, data, content_type, *args, headers=headers, **options
            )
        page = form = None
        if not by_hand:
            page, form = self._form_to(path, data, headers, options)
        token = self._own_token() if form is None else form.token
        origin = self._origin(headers, options) if page is None else page.origin
        sent = {"Origin": origin, **(headers or {})}
        if content_type is MULTIPART_CONTENT and isinstance(data, Mapping | None):
            data = {TOKEN: token, **dict(_items(data))}
        else:
            sent.setdefault("X-CSRFToken", token)
        return super().post(path, data, content_type, *args, headers=sent, **options)

    def _form_to(self, path, data, headers, options):
        """The page whose form the browser sends, and that form; None twice without any."""
        path, names = str(path), data if isinstance(data, Mapping) else ()
        kept, self.page = self.page, None
        scheme = "https" if options.get("secure") else "http"
        if kept and kept.scheme == scheme and (form := kept.form_to(path, names)):
            self.page = kept
            return kept, form
        passed_on = {name: value for name, value in options.items() if name != "follow"}
        self.get(path, headers=headers, **passed_on)
        if self.page and (form := self.page.form_to(path, names)):
            return self.page, form
        self.page = kept
        return None, None

    def _own_token(self):
        name = settings.CSRF_COOKIE_NAME
        if name not in self.cookies:
            self.cookies[name] = get_random_string(32)
        return self.cookies[name].value

    def _origin(self, headers, options):
        own = {name.lower(): value for name, value in (headers or {}).items()}
        host = own.get("host") or {**self.defaults, **options}.get(
            "HTTP_HOST", "testserver"
        )
        return f"{'https' if options.get('secure') else 'http'}://{host}"


def _items(data):
    """The pairs of a form's data; the values of one name stay together."""
    if data is None:
        return ()
    return data.lists() if isinstance(data, MultiValueDict) else data.items()

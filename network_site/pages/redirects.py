"""What stood at another address is found at its new one: moved pages, what else was renamed
(organisations, terms, spaces), links of the back office.

Wagtail writes a row for each page whose address changes, its children's too
(wagtail.contrib.redirects); receivers.py one for the rest. Its own middleware knows the address as it was written only, in one
language, and drops the query; this one answers in the language that was asked, with the query,
and for the addresses below a page as well (its sheet, its registration).
"""

from http import HTTPStatus
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseRedirect
from django.utils.encoding import escape_uri_path
from django.utils.translation import override
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from network_site.core.addresses import split_language
from network_site.core.languages import in_language, own_url_in, view_at
from network_site.pages.addresses import may_open
from network_site.pages.visibility import can_view_page

MOST_STEPS = 8
# Of the address of a page, and of a query: more is none of ours.
LONGEST = 255


class MovedMiddleware:
    """In place of a 404, the new address of what was asked, for whoever may open it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == HTTPStatus.NOT_FOUND and hasattr(request, "user"):
            return _moved(request) or response
        return response


def _moved(request):
    """The answer that leads to the new address, or None."""
    language, path = split_language(request.path_info)
    query = request.META.get("QUERY_STRING", "")
    found, rest, is_with_query = _row_for(request, path, query)
    if found is None:
        return None
    page = found.redirect_page
    if page is not None:
        page = page.specific_deferred
        if not page.live:
            return None
        if not can_view_page(request.user, page):
            # Its new address may say what the page is about.
            if request.user.is_authenticated:
                return None
            return redirect_to_login(
                request.get_full_path(), settings.WAGTAIL_FRONTEND_LOGIN_URL
            )
    elif found.automatically_created and not may_open(request.user, found.link):
        # What was renamed here, and is not for this reader.
        return None
    with override(language):
        url = found.link
    if not url:
        return None
    if page is None:
        url = own_url_in(url, language)
    if rest:
        url = url.rstrip("/") + escape_uri_path(rest)
        # An address of the space's own, and not the place of some other page.
        if view_at(urlsplit(url).path, language) in {None, "wagtail_serve"}:
            return None
    if urlsplit(url).path == request.path:
        return None
    if query and not is_with_query:
        url = _with_query(url, query)
    return _answer(request, url, found.is_permanent)


def keep_old_address(old, new):
    """Have the address `old` lead to `new`, in one step whatever it led to before."""
    rows = Redirect.objects.filter(automatically_created=True, redirect_page=None)
    rows.filter(old_path=Redirect.normalise_path(new)).delete()
    rows.filter(redirect_link=old).update(redirect_link=new)
    Redirect.objects.update_or_create(
        old_path=Redirect.normalise_path(old),
        site=None,
        defaults={
            "redirect_link": new,
            "redirect_page": None,
            "is_permanent": True,
            "automatically_created": True,
        },
    )


def _row_for(request, path, query):
    """(the Redirect, what follows the page's address, whether its query was named)."""
    if "\0" in path or len(path) > LONGEST:
        return None, "", False
    ways = []
    if query and len(query) <= LONGEST:
        ways.append((f"{path}?{query}", "", True))
    ways.append((path, "", False))
    steps = path.strip("/").split("/")
    for count in range(len(steps) - 1, max(len(steps) - MOST_STEPS, 0), -1):
        above = "/" + "/".join(steps[:count])
        ways.append((above, path[len(above) :], False))
    # A row is written in the language of who moved the page.
    named = {
        Redirect.normalise_path(in_language(way[0], code)): way
        for way in reversed(ways)
        for code, _name in settings.LANGUAGES
    }
    rows = {
        row.old_path: row
        for row in Redirect.get_for_site(Site.find_for_request(request))
        .filter(old_path__in=named)
        .select_related("redirect_page")
        .order_by("site_id", "pk")
    }
    for way in ways:
        for row in rows.values():
            is_ours = row.redirect_page_id or row.automatically_created
            if named[row.old_path] is way and (not way[1] or is_ours):
                return row, way[1], way[2]
    return None, "", False


def _with_query(url, query):
    parts = urlsplit(url)
    return urlunsplit(
        parts._replace(query=f"{parts.query}&{query}" if parts.query else query)
    )


def _answer(request, url, is_permanent):
    response = HttpResponseRedirect(url)
    if request.method in {"GET", "HEAD"}:
        if is_permanent:
            response.status_code = HTTPStatus.MOVED_PERMANENTLY
    else:
        # What was typed in a form opened before the move is sent on (RFC 9110, 15.4.8 and 9).
        response.status_code = (
            HTTPStatus.PERMANENT_REDIRECT
            if is_permanent
            else HTTPStatus.TEMPORARY_REDIRECT
        )
    return response

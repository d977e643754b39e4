"""The pages of the site that posts link to, for the margin of a thread."""

import re
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from network_site.pages.visibility import visible_page_filter

_HREF = re.compile(r'href="([^"]+)"')
_LIMIT = 20


def _paths(posts, host):
    """Local paths linked to in the shown posts, in order, each once."""
    found = {}
    for post in posts:
        if post.is_hidden:
            continue
        for address in _HREF.findall(post.body_html):
            try:
                parts = urlsplit(address.replace("&amp;", "&"))
            except ValueError:
                continue
            if parts.netloc not in {"", host} or not parts.path.startswith("/"):
                continue
            path = unquote(parts.path).removeprefix("/en")
            found[path if path.endswith("/") else f"{path}/"] = None
    return list(found)[:_LIMIT]


def cited_pages(posts, request, but=None):
    """Pages that `posts` link to and the reader may open: [{mark, title, pages}] by space.

    Costs no query when no post links to the site.
    """
    paths = _paths(posts, request.get_host())
    site = Site.find_for_request(request) if paths else None
    if site is None:
        return []
    root = site.root_page.url_path.rstrip("/")
    pages = (
        Page.objects.filter(url_path__in=[root + path for path in paths], depth__gt=2)
        .filter(visible_page_filter(request.user))
        .exclude(pk=but.pk if but else 0)
        .specific()
    )
    titles = {
        "texte": _("Texts cited"),
        "pratique": _("Practices cited"),
        "journee": _("Days cited"),
    }
    groups = {}
    for page in pages:
        space = getattr(page, "space", "page")
        groups.setdefault(space if space in titles else "page", []).append(page)
    return [
        {
            "mark": mark,
            "title": titles.get(mark, _("Pages cited")),
            "pages": groups[mark],
        }
        for mark in (*titles, "page")
        if mark in groups
    ]

"""The pages of the site that posts link to, for the margin of a thread."""

import re
from html import unescape

from django.utils.translation import gettext as _
from wagtail.models import Page

from network_site.pages.addresses import tree_paths
from network_site.pages.visibility import visible_page_filter

_HREF = re.compile(r'href="([^"]+)"')
_LIMIT = 20


def _addresses(posts):
    """What the shown posts link to, in order, each once."""
    found = {}
    for post in posts:
        if not post.is_hidden:
            found.update(dict.fromkeys(map(unescape, _HREF.findall(post.body_html))))
    return found


def cited_pages(posts, request, but=None):
    """Pages that `posts` link to and the reader may open: [{mark, title, pages}] by space.

    Costs no query when no post links to the site.
    """
    paths = tree_paths(_addresses(posts))[:_LIMIT]
    if not paths:
        return []
    pages = (
        Page.objects.filter(url_path__in=paths, depth__gt=2)
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

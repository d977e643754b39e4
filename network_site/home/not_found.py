"""The page of an address where nothing stands: a search of its words, and what is near."""

import re

from django.shortcuts import render
from wagtail.models import Page, Site

from network_site.core.addresses import split_language
from network_site.pages.visibility import visible_page_filter
from network_site.search import services
from network_site.search.asking import ANY_WORD
from network_site.search.engine import IndexUnavailable

MOST_NEAR = 4
MOST_WORDS = 8
LONGEST = 200
_WORD = re.compile(r"[^\W_]+")
# Asked by robots that try what other sites have, not by people.
_FILE = re.compile(r"\.\w{1,5}$")


def page_not_found(request, exception=None):
    """404, with the nearest page above and contents whose words the address has."""
    context = {"words": "", "above": None, "near": []}
    # An error may be drawn before anybody has been recognised.
    if hasattr(request, "user") and request.method in {"GET", "HEAD"}:
        path = split_language(request.path_info)[1]
        if len(path) <= LONGEST and not _FILE.search(path):
            context["words"] = words = _words_of(path)
            context["above"] = _page_above(request, path)
            context["near"] = _contents_named(request.user, words)
    return render(request, "404.html", context, status=404)


def _words_of(path):
    """The words of the last piece of the address that has some: "/a/la-loi-2006/" gives
    "la loi 2006"."""
    for piece in reversed(path.strip("/").split("/")):
        words = _WORD.findall(piece)
        if any(not word.isdecimal() for word in words):
            return " ".join(words[:MOST_WORDS])
    return ""


def _page_above(request, path):
    """The nearest page above `path` that the reader may open, but the home page."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    root = site.root_page.url_path
    steps = path.strip("/").split("/")[:-1]
    above = [f"{root}{'/'.join(steps[:count])}/" for count in range(1, len(steps) + 1)]
    return (
        Page.objects.filter(visible_page_filter(request.user), url_path__in=above)
        .order_by("-depth", "pk")
        .first()
        if above
        else None
    )


def _contents_named(user, words):
    """The cards of contents that have all the words, or the words as they are probably spelt."""
    if not words:
        return []
    try:
        answer = services.search(user=user, text=words, size=MOST_NEAR)
    except IndexUnavailable:
        return []
    if answer.mode == ANY_WORD:
        return []
    return [result.item for result in answer.results]

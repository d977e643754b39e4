"""What each card shows, kept for a minute: most rows of a page are those of another.

A card is kept for one reader (visitors share theirs) and for one writing of its object
in the index: an object that changes is written again, and its card is made again. Who
may see the row is asked of the database every time (`visible_keys`).
"""

import threading
import time
from collections import OrderedDict

from django.apps import apps
from django.utils.translation import get_language
from wagtail.models import Page

from network_site.pages.page_source import PageSource
from network_site.pages.visibility import visible_page_filter
from network_site.registries import search as registry

SECONDS = 60
# For what changes without its object being written again: seats left, last answer.
LIVE_SECONDS = 5
MOST_CARDS = 4_000

_cards = OrderedDict()
_lock = threading.Lock()


def key_of(version, user):
    """The key of a card: which writing of which object, for whom, in which language."""
    return version, user.pk or 0, get_language()


def get(key):
    """The (source, item) kept under `key`, None when there is none or it is too old."""
    kept = _cards.get(key)
    if kept is None:
        return None
    until, source, item = kept
    return (source, item) if time.monotonic() < until else None


def keep(key, source, item):
    """Keep a card for a minute, a few seconds when it is of what lives."""
    seconds = LIVE_SECONDS if source.has_live_card else SECONDS
    with _lock:
        _cards[key] = time.monotonic() + seconds, source, item
        _cards.move_to_end(key)
        while len(_cards) > MOST_CARDS:
            _cards.popitem(last=False)


def visible_keys(keys, user) -> set:
    """Those of `keys`, (label, pk) pairs, whose row `user` may see: the second lock.

    One query for all the pages whose source has no narrower rule of its own.
    """
    visible = set()
    pages, others = {}, {}
    for label, pk in keys:
        source = registry.source_for(apps.get_model(label))
        if isinstance(source, PageSource):
            pages[int(pk)] = label
        else:
            others.setdefault(label, []).append(pk)
    if pages:
        allowed = Page.objects.filter(visible_page_filter(user), pk__in=pages)
        visible |= {(pages[pk], str(pk)) for pk in allowed.values_list("pk", flat=True)}
    for label, pks in others.items():
        source = registry.source_for(apps.get_model(label))
        allowed = source.visible_queryset(user).filter(pk__in=pks)
        visible |= {(label, str(pk)) for pk in allowed.values_list("pk", flat=True)}
    return visible

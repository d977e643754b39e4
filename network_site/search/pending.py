"""What has changed and is not written to the index yet: it must not be told meanwhile.

Between a change of rights and its update by the worker (two seconds, more when the worker
is late), the index still gives an object to those who no longer may read it. The rows of
the outbox name these objects: each is asked of the database at once, and of those that
are still visible only the part that carries the card answers, for the rights of another
part may be what has changed. A count is content: this comes before anything is counted.

The words of a file follow the file as well as its page: the collections that a reader may
not open are asked of the database at each search, and a document that waits lends no word
to any of the pages that show it.

A row that the worker has given up still names what the index does not know, until the
object is written after all, by another row or by a rebuild.
"""

import threading

import numpy as np
from django.apps import apps
from django.db.models import Count, Max, Min, Q, Sum
from wagtail.models import Page

from network_site.core.models import OutboxEntry
from network_site.media.models import SiteDocument
from network_site.pages.visibility import files_closed_to, tokens_for
from network_site.search import cards
from network_site.search.keys import key_of

# What changes the words of objects, or who reads them. A draft changes neither.
KINDS = (
    *("page.saved", "page.published", "page.unpublished", "page.moved"),
    *("page.access_changed", "page.deleted", "object.changed", "object.deleted"),
)
# What changes a page's readers or its place changes all that is below it.
WHOLE_BRANCH = {"page.moved", "page.access_changed", "page.unpublished"}

_DEAD = Q(is_dead=True)

_lock = threading.Lock()
# As the outbox remembers that the index has been written (outbox_handlers.update_index).
HANDLER = "network_site.search.outbox_handlers.update_index"

_last = {"rows": None, "keys": frozenset()}


def keys_named(rows) -> dict:
    """{key: None} of the objects named by `rows`, (kind, ids) pairs; unknown models are left out."""
    keys = {}
    for kind, ids in rows:
        try:
            model = apps.get_model(ids["model"])
        except LookupError:
            # The row is older than the code: its model is gone, and so are its words.
            continue
        keys[key_of(model, ids["pk"])] = None
        if kind in WHOLE_BRANCH:
            keys |= dict.fromkeys(key_of(Page, pk) for pk in _branch(ids["pk"]))
    return keys


def _branch(pk):
    page = Page.objects.filter(pk=pk).first()
    if page is None:
        return []
    return page.get_descendants().values_list("pk", flat=True)


def waiting_keys() -> frozenset:
    """The keys of the objects whose last change the index does not have yet.

    One small query; the rows are read when there are others than last time.
    """
    # Given up or not: neither has been handled.
    rows = OutboxEntry.objects.filter(handled_at=None, kind__in=KINDS).order_by()
    seen = rows.aggregate(
        Count("pk"),
        Min("pk"),
        Max("pk"),
        # One row may end as another comes in between: transactions end in any order.
        Sum("pk"),
        Max("created_at"),
        dead=Count("pk", filter=_DEAD),
    )
    if not seen["pk__count"]:
        return frozenset()
    seen = tuple(seen.values())
    with _lock:
        if _last["rows"] == seen:
            return _last["keys"]
    rows = rows.exclude(_DEAD).values_list("kind", "payload")
    keys = frozenset(keys_named([*rows, *map(_named, _given_up())]))
    with _lock:
        _last.update(rows=seen, keys=keys)
    return keys


def forget():
    """Read the rows again at the next search."""
    with _lock:
        _last["rows"] = None


def _named(row):
    return row.kind, row.payload


def _given_up():
    """The rows given up for which the index was not written."""
    rows = OutboxEntry.objects.dead().filter(kind__in=KINDS)
    return [row for row in rows.order_by("pk") if HANDLER not in row.done_handlers]


def last_given_up():
    """The number of the last row given up, 0 when there is none: see `settle`."""
    return max((row.pk for row in _given_up()), default=0)


def settle(*, keys=None, until=None):
    """Take note that the index holds what rows given up were about.

    `keys`: these objects were just written; `until`: everything was, all that the rows up
    to this number name included.
    """
    for row in _given_up():
        named = keys_named([_named(row)])
        if (until is not None and row.pk <= until) or named.keys() <= set(keys or ()):
            row.done_handlers = [*row.done_handlers, HANDLER]
            row.save(update_fields=["done_handlers"])
            forget()


def narrowed(snapshot, mask, user):
    """`mask` without what `user` may have ceased to see and the index does not know."""
    keys = waiting_keys()
    mask = _without_files(snapshot, mask, keys, tokens_for(user))
    return _without_waiting(snapshot, mask, keys, user) if keys else mask


def without_closed_files(snapshot, mask, tokens):
    """`mask` without the files that a holder of `tokens` may have ceased to read."""
    return _without_files(snapshot, mask, None, tokens)


def _without_files(snapshot, mask, keys, tokens):
    parts, of = snapshot.parts_with("of")
    shown = mask[parts]
    if not shown.any():
        return mask
    closed = {key_of(SiteDocument, pk) for pk in files_closed_to(tokens)}
    closed |= waiting_keys() if keys is None else keys
    gone = parts[shown][[one in closed for one in of[shown]]]
    if len(gone):
        mask = mask.copy()
        mask[gone] = False
    return mask


def _without_waiting(snapshot, mask, keys, user):
    numbers = snapshot.numbers_of(keys)
    numbers = [number for number in numbers.tolist() if mask[snapshot.firsts[number]]]
    if not numbers:
        return mask
    names = {}
    for number in numbers:
        _part, record = snapshot.stored_parts(number, mask)[0]
        names[number] = record.model, snapshot.key(number).rpartition(":")[2]
    visible = cards.visible_keys(names.values(), user)
    waiting = np.zeros(snapshot.object_count, bool)
    waiting[numbers] = True
    mask = mask & ~waiting[snapshot.owners]
    shown = [number for number, name in names.items() if name in visible]
    mask[snapshot.firsts[shown]] = True
    return mask

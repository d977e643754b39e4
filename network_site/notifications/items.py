"""What was told, read again: items with what they are about, and the notification centre.

Nothing here trusts what was true when the item was noted: the object is read again and so are
the reader's rights, for lines and for counts alike (a count is content).
"""

import logging
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from django.utils import timezone

from network_site.core.addresses import split_language
from network_site.notifications.models import Delivery, Item
from network_site.pages.visibility import may_read
from network_site.registries.notifications import (
    ItemNotification,
    Line,
    Target,
    item_notification,
)

logger = logging.getLogger(__name__)

# Deliveries read at a time while looking for what may still be shown.
BATCH = 100
# A badge says "99+" beyond; nobody counts further.
MOST_COUNTED = 99
# What one look at the centre reads at most, however much of it became unreadable.
MOST_SCANNED = 1000


@dataclass(frozen=True)
class Happening:
    """An item with the object it is about, as that object stands now."""

    item: Item
    kind: ItemNotification
    obj: object
    tokens: frozenset

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        return tuple(self.kind.targets(self.obj))

    def line(self) -> Line:
        return self.kind.line(self.obj)

    def mail_line(self) -> Line:
        return self.kind.mail_line(self.obj)


@dataclass(frozen=True)
class Entry:
    """A delivery as one line of the centre; `delivery.item` is fetched."""

    delivery: Delivery
    line: Line

    @property
    def is_read(self):
        return self.delivery.read_at is not None


@dataclass(frozen=True)
class CentrePage:
    """Some lines of the centre; `older` is the `before` of the next page, None at the end."""

    entries: list[Entry]
    older: int | None


def happenings(items):
    """{item's pk: Happening}, in a number of queries that depends on the kinds only.

    What is gone is left out. A kind that fails to load is logged, and its items stand there
    with None: they may be told later.
    """
    by_name = {}
    for item in items:
        by_name.setdefault(item.name, []).append(item)
    found = {}
    for name, those in by_name.items():
        kind = item_notification(name)
        if kind is None:
            continue
        try:
            objects = kind.load({item.object_id for item in those})
            for item in those:
                if item.object_id in objects:
                    obj = objects[item.object_id]
                    found[item.pk] = Happening(
                        item, kind, obj, frozenset(kind.tokens(obj))
                    )
        except Exception:
            logger.exception("Items of %s cannot be read", name)
            found.update(dict.fromkeys(item.pk for item in those))
    return found


def entries_of(user, deliveries):
    """The entries of `deliveries` (items fetched) that `user` may still read, in order."""
    return _entries(_readable(user, deliveries))


def centre(user, *, before=None, unread=False, category="", size=20):
    """A CentrePage of `user`'s deliveries, the newest first, whatever their channel.

    `before` is the `older` of the page shown before (an item's pk), `unread` and `category`
    (a code of enums.Category) narrow the list.
    """
    deliveries = _told(user)
    if before is not None:
        deliveries = deliveries.filter(item_id__lt=before)
    if unread:
        deliveries = deliveries.filter(read_at=None)
    if category:
        deliveries = deliveries.filter(item__category=category)
    shown = list(islice(_walk(user, deliveries), size + 1))
    older = shown[size - 1][0].item_id if len(shown) > size else None
    return CentrePage(_entries(shown[:size]), older)


def recent_for(user, *, limit=5, unread=True):
    """The newest entries of `user`, unread ones unless told otherwise."""
    return centre(user, unread=unread, size=limit).entries


def entry_of(user, pk):
    """The Entry of one delivery of `user`, None when it is not theirs or no longer readable."""
    entries = entries_of(user, _told(user).filter(pk=pk))
    return entries[0] if entries else None


def readable_items(user, items):
    """The keys of those of `items` that `user` may read."""
    return {
        pk
        for pk, happening in happenings(items).items()
        if happening is not None and may_read(user, happening.tokens)
    }


def mark_read(user, pks, now=None):
    """Note that `user` has read these deliveries; return how many were unread."""
    return Delivery.objects.filter(user=user, pk__in=pks, read_at=None).update(
        read_at=now or timezone.now()
    )


def read_only(request, is_shown):
    """Said by a view whose page shows only a part of what has happened at its address.

    `is_shown(name, object_id)` tells whether it shows the object of an item; the others stay
    unread. To be called before the page is drawn, whose head counts what is left.
    """
    request.deliveries_here = [
        one
        for one in getattr(request, "deliveries_here", ())
        if is_shown(one.name, one.object_id)
    ]


def mark_all_read(user, now=None):
    """Note that `user` has seen everything; return how many items were unread."""
    return Delivery.objects.filter(user=user, read_at=None).update(
        read_at=now or timezone.now()
    )


def canonical(path):
    """`path` as items keep it: French, without query or fragment ("" stays "")."""
    path = path.partition("#")[0].partition("?")[0]
    return split_language(path)[1] if path else ""


def _told(user):
    return (
        Delivery.objects.filter(user=user).select_related("item").order_by("-item_id")
    )


def _entries(pairs):
    entries = []
    for delivery, happening in pairs:
        try:
            entries.append(Entry(delivery, happening.line()))
        except Exception:
            logger.exception("Item %s has no line", delivery.item_id)
    return entries


def _walk(user, deliveries):
    """(delivery, happening) of what `user` may read, newest first, read by batches."""
    last = None
    for _round in range(MOST_SCANNED // BATCH):
        batch = deliveries if last is None else deliveries.filter(item_id__lt=last)
        batch = list(batch[:BATCH])
        yield from _readable(user, batch)
        if len(batch) < BATCH:
            return
        last = batch[-1].item_id


def _readable(user, deliveries):
    deliveries = list(deliveries)
    found = happenings({one.item_id: one.item for one in deliveries}.values())
    for delivery in deliveries:
        happening = found.get(delivery.item_id)
        if happening is not None and may_read(user, happening.tokens):
            yield delivery, happening

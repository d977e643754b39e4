"""What a reader has not read and may still read: counted on each of their pages, in one statement.

The statement reads the newest unread deliveries with the numbers under which the catalogue holds
what they are about; whether the reader may still be told of it is then answered by the
catalogue of this moment, in memory. A kind of item that the catalogue does not know is loaded,
as for the lines of the centre (items.py); both must agree, and a test compares them.
"""

from typing import NamedTuple

from django.db.models import Case, F, OuterRef, Subquery, Value, When
from django.db.models.fields import BigIntegerField

from network_site.catalogue import Catalogue
from network_site.core.compiled import compiled
from network_site.members.roles import is_member
from network_site.notifications import items
from network_site.notifications.models import Delivery, Item
from network_site.registries.notifications import (
    ItemNotification,
    item_notification,
    notifications,
)

# Deliveries read at a time; a badge needs no more, unless many are not for the reader any more.
BATCH = 120


class Unread(NamedTuple):
    """An unread delivery: what happened (`name`, `object_id`), where it is read."""

    pk: int
    item_id: int
    name: str
    object_id: int
    path: str
    # The entries of the catalogue that the reader must be able to read.
    about: int | None
    also: int | None


def newest_unread(user, before=None):
    """The newest unread deliveries of `user`, readable or not, in one statement."""
    rows = _newest.rows(user.pk) if before is None else _older.rows(user.pk, before)
    return [Unread(*row) for row in rows]


def _statement(user, before=None):
    about, also = _entries()
    found = Delivery.objects.filter(user=user, read_at=None)
    if before is not None:
        found = found.filter(item_id__lt=before)
    return found.order_by("-item_id").values_list(
        "pk", "item_id", "item__name", "item__object_id", "item__path", about, also
    )[:BATCH]


_newest, _older = compiled(_statement), compiled(_statement)


def _entries():
    """The two columns that lead to the catalogue: of what an item is about, and besides."""
    columns = [], []
    for kind in notifications():
        known = isinstance(kind, ItemNotification) and kind.in_catalogue()
        if not known or known.objects is None:
            continue
        objects = known.objects.filter(pk=OuterRef("item__object_id")).order_by()
        for cases, column in zip(columns, known.columns, strict=False):
            then = Subquery(objects.values(column)[:1])
            cases.append(When(item__name=kind.name, then=then))
    about, also = columns
    field = BigIntegerField()
    return (
        Case(*about, default=F("item__object_id"), output_field=field),
        Case(*also, default=Value(None), output_field=field),
    )


def readable(user, rows):
    """Those of `rows` that `user` may still read, in their order."""
    by_name = {}
    for row in rows:
        by_name.setdefault(row.name, []).append(row)
    kept, unknown, catalogue = set(), [], None
    for name, those in by_name.items():
        kind = item_notification(name)
        known = kind.in_catalogue() if kind else None
        if known is None:
            unknown += those
            continue
        catalogue = catalogue or Catalogue(user)
        kept.update(_told(catalogue, known, those))
    if unknown:
        kept.update(_loaded(user, unknown))
    return [row for row in rows if row.pk in kept]


def _told(catalogue, known, rows):
    """The keys of the rows of one kind that the reader of `catalogue` may read."""
    if known.for_members and not is_member(catalogue.user):
        return []
    about = [row.about or 0 for row in rows]
    mask = known.mask(catalogue) if known.mask else None
    answers = catalogue.readable(known.root, about, mask)
    if len(known.columns) > 1:
        answers &= catalogue.readable(known.root, [row.also or 0 for row in rows])
    return [row.pk for row, is_told in zip(rows, answers, strict=True) if is_told]


def _loaded(user, rows):
    stubs = [
        Item(pk=row.item_id, name=row.name, object_id=row.object_id) for row in rows
    ]
    found = items.readable_items(user, stubs)
    return [row.pk for row in rows if row.item_id in found]


def unread_readable(user, first=None):
    """The newest unread that `user` may read, until there are more than the badge counts.

    `first` is what `newest_unread` gave, where it was read already.
    """
    batch = newest_unread(user) if first is None else first
    found = []
    for _round in range(items.MOST_SCANNED // BATCH):
        found += readable(user, batch)
        if len(batch) < BATCH or len(found) > items.MOST_COUNTED:
            break
        batch = newest_unread(user, before=batch[-1].item_id)
    return found


def unread_count(user):
    """How many unread items `user` may still read, MOST_COUNTED + 1 at most ("99+")."""
    if not user.is_authenticated:
        return 0
    return min(len(unread_readable(user)), items.MOST_COUNTED + 1)


def rows_of(request):
    """The newest unread deliveries of the reader of `request`, read once a request."""
    if not hasattr(request, "_newest_unread"):
        request._newest_unread = newest_unread(request.user)
    return request._newest_unread


def unread_here(request, path):
    """The unread deliveries of the reader whose page is at `path`."""
    rows = rows_of(request)
    here = [row for row in rows if row.path == path]
    if len(rows) < BATCH:
        return here
    older = Delivery.objects.filter(
        user=request.user, read_at=None, item__path=path, item_id__lt=rows[-1].item_id
    ).values_list("pk", "item_id", "item__name", "item__object_id", "item__path")
    return here + [Unread(*row, None, None) for row in older]


def unread_of(request):
    """How many unread items the reader of `request` may read; 100 stands for more than 99.

    What the page being drawn shows is about to be read: it no longer counts.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return 0
    if not hasattr(request, "_unread_readable"):
        request._unread_readable = unread_readable(user, rows_of(request))
    shown = {one.pk for one in getattr(request, "deliveries_here", ())}
    left = sum(row.pk not in shown for row in request._unread_readable)
    return min(left, items.MOST_COUNTED + 1)


def newest_of(request, limit=3):
    """The newest unread of the reader, as [{pk, mark, what, title, lang}]."""
    if not rows_of(request):
        return []
    # One line a page: three answers to one question are one thing to look at.
    shown = {}
    for one in items.recent_for(request.user, limit=limit * 4):
        shown.setdefault(one.line.path.partition("#")[0].partition("?")[0], one)
    return [
        {
            "pk": one.delivery.pk,
            "mark": one.line.mark,
            "what": one.line.what,
            "title": one.line.title,
            "lang": one.line.lang,
        }
        for one in list(shown.values())[:limit]
    ]

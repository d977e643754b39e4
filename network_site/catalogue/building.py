"""Entries written from the objects they stand for: after a change, anew, and compared."""

import logging

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from network_site.catalogue import registry, triggers
from network_site.catalogue.columns import Row
from network_site.catalogue.models import Comparison, Entry, Mark
from network_site.core.claims import locked

logger = logging.getLogger(__name__)

CHUNK = 200
MOST_DIFFERENCES = 200
FIELDS = ("kind", "path", "is_live", "data")


def built(root, numbers):
    """{number: Built} of the objects of a root model that have an entry."""
    found = {}
    for source in registry.sources_of(root):
        for one in source.build(numbers):
            found[one.object_id] = one
    return found


def marked(most):
    """(the (root, number) of the `most` objects marked last, whether there are more)."""
    rows = (
        Mark.objects.values_list("model", "object_id")
        .annotate(last=Max("pk"))
        .order_by("-last")
        .values_list("model", "object_id")
    )
    found = list(rows[: most + 1])
    return found[:most], len(found) > most


def provisional(objects):
    """Rows for memory of marked objects, with numbers below zero."""
    rows, by_root = [], {}
    for root, number in objects:
        by_root.setdefault(root, []).append(number)
    for root, numbers in by_root.items():
        for one in built(root, numbers).values():
            rows.append(
                Row(
                    -1 - len(rows), one.kind, root, one.object_id,
                    one.is_live, one.path, one.as_data(), 0,
                )
            )  # fmt: skip
    return rows


def settle(most=CHUNK):
    """Write the entries of marked objects; return how many marks were taken.

    Several processes may do so at once: the entry is locked before its object is read, so
    that the last to write is also the last to have read.
    """
    if not Mark.objects.exists():
        # A plain read first: an idle worker must never take SQLite's write lock.
        return 0
    with transaction.atomic():
        marks = locked(Mark.objects.order_by("pk"), most)
        by_root = {}
        for mark in marks:
            by_root.setdefault(mark.model, set()).add(mark.object_id)
        for root, numbers in by_root.items():
            write(root, sorted(numbers))
        Mark.objects.filter(pk__in=[mark.pk for mark in marks]).delete()
    return len(marks)


def settle_all():
    """Write the entries of all marked objects."""
    while settle():
        pass


def write(root, numbers):
    """Bring the entries of objects up to date; return {number: fields that differed}."""
    if not registry.sources_of(root):
        return {}
    with transaction.atomic():
        Entry.objects.bulk_create(
            [
                Entry(model=root, object_id=one.object_id, kind=one.kind)
                for one in built(root, _without_entry(root, numbers)).values()
            ],
            ignore_conflicts=True,
        )
        entries = list(
            Entry.objects.select_for_update()
            .filter(model=root, object_id__in=numbers)
            .order_by("pk")
        )
        # Read once the entries are locked.
        now = built(root, [entry.object_id for entry in entries])
        differed, changed = {}, []
        for entry in entries:
            fields = _fields(now.get(entry.object_id), entry)
            wrong = [name for name in FIELDS if getattr(entry, name) != fields[name]]
            if wrong:
                differed[entry.object_id] = wrong
                changed.append(entry)
                for name in wrong:
                    setattr(entry, name, fields[name])
        Entry.objects.bulk_update(changed, FIELDS)
    return differed


def _without_entry(root, numbers):
    known = Entry.objects.filter(model=root, object_id__in=numbers)
    return sorted(set(numbers) - set(known.values_list("object_id", flat=True)))


def _fields(one, entry):
    if one is None:
        # The number stays with the object, which may come back from a restored backup.
        return {
            "kind": entry.kind, "path": entry.path, "is_live": False, "data": {},
        }  # fmt: skip
    return {
        "kind": one.kind,
        "path": one.path,
        "is_live": one.is_live,
        "data": one.as_data(),
    }


def _chunks(progress):
    """(root, numbers) of everything that has, or should have, an entry."""
    wanted = {}
    for source in registry.sources():
        wanted.setdefault(source.root, set()).update(source.ids())
    for root, number in Entry.objects.order_by().values_list("model", "object_id"):
        wanted.setdefault(root, set()).add(number)
    total, done = sum(map(len, wanted.values())), 0
    for root, numbers in wanted.items():
        numbers = sorted(numbers)
        for start in range(0, len(numbers), CHUNK):
            yield root, numbers[start : start + CHUNK]
            done += len(numbers[start : start + CHUNK])
            if progress:
                progress(done, total)


def rebuild(progress=None):
    """Write all entries anew while the site serves; return how many were wrong.

    Every process reads them all again at its next question.
    """
    # What is marked by now is written below.
    marks = list(Mark.objects.order_by().values_list("pk", flat=True))
    wrong = sum(len(write(root, numbers)) for root, numbers in _chunks(progress))
    for start in range(0, len(marks), CHUNK):
        Mark.objects.filter(pk__in=marks[start : start + CHUNK]).delete()
    triggers.renew_epoch()
    return wrong


def compare():
    """Compare every entry with its object, mend what differs, keep what was found."""
    settle_all()
    differences = []
    for root, numbers in _chunks(None):
        waiting = set(
            Mark.objects.filter(model=root, object_id__in=numbers).values_list(
                "object_id", flat=True
            )
        )
        for number, fields in write(root, numbers).items():
            # What changes while this runs is no difference: its mark says so.
            if number not in waiting:
                differences.append({"model": root, "pk": number, "fields": fields})
    if differences:
        logger.error("Catalogue: %s entries differed and were mended", len(differences))
    Comparison.objects.filter(
        at__lt=timezone.now() - timezone.timedelta(days=90)
    ).delete()
    return Comparison.objects.create(
        entry_count=Entry.objects.count(),
        differences=differences[:MOST_DIFFERENCES],
    )

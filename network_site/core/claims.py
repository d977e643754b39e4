"""One way for several workers to share work: a row is taken by one of them, for a time.

A table of work has `claimed_by` (the worker's id) and `claimed_until`. Whoever dies holds its rows until
then, or until the living give them back (`of_the_dead`). Two engines, one meaning: PostgreSQL
passes over the rows that another has locked (SKIP LOCKED), SQLite has one writer at a time; and
the update says once more in its condition that the row is free.
"""

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

FREE = {"claimed_by": "", "claimed_until": None}


def free(now=None):
    """The condition that nobody works on a row."""
    return Q(claimed_until=None) | Q(claimed_until__lte=now or timezone.now())


def of_the_dead(worker_ids_alive):
    """The condition that a row is held by a worker that is gone.

    Claims of other processes (a command, a test) run out by themselves.
    """
    return Q(claimed_by__startswith="worker-") & ~Q(
        claimed_by__in=list(worker_ids_alive)
    )


def locked(rows, most):
    """The first `most` of `rows` that no other transaction has in hand; call it in one."""
    return list(rows.select_for_update(skip_locked=True)[:most])


def take(due, *, by, lease, most, now=None):
    """Claim for `by`, during `lease`, the first rows of the queryset `due`; return them.

    `most` is a number, or a function that gives it, called once the transaction is open. `due` must leave out
    what is not `free`.
    """
    now = now or timezone.now()
    # A plain read first: an idle worker must never take SQLite's write lock.
    if not due.exists():
        return []
    with transaction.atomic():
        rows = locked(due, most() if callable(most) else most)
        claim = {"claimed_by": by, "claimed_until": now + lease}
        those = due.model._default_manager.filter(pk__in=[row.pk for row in rows])
        if those.filter(free(now)).update(**claim) != len(rows):
            mine = set(those.filter(**claim).values_list("pk", flat=True))
            rows = [row for row in rows if row.pk in mine]
    return rows


def swap(row, *held, **changes):
    """Write `changes` if and only if the fields `held` still say what `row` says.

    Of several that try, one gets True.
    """
    same = {name: getattr(row, name) for name in held}
    rows = type(row)._default_manager.filter(pk=row.pk, **same)
    return bool(rows.update(**changes))


def insert_once(row):
    """Save a new `row`; None when its unique key is taken: another was first."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return None
    return row

"""Effects that must survive: rows written with what caused them, handled by the worker.

A service calls `emit("registration_confirmed", registration_id=7)` inside its own
transaction: the row exists if and only if the change does. The worker reads the rows in
order and calls every handler registered for the kind:

    @handles("registration_confirmed")
    def send_confirmation(registration_id): ...

    @handles("page_published", "page_moved", batch=True)
    def index_pages(items):  # items: list of Item(kind, ids)
        ...

The contract of a handler: it takes ids and reads the objects again, checks again that
the reader may see them, does nothing when the object is gone, and may be called twice
for the same row (a worker may be killed between the effect and its mark). It must be
short; long work is a task on the "slow" queue that the handler enqueues.
"""

import logging
import time
import traceback
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from django.utils import timezone
from django.utils.crypto import get_random_string

from network_site.core import claims, moment
from network_site.core.models import OutboxEntry

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
MAX_ATTEMPTS = 10
BATCH_SIZE = 50
LONGEST_WAIT = timedelta(hours=1)


class Item(NamedTuple):
    """What a batch handler receives, one for each row."""

    kind: str
    ids: dict


@dataclass(frozen=True)
class Handler:
    path: str
    call: Callable
    is_batch: bool


_registry: dict[str, list[Handler]] = defaultdict(list)


def handles(*kinds, batch=False):
    """Register the decorated function for `kinds`; its dotted path is its name.

    A plain handler is called with the ids as keyword arguments, a batch handler with
    the list of the `Item`s at hand.
    """

    def register(function):
        handler = Handler(
            f"{function.__module__}.{function.__qualname__}", function, batch
        )
        for kind in kinds:
            if all(known.path != handler.path for known in _registry[kind]):
                _registry[kind].append(handler)
        return function

    return register


def handlers_of(kind):
    """The handlers of `kind`, in the order of registration."""
    return tuple(_registry.get(kind, ()))


def registered_kinds():
    return sorted(kind for kind, handlers in _registry.items() if handlers)


def emit(kind, /, **ids):
    """Write down that `kind` happened to the objects named by `ids` (ids only).

    Call it inside the transaction that makes the change. Without one it writes at once,
    which is what a command with a single effect wants.
    """
    moment.end()
    return OutboxEntry.objects.create(kind=kind, payload=ids)


def emit_many(kind, rows, /):
    """Write one row of `kind` for each mapping of `rows`, in one query."""
    moment.end()
    return OutboxEntry.objects.bulk_create(
        OutboxEntry(kind=kind, payload=dict(row)) for row in rows
    )


def drain(limit=None, seconds=None, claimed_by=None):
    """Handle what is due, oldest first; return the number of rows taken.

    Stops when nothing is due, after `limit` rows, or after `seconds`. Several
    processes may drain at once: each row is claimed in a short transaction first, and
    its handlers run outside of it.
    """
    claimed_by = claimed_by or f"drain-{get_random_string(8)}"
    deadline = None if seconds is None else time.monotonic() + seconds
    taken = 0
    while limit is None or taken < limit:
        size = BATCH_SIZE if limit is None else min(BATCH_SIZE, limit - taken)
        entries = _claim(size, claimed_by)
        if not entries:
            break
        _handle(entries)
        taken += len(entries)
        if deadline is not None and time.monotonic() >= deadline:
            break
    return taken


def _claim(size, claimed_by):
    """Take up to `size` due rows for LEASE, so that no other worker has them."""
    now = timezone.now()
    due = OutboxEntry.objects.due(now).order_by("next_attempt_at", "pk")
    entries = claims.take(due, by=claimed_by, lease=LEASE, most=size, now=now)
    return sorted(entries, key=lambda entry: entry.pk)


def _handle(entries):
    errors = {entry.pk: [] for entry in entries}
    batches = defaultdict(list)
    for entry in entries:
        for handler in handlers_of(entry.kind):
            if handler.path in entry.done_handlers:
                continue
            if handler.is_batch:
                batches[handler].append(entry)
            else:
                _attempt(handler, [entry], errors)
        if not any(entry in waiting for waiting in batches.values()):
            # Settled at once: what a kill would repeat is one row, not the whole claim.
            _settle(entry, errors[entry.pk])
    for handler, waiting in batches.items():
        _attempt(handler, waiting, errors)
    for entry in {
        entry.pk: entry for many in batches.values() for entry in many
    }.values():
        _settle(entry, errors[entry.pk])


def _attempt(handler, entries, errors):
    """Call one handler and remember, row by row, that it is done or why it is not."""
    try:
        if handler.is_batch:
            handler.call([Item(entry.kind, entry.payload) for entry in entries])
        else:
            handler.call(**entries[0].payload)
    except Exception:
        report = f"{handler.path}\n{traceback.format_exc()}"
        logger.warning(
            "Outbox handler %s failed on %s",
            handler.path,
            [entry.pk for entry in entries],
            exc_info=True,
        )
        for entry in entries:
            errors[entry.pk].append(report)
    else:
        for entry in entries:
            entry.done_handlers = [*entry.done_handlers, handler.path]
        if len(entries) == 1 and len(handlers_of(entries[0].kind)) > 1:
            # Remembered at once: a later handler may be killed half-way.
            entries[0].save(update_fields=["done_handlers"])


def _settle(entry, errors):
    now = timezone.now()
    entry.attempts += 1
    entry.claimed_by, entry.claimed_until = "", None
    entry.last_error = "\n".join(errors)
    if not errors:
        entry.handled_at = now
    elif entry.attempts >= MAX_ATTEMPTS:
        entry.is_dead = True
        logger.error("Outbox entry %s (%s) given up", entry.pk, entry.kind)
    else:
        entry.next_attempt_at = now + min(
            timedelta(seconds=5 * 2**entry.attempts), LONGEST_WAIT
        )
    entry.save(
        update_fields=[
            "attempts",
            "claimed_by",
            "claimed_until",
            "done_handlers",
            "handled_at",
            "is_dead",
            "last_error",
            "next_attempt_at",
        ]
    )


def release_claims_of(worker_ids_alive):
    """Give back the rows of workers that are gone; return how many."""
    rows = OutboxEntry.objects.pending().filter(claims.of_the_dead(worker_ids_alive))
    return rows.update(**claims.FREE)

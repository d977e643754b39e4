"""The mails in waiting: who builds them, how they are queued, how they leave.

    enqueue(key=f"item:{pk}:{user.pk}", kind="item", user=user, reference=pk)

writes a row in the caller's transaction; the worker's mail lanes build and send it later
(courier.py). A key is taken for ever: the same mail never leaves twice.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import batched

from django.core.mail import EmailMultiAlternatives

from network_site.core import claims
from network_site.mailing.courier import (
    Courier,
    Outdated,
    mark_interrupted,
    moment,
)
from network_site.mailing.enums import Mailer
from network_site.mailing.models import OutgoingMail

__all__ = [
    "Letter",
    "Outdated",
    "builder_of",
    "builds",
    "deliver_due",
    "enqueue",
    "enqueue_many",
    "kinds",
    "mark_interrupted",
    "moment",
]

# SQLite has one writer: each chunk holds its lock for about ten milliseconds.
CHUNK = 50

_builders: dict[str, Callable] = {}


@dataclass(frozen=True)
class Letter:
    """A mail ready to leave.

    `on_sending` runs in the transaction that marks the mail "being sent": what it writes (the
    deliveries it carries) is true if and only if the mail was handed over, or may have been.
    `on_returned` undoes it, in the transaction that says that the server did not take the
    mail: it waits for another attempt, for which it is built anew, or is refused for good.
    """

    message: EmailMultiAlternatives
    on_sending: Callable[[], None] | None = None
    on_returned: Callable[[], None] | None = None


def builds(kind):
    """Register the builder of a kind of mail.

        @builds("digest")
        def open_batch(mails): ...   # -> build(mail) -> Letter | None

    It is called with a list of OutgoingMail (their users fetched), reads once what they share, and returns
    the function that builds one of them. That function checks again what the person may
    read, returns None when nothing is left to say (the mail is dropped), and may raise: that
    one mail is refused and listed, the others leave.
    """

    def register(function):
        _builders[kind] = function
        return function

    return register


def builder_of(kind):
    return _builders.get(kind)


def kinds():
    return sorted(_builders)


def enqueue(
    *,
    key,
    kind,
    user=None,
    address="",
    notification="",
    reference=None,
    mailer=Mailer.DEFAULT,
    at=None,
):
    """Put a mail in the queue, once for a key; return it, or None when the key is known.

    `kind` names its builder, `reference` what that needs (a number), `notification` the
    declared notification it carries. Without `address` it goes to the user's. `at` is the
    earliest time it leaves. Call it in the transaction that makes the mail necessary.
    """
    if OutgoingMail.objects.filter(key=key).exists():
        return None
    mail = _row(
        key=key,
        kind=kind,
        user=user,
        address=address,
        notification=notification,
        reference=reference,
        mailer=mailer,
        at=at,
    )
    return claims.insert_once(mail)


def enqueue_many(rows):
    """Put many mails in the queue, in short transactions; known keys are passed over.

    `rows` are mappings of what `enqueue` takes (an iterator is read as it goes, so that
    50,000 need no memory). Not for a transaction of one's own: after a kill, call it again
    with the same keys. Returns how many rows were read.
    """
    count = 0
    for chunk in batched(rows, CHUNK):
        mails = [_row(**row) for row in chunk]
        OutgoingMail.objects.bulk_create(mails, ignore_conflicts=True)
        count += len(mails)
    return count


def _row(
    *,
    key,
    kind,
    user=None,
    address="",
    notification="",
    reference=None,
    mailer=Mailer.DEFAULT,
    at=None,
):
    mail = OutgoingMail(
        key=key,
        kind=kind,
        user=user,
        address=address or (user.email if user else ""),
        notification=notification,
        reference=reference,
        mailer=mailer,
    )
    if not mail.address:
        raise ValueError(f"Mail {key} has neither a person nor an address")
    if at is not None:
        mail.next_attempt_at = at
    return mail


def deliver_due(
    *, limit=None, claimed_by=None, now=None, seconds=None, mailer=None, stop=None
):
    """Send what is due; return how many mails were taken in hand.

    What somebody waits for (Mailer.DEFAULT) leaves before what leaves in number, unless
    `mailer` names one of them. Stops when nothing is due or may leave (rate, a server that
    cannot be reached), after `limit` mails, after `seconds`, or when `stop()` is true. `now`
    is the time everything is done at, for tests and simulations.
    """
    deadline = None if seconds is None else time.monotonic() + seconds

    def is_over():
        late = deadline is not None and time.monotonic() >= deadline
        return late or (stop is not None and stop())

    couriers = [
        Courier(name, builder_of, claimed_by=claimed_by, now=now, stop=is_over)
        for name in ([mailer] if mailer else [Mailer.DEFAULT, Mailer.BULK])
    ]
    taken = 0
    try:
        while (limit is None or taken < limit) and not is_over():
            room = None if limit is None else limit - taken
            handled = next(filter(None, (one.deliver(room) for one in couriers)), 0)
            if not handled:
                break
            taken += handled
    finally:
        for courier in couriers:
            courier.close()
    return taken

"""Carries the mails of one mailer to its server, over one connection, each at most once.

The order of writing is what keeps a mail from leaving twice: "being sent" is committed before
the server is spoken to, and what became of it afterwards. A process that is killed in between
leaves a row that says "being sent": marked uncertain by `mark_interrupted`, never repeated.
"""

import contextvars
import logging
import time
import traceback
from collections import defaultdict
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.core.mail import mailers
from django.db import (
    DatabaseError,
    InterfaceError,
    OperationalError,
    connection,
    transaction,
)
from django.db.models import F, prefetch_related_objects
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_noop

from network_site.core import claims
from network_site.core.text import one_line_of
from network_site.mailing import (
    addresses,
    bounces,
)
from network_site.mailing.enums import MailStatus
from network_site.mailing.models import OutgoingMail
from network_site.mailing.smtp import (
    Fate,
    verdict_on,
)

logger = logging.getLogger(__name__)

# Outlasts the slowest hand-over of one mail (smtp.SECONDS_AFTER_THE_DOT and the dialogue).
LEASE = timedelta(minutes=10)
BATCH_SIZE = 100
# 1, 2, 4 … 256 minutes, then every six hours: twenty attempts make about three days.
MAX_ATTEMPTS = 20
LONGEST_WAIT = timedelta(hours=6)
# A server that cannot be reached is left alone, a little longer each time.
FIRST_REST = 30.0
LONGEST_REST = 600.0
# Rows that say "sent" are written with patience: the mail is gone whatever the database says.
PATIENCE = 6
# One number for every process that counts mails before it takes some (PostgreSQL).
RATE_LOCK = 7_263_548

SUSPENDED = gettext_noop("The address is suspended: mails to it came back.")
INACTIVE = gettext_noop("The account is closed.")
GIVEN_UP = gettext_noop("Given up after three days of attempts.")

_moment = contextvars.ContextVar("moment of the delivery", default=None)


def moment():
    """The time a builder works at: that of the delivery under way, or now."""
    return _moment.get() or timezone.now()


def wait_before(attempts):
    """How long a mail waits after `attempts` that failed before the present one."""
    return min(timedelta(minutes=2 ** min(attempts, 12)), LONGEST_WAIT)


class Outdated(Exception):
    """Raised by `on_sending`: what the mail says was read or told meanwhile.

    Nothing is written and nothing sent; the mail stays in the queue and is built anew.
    """


class Courier:
    """One mailer's carrier: claims mails, has them built, sends them, writes what became of them."""

    def __init__(self, mailer, builder_of, *, claimed_by=None, now=None, stop=None):
        self.mailer = str(mailer)
        self._builder_of = builder_of
        self.claimed_by = claimed_by or f"delivery-{get_random_string(8)}"
        self._fixed_now = now
        self._stop = stop or (lambda: False)
        self._connection = None
        self._failures = 0
        self._rests_until = 0.0

    def deliver(self, limit=None):
        """Take one batch in hand; return how many mails it held (0: nothing may leave)."""
        if time.monotonic() < self._rests_until:
            return 0
        token = _moment.set(self._fixed_now)
        try:
            mails = self._claim(min(limit or BATCH_SIZE, BATCH_SIZE))
            if mails:
                self._handle(mails)
        finally:
            _moment.reset(token)
        return len(mails)

    def close(self):
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    # Taking mails in hand

    def _claim(self, size):
        now = moment()
        due = OutgoingMail.objects.due(now).filter(mailer=self.mailer)
        if not due.exists() or self._allowance(now) <= 0:
            return []
        mails = claims.take(
            due.order_by("next_attempt_at", "pk"),
            by=self.claimed_by,
            lease=LEASE,
            most=lambda: min(size, self._allowance(now, is_binding=True)),
            now=now,
        )
        prefetch_related_objects(mails, "user")
        return mails

    def _allowance(self, now, *, is_binding=False):
        """How many mails may be taken now under the mailer's rate (mails a minute).

        Counted in the journal, with those in hand: it holds for all processes together.
        """
        rate = settings.MAIL_RATES.get(self.mailer) or 0
        if not rate:
            return BATCH_SIZE
        if is_binding and connection.vendor == "postgresql":
            # SQLite's transaction is alone already; here two would count the same mails.
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [RATE_LOCK])
        ours = OutgoingMail.objects.filter(mailer=self.mailer)
        gone = ours.filter(sent_at__gt=now - timedelta(minutes=1)).count()
        in_hand = ours.filter(
            status__in=[MailStatus.QUEUED, MailStatus.SENDING], claimed_until__gt=now
        ).count()
        return max(0, rate - gone - in_hand)

    def _handle(self, mails):
        left = {mail.pk: mail for mail in self._sift(mails)}
        try:
            if left and self._is_open(left):
                by_kind = defaultdict(list)
                for mail in left.values():
                    by_kind[mail.kind].append(mail)
                for kind, group in by_kind.items():
                    self._handle_kind(kind, group, left)
        finally:
            # Stopped, or hung up on: the next one takes them.
            self._mine(left).update(**claims.FREE)

    def _mine(self, pks):
        return OutgoingMail.objects.filter(
            pk__in=list(pks), status=MailStatus.QUEUED, claimed_by=self.claimed_by
        )

    def _sift(self, mails):
        """The mails whose person and address may be written to; the others are dropped."""
        kept = []
        for mail in mails:
            if mail.user is not None and mail.user.email:
                # It may have changed since.
                mail.address = mail.user.email
        suspended = bounces.suspended_among(mail.address for mail in mails)
        for mail in mails:
            if mail.user is not None and not mail.user.is_active:
                self._drop(mail, INACTIVE)
            elif bounces.folded(mail.address) in suspended:
                self._drop(mail, SUSPENDED)
            else:
                kept.append(mail)
        return kept

    # The server

    def _is_open(self, left):
        """Reach the server before anything is built; when it cannot be, all wait."""
        if self._connection is None:
            self._connection = mailers[self.mailer]
        try:
            self._connection.open()
        except OSError as error:
            self._put_back_all(left, verdict_on(error).said)
            return False
        return True

    def _put_back_all(self, left, said):
        """One attempt for each of the mails in hand, at the price of a single failure."""
        now = moment()
        self._rest()
        logger.warning("Mailer %s: %s; its mails wait", self.mailer, said)
        with transaction.atomic():
            for attempts in {mail.attempts for mail in left.values()}:
                same = [pk for pk, mail in left.items() if mail.attempts == attempts]
                given_up = attempts + 1 >= MAX_ATTEMPTS
                self._mine(same).update(
                    status=MailStatus.FAILED if given_up else MailStatus.QUEUED,
                    attempts=F("attempts") + 1,
                    next_attempt_at=now + wait_before(attempts),
                    error=f"{GIVEN_UP} {said}" if given_up else said,
                    **claims.FREE,
                )
        left.clear()

    def _rest(self):
        self._failures += 1
        rest = min(FIRST_REST * 2 ** (self._failures - 1), LONGEST_REST)
        self._rests_until = time.monotonic() + rest
        self.close()

    # One kind, one mail

    def _handle_kind(self, kind, group, left):
        build = self._open_batch(kind, group, left)
        for mail in group:
            if self._stop() or self._rests_until > time.monotonic():
                return
            if mail.pk not in left:
                continue
            letter = self._prepare(build, mail)
            del left[mail.pk]
            if letter is not None:
                self._hand_over(mail, letter, left)

    def _open_batch(self, kind, group, left):
        """The function that builds one mail of `group`.

        When reading for all of them fails, each is read for alone: one bad row does not hold
        back the others.
        """
        opener = self._builder_of(kind)
        if opener is None:
            for mail in group:
                self._fail(left.pop(mail.pk), f"Nothing builds mails of kind {kind!r}.")
            return None
        try:
            return opener(group)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            logger.warning(
                "Mails of kind %s cannot be read together", kind, exc_info=True
            )
            return lambda mail: opener([mail])(mail)

    def _prepare(self, build, mail):
        """Build the mail and mark it "being sent"; None when it does not leave now."""
        try:
            letter = build(mail)
            if letter is None:
                self._drop(mail)
                return None
            is_ours = self._mark_sending(mail, letter)
        except (OperationalError, InterfaceError):
            # The lane starts again; the mail is no worse for it.
            raise
        except Exception:
            logger.warning("Mail %s cannot be built", mail.key, exc_info=True)
            self._fail(mail, traceback.format_exc())
            return None
        return letter if is_ours else None

    def _mark_sending(self, mail, letter):
        """Commit "being sent", with what the letter writes; False when it is not ours."""
        message = dress(letter.message, mail)
        try:
            with transaction.atomic():
                is_ours = self._mine([mail.pk]).update(
                    status=MailStatus.SENDING,
                    claimed_until=moment() + LEASE,
                    address=message.to[0],
                    subject=message.subject[:250],
                    message_id=message.extra_headers["Message-ID"],
                )
                if is_ours and letter.on_sending is not None:
                    letter.on_sending()
        except Outdated:
            # Its claim is given back: the next batch reads again and builds it anew.
            self._mine([mail.pk]).update(**claims.FREE)
            return False
        return bool(is_ours)

    def _hand_over(self, mail, letter, left):
        try:
            send_over(self._connection, letter.message)
        except Exception as error:  # noqa: BLE001 (its meaning is what is found out)
            verdict = verdict_on(error)
        else:
            self._failures = 0
            settle(mail, status=MailStatus.SENT, sent_at=moment(), error="")
            return
        logger.warning("Mail %s: %s", mail.key, verdict.said)
        if verdict.fate is Fate.UNCERTAIN:
            settle(mail, status=MailStatus.UNCERTAIN, error=verdict.said)
            # A server in that state would make every mail uncertain.
            self._rest()
        elif verdict.fate is Fate.REFUSED:
            self._give_back(mail, letter, MailStatus.FAILED, verdict.said)
            bounces.note_refusal(mail, verdict, now=moment())
        else:
            given_up = mail.attempts + 1 >= MAX_ATTEMPTS
            status = MailStatus.FAILED if given_up else MailStatus.QUEUED
            said = f"{GIVEN_UP} {verdict.said}" if given_up else verdict.said
            self._give_back(mail, letter, status, said)
            if verdict.fate is Fate.UNREACHABLE:
                self._put_back_all(left, verdict.said)

    def _give_back(self, mail, letter, status, said):
        """The server did not take it: undo what was written when it was to leave."""
        with transaction.atomic():
            if letter.on_returned is not None:
                letter.on_returned()
            settle(
                mail,
                status=status,
                attempts=mail.attempts + 1,
                next_attempt_at=moment() + wait_before(mail.attempts),
                error=said,
            )

    def _drop(self, mail, reason=""):
        self._mine([mail.pk]).update(
            status=MailStatus.DROPPED, error=reason, **claims.FREE
        )

    def _fail(self, mail, error):
        self._mine([mail.pk]).update(
            status=MailStatus.FAILED,
            attempts=F("attempts") + 1,
            error=error,
            **claims.FREE,
        )


def dress(message, mail):
    """Put on what every mail wears, whoever wrote it: sender, identifier, way back."""
    message.subject = one_line_of(str(message.subject))
    message.extra_headers = {
        "Auto-Submitted": "auto-generated",
        "Message-ID": addresses.new_message_id(),
        **message.extra_headers,
        # Never a member's: their domain's DMARC would have it refused.
        "From": settings.DEFAULT_FROM_EMAIL,
    }
    message.from_email = (
        addresses.envelope_sender(mail.pk) or settings.DEFAULT_FROM_EMAIL
    )
    return message


def send_over(server, message):
    """Send over a connection that stays open afterwards."""
    server.open()
    server.send_messages([message])


def settle(mail, **fields):
    """Write what became of a mail that was being sent; a locked database is waited for."""
    rows = OutgoingMail.objects.filter(
        # Said to be uncertain meanwhile: now it is known.
        pk=mail.pk,
        status__in=[MailStatus.SENDING, MailStatus.UNCERTAIN],
    )
    if transaction.get_connection().in_atomic_block:
        rows.update(**claims.FREE, **fields)
        return
    for attempt in range(PATIENCE):
        try:
            rows.update(**claims.FREE, **fields)
            return
        except (DatabaseError, InterfaceError):
            if attempt == PATIENCE - 1:
                raise
            logger.warning("Mail %s: its fate is written later", mail.key)
            time.sleep(2**attempt / 4)


def mark_interrupted(worker_ids_alive, now=None):
    """Settle what dead workers had in hand; return how many mails became uncertain.

    What was being sent may have arrived: it is marked and never repeated. What was only
    claimed is given back.
    """
    now = now or timezone.now()
    theirs, over = claims.of_the_dead(worker_ids_alive), claims.free(now)
    sending = OutgoingMail.objects.filter(status=MailStatus.SENDING)
    interrupted = list(sending.filter(theirs | over).values_list("pk", "key"))
    if interrupted:
        sending.filter(pk__in=[pk for pk, _key in interrupted]).filter(
            theirs | over
        ).update(status=MailStatus.UNCERTAIN, **claims.FREE)
        for _pk, key in interrupted:
            logger.warning(
                "Mail %s was interrupted while being sent; not repeated", key
            )
    abandoned = OutgoingMail.objects.filter(theirs, status=MailStatus.QUEUED)
    if abandoned.exists():
        abandoned.update(**claims.FREE)
    return len(interrupted)


@contextmanager
def at_moment(now):
    """Let `moment()` answer `now`, in simulations that build without sending."""
    token = _moment.set(now)
    try:
        yield
    finally:
        _moment.reset(token)

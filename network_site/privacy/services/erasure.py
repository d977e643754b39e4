"""Carrying out a departure: category by category, so that a kill loses nothing.

The account is closed first (nothing is sent to it and nobody logs in any more), what is needed
to the end is held in the row of the departure, and each category notes what it did in the
transaction in which it does it. When everything has gone the receipt leaves for the address
that is held, and the row forgets it.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from network_site.core.outbox import emit
from network_site.journal.enums import Action
from network_site.journal.services import record
from network_site.privacy.enums import DepartureCause
from network_site.privacy.models import Departure
from network_site.privacy.services.departures import signature_of
from network_site.privacy.services.inactivity import is_still_away
from network_site.registries.personal_data import (
    Leaving,
    in_order_of_erasure,
)

logger = logging.getLogger(__name__)

# What was begun and is not ended is taken up again after an hour, and ended without its
# receipt after a week: a mail server that is down must not keep an account alive.
TAKEN_UP_AFTER = timedelta(hours=1)
RECEIPT_WAITS = timedelta(days=7)


def call_due(*, now=None):
    """Have the departures whose time has come carried out; return how many."""
    now = now or timezone.now()
    due = Departure.objects.filter(
        cancelled_at=None, erased_at=None, begun_at=None, due_at__lte=now
    )
    return _call(due)


def take_up_again(*, now=None):
    """Carry on what a killed worker or a silent mail server left half-way."""
    now = now or timezone.now()
    return _call(
        Departure.objects.filter(
            erased_at=None, cancelled_at=None, begun_at__lt=now - TAKEN_UP_AFTER
        )
    )


def _call(departures):
    pks = list(departures.values_list("pk", flat=True))
    for pk in pks:
        emit("departure.due", departure_id=pk)
    return len(pks)


def begin(*, departure_id, now=None):
    """Close the account; from here nobody changes their mind. Return the Departure or None.

    None when it was given up, is not due, is over, or the person was seen in the meantime.
    """
    now = now or timezone.now()
    with transaction.atomic():
        departure = (
            Departure.objects.select_for_update(of=("self",))
            .select_related("user")
            .filter(pk=departure_id, cancelled_at=None, erased_at=None, due_at__lte=now)
            .first()
        )
        if departure is None or departure.begun_at is not None:
            return departure
        user = departure.user
        if departure.cause == DepartureCause.INACTIVITY and not is_still_away(
            user, now
        ):
            departure.cancelled_at = now
            departure.save(update_fields=["cancelled_at"])
            return None
        departure.begun_at = now
        departure.held = {
            "first_name": user.first_name,
            "last_name": user.last_name,
            "addresses": _addresses(user),
            "signature": signature_of(user, departure.signature, now),
            "language": user.language,
        }
        departure.save(update_fields=["begun_at", "held"])
        user.is_active = False
        user.left_at = now
        user.save(update_fields=["is_active", "left_at"])
        return departure


def _addresses(user):
    others = user.emailaddress_set.values_list("email", flat=True)
    return list(dict.fromkeys(one for one in (user.email, *others) if one))


def leaving_of(departure, now):
    """The Leaving that the categories receive, from what is held."""
    held = departure.held
    return Leaving(
        user_id=departure.user_id,
        signature=held["signature"],
        keeps_name=departure.keeps_name,
        now=now,
        first_name=held["first_name"],
        last_name=held["last_name"],
        addresses=tuple(held["addresses"]),
    )


def carry_out(*, departure_id, now=None):
    """Erase all that is the person's, then have the receipt sent; return the Departure or None.

    Stopped half-way, it goes on where it was; ended, it does nothing.
    """
    now = now or timezone.now()
    departure = begin(departure_id=departure_id, now=now)
    if departure is None:
        return None
    leaving = leaving_of(departure, now)
    done = {entry["category"] for entry in departure.lines}
    for category in in_order_of_erasure():
        if category.name in done:
            continue
        if category.has_own_transactions:
            lines = list(category.erase(leaving))
            _note(departure, category, lines)
        else:
            with transaction.atomic():
                _note(departure, category, list(category.erase(leaving)))
    for category in in_order_of_erasure():
        category.settle(leaving)
    emit("departure.emptied", departure_id=departure.pk)
    return departure


def _note(departure, category, lines):
    departure.lines.append(
        {
            "category": category.name,
            "lines": [_frozen(line) for line in lines if line.erased or line.kept],
        }
    )
    departure.save(update_fields=["lines"])


def _frozen(line):
    """A line as it is kept: its words in each language of the site, as they are today."""
    words = {"label": {}, "why": {}}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            words["label"][code] = str(line.label)
            words["why"][code] = str(line.why_kept)
    return {"erased": line.erased, "kept": line.kept, **words}


def receipt_lines(departure, language):
    """The lines of a receipt in `language`: dicts label, erased, kept, why."""
    return [
        {
            "label": line["label"].get(language) or line["label"]["fr"],
            "why": line["why"].get(language) or line["why"]["fr"],
            "erased": line["erased"],
            "kept": line["kept"],
        }
        for entry in departure.lines
        for line in entry["lines"]
    ]


def what_goes_later():
    """The sentences of a receipt about what is out of the site's own reach today."""
    return [
        _(
            "Backups made before today still hold your data. They are kept for %(days)d"
            " days, serve only to restore the site after an accident, and this erasure is"
            " then done again."
        )
        % {"days": settings.BACKUP_KEPT_DAYS},
        _(
            "The technical logs of the server, which may hold an address that refused a"
            " mail, are kept for %(days)d days."
        )
        % {"days": settings.SERVER_LOG_KEPT_DAYS},
    ]


def close(*, departure_id, now=None):
    """The receipt has left: forget the address it went to, and write the end in the journal."""
    now = now or timezone.now()
    with transaction.atomic():
        departure = (
            Departure.objects.select_for_update()
            .filter(pk=departure_id, erased_at=None)
            .exclude(begun_at=None)
            .first()
        )
        if departure is None:
            return
        leaving = leaving_of(departure, now)
        for category in in_order_of_erasure():
            if category.erases_again:
                list(category.erase(leaving))
        departure.held = {}
        departure.erased_at = now
        departure.save(update_fields=["held", "erased_at"])
        record(
            Action.ACCOUNT_ERASED,
            subject=get_user_model()(pk=departure.user_id),
            about=departure,
            cause=departure.cause,
        )
    logger.info("Departure %s carried out", departure_id)


def may_end_without_receipt(departure, now=None):
    """Whether the receipt has waited long enough for a mail server."""
    return (now or timezone.now()) - departure.begun_at >= RECEIPT_WAITS

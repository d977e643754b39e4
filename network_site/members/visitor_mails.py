"""Mails that a visitor causes by typing an address: few, whoever types it and from wherever.

Counted by address, in the cache that all processes share, so that neither many places nor
many browsers fill the mail box of somebody. What a page answers depends on how often the
address was typed, never on whether it is known.
"""

from contextlib import contextmanager

from django.contrib.auth import get_user_model
from django.db.models import Q

from network_site.core import limits
from network_site.members.services.admission import unproven_requests

# Codes, and what is written instead of one, to an address in a day.
PER_DAY = 10
# Notices of one kind that visitors cause, to somebody who has an account.
NOTICES_PER_DAY = 3
# Whoever has no account never asked for anything here: one mail, whatever it says.
STRANGER_WINDOW = 7 * limits.DAY
# Mails of one kind to somebody who answers what visitors send.
ALERTS_PER_DAY = 20


def count(email):
    """Note that a mail to `email` was asked for; returns whether it may still be."""
    return limits.allow("mails", _form(email), limit=PER_DAY, window=limits.DAY)


def uncount(email):
    """The mail that was counted could not leave."""
    limits.uncount("mails", _form(email), window=limits.DAY)


def is_full(email):
    """Whether nothing more may be asked for this address today."""
    return limits.count("mails", _form(email), window=limits.DAY) >= PER_DAY


def seconds_until_open():
    """Until the count of the day begins again."""
    return limits.seconds_left(limits.DAY)


def may_notify(email, kind):
    """Whether a notice of `kind` may be written to `email`; counts it when it may."""
    if has_account(email):
        return limits.allow(
            f"mails:{kind}", _form(email), limit=NOTICES_PER_DAY, window=limits.DAY
        )
    return limits.once("mails:stranger", _form(email), within=STRANGER_WINDOW)


@contextmanager
def notice(email, kind):
    """`may_notify`, for as long as the mail is being sent: one that fails is not counted
    against a stranger, who may then be written to.
    """
    allowed = may_notify(email, kind)
    try:
        yield allowed
    except Exception:
        if allowed:
            limits.forget("mails:stranger", _form(email))
        raise


def may_answer(email):
    """Whether `email`, typed by a visitor, may be told what became of what they sent."""
    return limits.allow(
        "mails:answer", _form(email), limit=NOTICES_PER_DAY, window=limits.DAY
    )


def may_alert(user, kind):
    """Whether `user` is told at once of one more thing of `kind` that visitors sent."""
    return limits.allow(
        f"alerts:{kind}", user.pk, limit=ALERTS_PER_DAY, window=limits.DAY
    )


def has_account(email):
    """Whether somebody has an account at `email`; a request that nobody proved is none."""
    return (
        get_user_model()
        .objects.filter(
            Q(email__iexact=email) | Q(emailaddress__email__iexact=email),
            is_active=True,
        )
        .exclude(pk__in=unproven_requests().values("user"))
        .exists()
    )


def _form(email):
    return email.strip().lower()

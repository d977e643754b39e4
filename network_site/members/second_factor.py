"""Whoever holds powers over others proves who they are twice.

The rule (docs/decisions/0013): a role that opens the back office or decides about people
asks for a second factor, an application's code or a passkey. Without one, after the days of
grace, every page but those of the account leads to setting one up; with one, a session counts
only when it has shown it.
"""

from dataclasses import dataclass
from datetime import timedelta

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.utils import timezone

from network_site.core.outbox import emit
from network_site.journal.enums import Action
from network_site.journal.models import Entry
from network_site.journal.services import record
from network_site.members import roles

# The key of the session under which it is kept for whom it has shown their second factor.
SHOWN = "second_factor_shown"
# The key under which a session remembers that its person was reminded and said "later".
LATER = "second_factor_later"
# Where the person was going when they were asked to set one up.
GOING_TO = "second_factor_next"

# The journal keeps the keys of all things as text.
_AS_WRITTEN = Cast("pk", CharField())

_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True)
class Standing:
    """What a staff person has: the kinds of their factors, or until when they may do without."""

    kinds: frozenset
    until: object = None

    @property
    def is_protected(self):
        return bool(self.kinds)


def is_staff_person(user):
    """Whether `user` holds a role that asks for a second factor.

    The roles of the network, the administrators, the groups of a body, and any other group
    that opens the back office.
    """
    if not user.is_authenticated:
        return False
    return user.is_superuser or user.is_staff or roles.opens_back_office(user)


def standing_of(user, now=None):
    """The Standing of a staff person; None for whoever needs no second factor."""
    if not is_staff_person(user):
        return None
    kinds = frozenset(
        Authenticator.objects.filter(user=user, type__in=_FACTORS).values_list(
            "type", flat=True
        )
    )
    if kinds:
        return Standing(kinds)
    until = _grace_until(user)
    if until is not None and until <= (now or timezone.now()):
        until = None
    return Standing(kinds, until)


def _grace_until(user):
    """The end of the days of grace, counted from the account or from the first role given.

    Given by somebody else: whoever may give roles could otherwise do without for ever. A
    group that opens no back office (a private space's) is no role.
    """
    days = settings.SECOND_FACTOR_GRACE_DAYS
    if days <= 0:
        return None
    by_others = Entry.objects.filter(subject=user, action=Action.ROLE_GIVEN).exclude(
        actor=user
    )
    given = (
        by_others.filter(
            ~Q(object_kind=Group._meta.label_lower)
            | Q(object_id__in=roles.back_office_groups().values(key=_AS_WRITTEN))
        )
        .order_by("pk")
        .values_list("at", flat=True)
        .first()
    )
    since = max(filter(None, (user.date_joined, given)))
    return since + timedelta(days=days)


def has_shown(request):
    """Whether this session has shown a second factor of its person."""
    if request.session.get(SHOWN) == request.user.pk:
        return True
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def note_shown(request, user):
    """Keep in the session that `user` has shown their second factor in it."""
    request.session[SHOWN] = user.pk


@transaction.atomic
def reset(*, user, by):
    """Take away the second factors and recovery codes of `user`, who lost them.

    Their sessions end, the decision is written in the journal, and they are told by mail.
    Returns how many factors went; nothing happens when there were none.
    """
    authenticators = Authenticator.objects.filter(user=user)
    factors = authenticators.filter(type__in=_FACTORS).count()
    if not authenticators.exists():
        return 0
    authenticators.delete()
    for session in UserSession.objects.filter(user=user):
        session.end()
    record(Action.SECOND_FACTOR_RESET, actor=by, subject=user, factors=factors)
    emit("account.second_factor_reset", user_id=user.pk)
    return factors

"""A member answers for somebody who wishes to join.

The applicant writes a colleague's address and is told the same thing whether it is a
member's or not. A member's answer admits, within the limits below; otherwise it is kept for
the facilitators.
"""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from network_site.accounts.proofs import address_is_proven, is_proven
from network_site.core.outbox import emit
from network_site.core.seals import Seal
from network_site.journal.enums import Action
from network_site.journal.services import record
from network_site.members.enums import (
    AdmissionRoute,
    MembershipStatus,
    SponsorshipStatus,
)
from network_site.members.models import Profile, Sponsorship
from network_site.members.permissions import can_sponsor
from network_site.members.services.decisions import decide

MONTH = timedelta(days=30)
# Addresses an applicant may write in a month; mails a member may receive; people a member
# may let in. Past the last one their answers are kept for the facilitators.
ASKS_PER_APPLICANT = 3
MAILS_PER_MEMBER = 10
ADMISSIONS_PER_MEMBER = 5

LINK = Seal("members.sponsorship", lasts=MONTH)


class OwnAddress(ValueError):
    """Nobody answers for themselves."""


class TooManyAsked(Exception):
    """The applicant has asked ASKS_PER_APPLICANT people this month."""


class AlreadyAnswered(Exception):
    """This sponsor, the facilitators or a rule answered in the meantime."""


def member_with_address(email):
    """The active member whose proven address is `email`; None for anybody else's."""
    user = (
        get_user_model()
        .objects.filter(
            Q(email__iexact=email)
            | Q(emailaddress__email__iexact=email, emailaddress__verified=True)
        )
        .order_by("pk")
        .first()
    )
    return user if user is not None and can_sponsor(user) else None


@transaction.atomic
def ask_sponsor(*, profile, email, now=None):
    """Note that `profile` asks the person at `email`; returns the Sponsorship.

    Asking the same address twice is one request. The mail leaves once the applicant's own
    address is proven. Raises OwnAddress, TooManyAsked.
    """
    now = now or timezone.now()
    profile = (
        Profile.objects.select_for_update().select_related("user").get(pk=profile.pk)
    )
    email = email.strip().lower()
    own = {profile.user.email.lower(), *_addresses(profile.user)}
    if email in own:
        raise OwnAddress(email)
    asked = profile.sponsorships.filter(sponsor_email=email).first()
    if asked is not None:
        return asked
    recent = profile.sponsorships.filter(asked_at__gt=now - MONTH).count()
    if recent >= ASKS_PER_APPLICANT:
        raise TooManyAsked
    asked = Sponsorship.objects.create(
        profile=profile, sponsor_email=email, sponsor=member_with_address(email)
    )
    _call(profile, asked)
    return asked


def _addresses(user):
    return [
        email.lower() for email in user.emailaddress_set.values_list("email", flat=True)
    ]


def call_sponsors(*, profile):
    """Write to those whom `profile` asked and who have not answered."""
    for asked in profile.sponsorships.filter(status=SponsorshipStatus.ASKED):
        # Somebody may have become a member since.
        asked.sponsor = member_with_address(asked.sponsor_email)
        asked.save(update_fields=["sponsor"])
        _call(profile, asked)


def _call(profile, asked):
    if profile.status == MembershipStatus.PENDING and is_proven(profile.user):
        emit("membership.sponsor_asked", sponsorship_id=asked.pk)


def mails_to(user, *, now=None):
    """How many requests `user` was named in during the last thirty days."""
    now = now or timezone.now()
    return Sponsorship.objects.filter(sponsor=user, asked_at__gt=now - MONTH).count()


def waiting_for(user):
    """The requests that `user` may answer for, the oldest first."""
    return (
        Sponsorship.objects.filter(
            address_is_proven("profile__user"),
            sponsor=user,
            status=SponsorshipStatus.ASKED,
            profile__status=MembershipStatus.PENDING,
        )
        .select_related("profile__user", "profile__organization")
        .order_by("pk")
    )


def seal(sponsorship):
    """The token of the address at which its sponsor answers."""
    return LINK.sign([sponsorship.pk, sponsorship.sponsor_id])


def asked_of(value):
    """The Sponsorship that was signed; None once its sponsor may not, or it is gone."""
    pk, sponsor_id = value
    asked = (
        Sponsorship.objects.select_related(
            "profile__user", "profile__organization", "profile__territory", "sponsor"
        )
        .filter(pk=pk, sponsor_id=sponsor_id, sponsor__isnull=False)
        .first()
    )
    return asked if asked and can_sponsor(asked.sponsor) else None


@transaction.atomic
def answer_sponsorship(*, sponsorship, by, vouches, comment="", now=None):
    """Keep the answer of the member `by`; returns whether it admitted the person.

    Vouching admits, except somebody whom the facilitators have refused before, and past
    ADMISSIONS_PER_MEMBER people in thirty days. Raises PermissionDenied, AlreadyAnswered.
    """
    now = now or timezone.now()
    asked = Sponsorship.objects.select_for_update().get(pk=sponsorship.pk)
    profile = (
        Profile.objects.select_for_update()
        .select_related("user")
        .get(pk=asked.profile_id)
    )
    if asked.sponsor_id != by.pk or by.pk == profile.user_id or not can_sponsor(by):
        raise PermissionDenied
    is_waiting = profile.status == MembershipStatus.PENDING and is_proven(profile.user)
    if asked.status != SponsorshipStatus.ASKED or not is_waiting:
        raise AlreadyAnswered
    # The sponsor's own row makes two of their answers wait for each other.
    get_user_model().objects.select_for_update().get(pk=by.pk)
    admits = vouches and profile.decided_at is None and not has_let_in_enough(by, now)
    asked.status = SponsorshipStatus.VOUCHED if vouches else SponsorshipStatus.DECLINED
    asked.comment, asked.answered_at = comment.strip(), now
    asked.save(update_fields=["status", "comment", "answered_at"])
    record(
        Action.SPONSOR_ANSWERED,
        actor=by,
        subject=profile.user,
        about=asked,
        answer=str(asked.status),
        admits=bool(admits),
    )
    if admits:
        decide(
            profile,
            MembershipStatus.APPROVED,
            by=by,
            route=AdmissionRoute.SPONSOR,
            sponsorship=asked.pk,
        )
    return bool(admits)


def has_let_in_enough(user, now):
    """Whether `user` has answered for ADMISSIONS_PER_MEMBER people in thirty days."""
    recent = Sponsorship.objects.filter(
        sponsor=user,
        status=SponsorshipStatus.VOUCHED,
        answered_at__gt=now - MONTH,
    )
    return recent.count() >= ADMISSIONS_PER_MEMBER

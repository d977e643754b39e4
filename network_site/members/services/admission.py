"""Asking to join, being admitted, being refused, asking again."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from network_site.accounts.proofs import address_is_proven, is_proven
from network_site.catalogue.marks import touch
from network_site.core.outbox import emit
from network_site.members.enums import AdmissionRoute, MembershipStatus
from network_site.members.models import Profile
from network_site.members.permissions import can_decide_admission
from network_site.members.services import sponsorship
from network_site.members.services.decisions import AlreadyDecided, decide
from network_site.members.services.organizations import find_organization

# How long an account waits for its address to be proven.
UNPROVEN_KEPT = timedelta(days=30)


@transaction.atomic
def request_membership(*, user, sponsor_email="", **said):
    """Return the profile of `user` with what they say of themselves, waiting for a proof.

    `said`: first_name, last_name, organization_name, job_title, territory, motivation. An
    organisation whose name, acronym or English name is the one typed is linked; otherwise
    the words typed are kept. The member at `sponsor_email` is written to once the address
    of `user` is proven. Raises as sponsorship.ask_sponsor().
    """
    profile, _created = Profile.objects.get_or_create(user=user)
    _note(profile, said)
    if sponsor_email:
        sponsorship.ask_sponsor(profile=profile, email=sponsor_email)
    return profile


def _note(profile, said):
    """Write on `profile` and its user what the person says of themselves."""
    user = profile.user
    user.first_name = said.get("first_name", "")
    user.last_name = said.get("last_name", "")
    user.save(update_fields=["first_name", "last_name"])
    words = said.get("organization_name", "")
    profile.organization = find_organization(words)
    profile.organization_name = "" if profile.organization else words
    profile.job_title = said.get("job_title", "")
    profile.territory = said.get("territory")
    profile.motivation = said.get("motivation", "")
    profile.save(
        update_fields=[
            "organization",
            "organization_name",
            "job_title",
            "territory",
            "motivation",
        ]
    )


@transaction.atomic
def correct_request(*, user, sponsor_email="", now=None, **said):
    """Change what was said while waiting; after a refusal, ask again. Returns the profile.

    `said` and what is raised are those of request_membership(). The reason of the refusal
    stays for the facilitators, who decide whatever the domain or a sponsor would have done.
    Raises AlreadyDecided once the person is a member.
    """
    profile = (
        Profile.objects.select_for_update().select_related("user").get(user_id=user.pk)
    )
    if profile.status == MembershipStatus.APPROVED:
        raise AlreadyDecided
    _note(profile, said)
    asks_again = profile.status == MembershipStatus.REFUSED
    if asks_again:
        profile.status = MembershipStatus.PENDING
        profile.requested_at = now or timezone.now()
        profile.save(update_fields=["status", "requested_at"])
        emit("membership.requested", profile_id=profile.pk)
    if sponsor_email:
        sponsorship.ask_sponsor(profile=profile, email=sponsor_email, now=now)
    if asks_again:
        sponsorship.call_sponsors(profile=profile)
    touch(profile)
    return profile


@transaction.atomic
def choose_organization(*, user, organization_id):
    """The person waiting says which organisation is theirs. Raises AlreadyDecided."""
    profile = Profile.objects.select_for_update().get(user_id=user.pk)
    if profile.status == MembershipStatus.APPROVED:
        raise AlreadyDecided
    profile.organization_id, profile.organization_name = organization_id, ""
    profile.save(update_fields=["organization", "organization_name"])
    return profile


def admit(*, profile, by, reason=""):
    """Admit the person; returns the profile. Raises PermissionDenied, AlreadyDecided."""
    return _answer(profile, MembershipStatus.APPROVED, by, reason)


def refuse(*, profile, by, reason):
    """Refuse, with the reason the person will read. Raises as admit(); ValueError without one."""
    if not reason.strip():
        raise ValueError("A refusal needs a reason.")
    return _answer(profile, MembershipStatus.REFUSED, by, reason)


@transaction.atomic
def _answer(profile, status, by, reason):
    if not can_decide_admission(by):
        raise PermissionDenied
    # Two facilitators may open the same request: the row decides who was first.
    profile = (
        Profile.objects.select_for_update().select_related("user").get(pk=profile.pk)
    )
    if profile.status != MembershipStatus.PENDING:
        raise AlreadyDecided
    if not is_proven(profile.user):
        # Nobody knows yet whose address it is.
        raise PermissionDenied
    return decide(
        profile,
        status,
        by=by,
        route=AdmissionRoute.FACILITATOR,
        reason=reason.strip(),
    )


def unproven_requests():
    """The profiles of people who asked to join and never proved their address.

    Accounts that anybody ever logged in to are left out.
    """
    return Profile.objects.filter(
        ~address_is_proven("user"),
        status=MembershipStatus.PENDING,
        user__last_login=None,
        user__is_staff=False,
        user__is_superuser=False,
    )


@transaction.atomic
def give_up_request(*, user):
    """Delete the account of somebody who asked to join and never proved their address.

    Returns whether it went: an account that anybody ever logged in to stays.
    """
    if not unproven_requests().select_for_update(of=("self",)).filter(user=user):
        return False
    user.delete()
    return True

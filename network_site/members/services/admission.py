"""Asking to join, being admitted, being refused."""

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network_site.core.outbox import emit
from network_site.members import roles
from network_site.members.domains import approved_domain_of
from network_site.members.enums import MembershipStatus
from network_site.members.models import Profile
from network_site.members.permissions import can_decide_admission
from network_site.members.services.organizations import find_organization
from network_site.members.words import keep_words


class AlreadyDecided(Exception):
    """Somebody else answered the request in the meantime."""


@transaction.atomic
def request_membership(
    *,
    user,
    first_name="",
    last_name="",
    organization_name="",
    job_title="",
    territory=None,
    motivation="",
):
    """Return the profile of `user` with what they say of themselves, waiting for a proof.

    An organisation whose name, acronym or English name is the one typed is linked;
    otherwise the words typed are kept.
    """
    user.first_name = first_name
    user.last_name = last_name
    user.save(update_fields=["first_name", "last_name"])
    organization = find_organization(organization_name)
    profile, _created = Profile.objects.update_or_create(
        user=user,
        defaults={
            "organization": organization,
            "organization_name": "" if organization else organization_name,
            "job_title": job_title,
            "territory": territory,
            "motivation": motivation,
        },
    )
    return profile


@transaction.atomic
def confirm_address(*, user):
    """The address of `user` is proven: admit by domain, or bring the request to facilitators.

    Returns whether the person was admitted. Does nothing the second time.
    """
    profile, _created = Profile.objects.select_for_update().get_or_create(user=user)
    if profile.email_confirmed_at:
        return False
    profile.email_confirmed_at = timezone.now()
    profile.save(update_fields=["email_confirmed_at"])
    if profile.status != MembershipStatus.PENDING:
        return False
    domain = approved_domain_of(user.email)
    if domain is not None:
        _decide(
            profile,
            MembershipStatus.APPROVED,
            by=None,
            reason=_("Address of an approved domain: %(domain)s")
            % {"domain": domain.domain},
        )
        return True
    emit("membership.requested", profile_id=profile.pk)
    return False


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
    return _decide(profile, status, by, reason.strip())


def _decide(profile, status, by, reason):
    profile.status = status
    profile.decided_at = timezone.now()
    profile.decided_by = by
    profile.decision_reason = reason
    profile.save(
        update_fields=["status", "decided_at", "decided_by", "decision_reason"]
    )
    if status == MembershipStatus.APPROVED:
        group, _created = Group.objects.get_or_create(name=roles.MEMBERS)
        profile.user.groups.add(group)
        emit("membership.admitted", profile_id=profile.pk)
    else:
        emit("membership.refused", profile_id=profile.pk)
    keep_words(Profile.objects.filter(pk=profile.pk))
    emit("object.changed", model="members.profile", pk=profile.pk)
    return profile

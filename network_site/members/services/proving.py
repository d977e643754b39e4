"""Somebody proves an address: what an unproven sign-up left at it ends, the request is filed.

Anybody may ask to join with the address of somebody else and choose a password; nothing of it
must serve once its owner has shown up (pre-hijacking: Sudhodanan and Paverd, USENIX 2022).
"""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network_site.accounts.proofs import has_proven_another, is_proven
from network_site.core.outbox import emit
from network_site.members.domains import approved_domain_of
from network_site.members.enums import AdmissionRoute, MembershipStatus
from network_site.members.models import Profile
from network_site.members.services import sponsorship
from network_site.members.services.admission import give_up_request
from network_site.members.services.decisions import decide


@transaction.atomic
def address_proven(*, user, email, keeps_password, session_key=None):
    """`user` has just proven `email`; called once for each proof, by whatever way.

    `keeps_password`: whoever proves it is known to be who chose the password (the same
    session did both). `session_key` is that of the session that proves. Returns whether a
    password was made unusable.
    """
    is_first = not has_proven_another(user, email)
    lost = False
    if is_first and not keeps_password:
        lost = _end_what_was_left(user, session_key)
    confirm_address(user=user, is_first=is_first)
    return lost


def _end_what_was_left(user, session_key):
    """Password, sessions and second factors go; returns whether there was a password."""
    had_password = user.has_usable_password()
    # Sessions that nobody lists end too: theirs no longer fit the password.
    user.set_unusable_password()
    user.save(update_fields=["password"])
    Authenticator.objects.filter(user=user).delete()
    for session in UserSession.objects.filter(user=user):
        if session.session_key != session_key:
            session.end()
    return had_password


@transaction.atomic
def confirm_address(*, user, is_first=True):
    """The address of `user` is proven: admit by domain, or bring the request to facilitators.

    The request waits from the moment of the first proof on. Returns whether the person was
    admitted. A request that facilitators have answered before is theirs to answer again.
    """
    profile, _created = Profile.objects.select_for_update().get_or_create(user=user)
    if profile.status != MembershipStatus.PENDING:
        return False
    if is_first:
        profile.requested_at = timezone.now()
        profile.save(update_fields=["requested_at"])
    domain = approved_domain_of(user.email) if profile.decided_at is None else None
    if domain is not None:
        if domain.organization and profile.organization is None:
            # The words typed stay: the person may prefer them.
            profile.organization = domain.organization
            profile.save(update_fields=["organization"])
        decide(
            profile,
            MembershipStatus.APPROVED,
            by=None,
            route=AdmissionRoute.DOMAIN,
            reason=_("Address of an approved domain: %(domain)s")
            % {"domain": domain.domain},
            domain=domain.pk,
        )
        return True
    if is_first:
        emit("membership.requested", profile_id=profile.pk)
        sponsorship.call_sponsors(profile=profile)
    return False


@transaction.atomic
def free_address(*, email, user):
    """Take away the accounts that others opened at `email` and nobody ever proved."""
    others = get_user_model().objects.exclude(pk=user.pk)
    for other in others.filter(email__iexact=email).exclude(
        emailaddress__verified=True
    ):
        give_up_request(user=other)


def note_address(user):
    """The row that allauth marks once a code sent to the address of `user` comes back.

    Accounts made in the back office have none: their person would be asked for two codes.
    """
    if not is_proven(user):
        EmailAddress.objects.get_or_create(
            user=user,
            email=user.email.lower(),
            defaults={
                "primary": not EmailAddress.objects.filter(
                    user=user, primary=True
                ).exists()
            },
        )

"""Mails about membership, written once the decision is committed."""

from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from network_site.catalogue.marks import touch
from network_site.core.addresses import absolute
from network_site.core.outbox import handles
from network_site.mailing.mail import send_templated
from network_site.members import portraits, roles, visitor_mails
from network_site.members.domains import known_domain_of
from network_site.members.enums import (
    BodyRole,
    CheckReason,
    MembershipStatus,
    SponsorshipStatus,
)
from network_site.members.models import (
    EmployerCheck,
    Organization,
    OrganizationDelegate,
    Position,
    Profile,
    SpaceGrant,
    Sponsorship,
)
from network_site.members.permissions import can_sponsor
from network_site.members.places import places_of
from network_site.members.services import sponsorship
from network_site.members.services.positions import kept_places


def _button(path, label, reason):
    """The one button of a mail, and why the mail was sent."""
    return {
        "action_url": absolute(path),
        "action_label": label,
        "reason": reason,
    }


def _profile(profile_id):
    return (
        Profile.objects.select_related("user", "organization", "territory")
        .filter(pk=profile_id)
        .first()
    )


@handles("membership.requested")
def tell_facilitators(profile_id):
    profile = _profile(profile_id)
    if profile is None or profile.status != MembershipStatus.PENDING:
        return
    facilitators = get_user_model().objects.filter(
        groups__role__code=roles.FACILITATORS, is_active=True
    )
    for user in facilitators:
        if not visitor_mails.may_alert(user, "request"):
            continue
        send_templated(
            template="members/membership_requested",
            to=user,
            context=lambda: {
                "profile": profile,
                **_button(
                    reverse("admissions"),
                    _("See the requests"),
                    _("You receive this mail because you run the network."),
                ),
            },
            # Once for a request; another one after a refusal is another.
            once=f"membership.requested:{profile.pk}:{profile.requested_at:%Y%m%d%H%M%S}",
        )


@handles("membership.sponsor_asked")
def tell_sponsor(sponsorship_id):
    """Write to the member who is asked, if it is one; who receives many is left in peace."""
    asked = (
        Sponsorship.objects.select_related(
            "sponsor", "profile__user", "profile__organization", "profile__territory"
        )
        .filter(pk=sponsorship_id, status=SponsorshipStatus.ASKED)
        .first()
    )
    if asked is None or asked.sponsor is None or not can_sponsor(asked.sponsor):
        return
    profile = asked.profile
    if profile.status != MembershipStatus.PENDING or not profile.is_address_proven:
        return
    if sponsorship.mails_to(asked.sponsor) > sponsorship.MAILS_PER_MEMBER:
        return
    name = profile.user.get_full_name() or profile.user.email
    send_templated(
        template="members/sponsor_asked",
        to=asked.sponsor,
        context=lambda: {
            "profile": profile,
            "name": name,
            "email": profile.user.email,
            "days": sponsorship.LINK.lasts.days,
            "facts": [
                (_("Function"), profile.job_title),
                (_("Organisation"), profile.organization_label),
                (_("Territory"), str(profile.territory or "")),
            ],
            **_button(
                reverse("answer_sponsorship", args=[sponsorship.seal(asked)]),
                _("Answer"),
                _("You receive this mail because somebody gave your address."),
            ),
        },
        once=f"membership.sponsor_asked:{asked.pk}",
    )


@handles("membership.admitted")
def tell_admitted(profile_id):
    profile = _profile(profile_id)
    if profile is None or profile.status != MembershipStatus.APPROVED:
        return
    send_templated(
        template="members/membership_admitted",
        to=profile.user,
        context=lambda: {
            "profile": profile,
            **_button(
                reverse("dashboard"),
                _("Open my space"),
                _("You receive this mail because you asked to join the network."),
            ),
        },
        once=f"membership.admitted:{profile.pk}:{profile.decided_at:%Y%m%d%H%M%S}",
    )


@handles("membership.refused")
def tell_refused(profile_id):
    profile = _profile(profile_id)
    if profile is None or profile.status != MembershipStatus.REFUSED:
        return
    send_templated(
        template="members/membership_refused",
        to=profile.user,
        context=lambda: {
            "profile": profile,
            **_button(
                reverse("membership_request"),
                _("Correct my request"),
                _("You receive this mail because you asked to join the network."),
            ),
        },
        once=f"membership.refused:{profile.pk}:{profile.decided_at:%Y%m%d%H%M%S}",
    )


@handles("members.portrait_replaced")
def delete_replaced_portrait(key):
    if not Profile.objects.filter(portrait=key).exists():
        portraits.delete_key(key)


def _user(user_id):
    return get_user_model().objects.filter(pk=user_id, is_active=True).first()


@handles("delegate.named")
def tell_new_delegate(delegate_id):
    delegate = (
        OrganizationDelegate.objects.select_related("user", "organization")
        .filter(pk=delegate_id)
        .first()
    )
    if delegate is None or not roles.is_member(delegate.user):
        return
    organization = delegate.organization
    send_templated(
        template="members/delegate_named",
        to=delegate.user,
        context=lambda: {
            "organization": organization,
            **_button(
                reverse("organization_keep", args=[organization.slug]),
                _("See what you keep"),
                _("You receive this mail because you were named a delegate."),
            ),
        },
        once=f"delegate.named:{delegate.pk}",
    )


@handles("delegate.withdrawn")
def tell_former_delegate(organization_id, user_id, by_id):
    user = _user(user_id)
    organization = Organization.objects.filter(pk=organization_id).first()
    if (
        user is None
        or organization is None
        or user_id == by_id
        or OrganizationDelegate.objects.filter(
            user=user, organization=organization
        ).exists()
    ):
        return
    send_templated(
        template="members/delegate_withdrawn",
        to=user,
        context=lambda: {
            "organization": organization,
            "reason": _("You receive this mail because you were a delegate."),
        },
    )


@handles("employer.left")
def tell_who_left(position_id, group_ids, body_roles, delegate):
    """One mail: what was withdrawn with the former employer, and what is kept."""
    position = (
        Position.objects.select_related("profile__user", "organization")
        .filter(pk=position_id)
        .first()
    )
    if position is None or position.ended_at is None:
        return
    user = position.profile.user
    if not user.is_active:
        return
    # Those that were opened again since are not said to be withdrawn.
    group_ids = set(group_ids) - set(user.groups.values_list("pk", flat=True))
    named = places_of(sorted(group_ids))
    known = known_domain_of(user.email)

    def context():
        body = position.organization
        return {
            "former": body.label if body else position.organization_name,
            "withdrawn": [
                *(place.label for places in named.values() for place in places),
                *(BodyRole(role).label for role in body_roles),
            ],
            "was_delegate": delegate,
            "kept": [place.label for place in kept_places(user)],
            "old_address": user.email
            if body and known and known.organization_id == body.pk
            else "",
            "address_url": absolute(reverse("account_email")),
            **_button(
                reverse("profile_edit"),
                _("See my sheet"),
                _("You receive this mail because your employer changed on your sheet."),
            ),
        }

    send_templated(
        template="members/employer_left",
        to=user,
        context=context,
        once=f"employer.left:{position.pk}",
    )


@handles("employer.check_asked")
def tell_of_a_departure(check_id):
    check = (
        EmployerCheck.objects.select_related("profile__user", "organization")
        .filter(pk=check_id, handled_at=None)
        .first()
    )
    if check is None:
        return
    for user in get_user_model().objects.filter(
        groups__role__code=roles.FACILITATORS, is_active=True
    ):
        send_templated(
            template="members/employer_check_asked",
            to=user,
            context=lambda: {
                "check": check,
                **_button(
                    reverse("employer_checks"),
                    _("Look at it"),
                    _("You receive this mail because you run the network."),
                ),
            },
            once=f"employer.check_asked:{check.pk}",
        )


@handles("account.address_changed")
def settle_questions_of_address(user_id):
    """The address of a former employer was given up: nobody needs to look at it any more."""
    user = get_user_model().objects.filter(pk=user_id).first()
    if user is None:
        return
    known = known_domain_of(user.email)
    settled = EmployerCheck.objects.filter(
        profile__user=user, reason=CheckReason.ADDRESS, handled_at=None
    ).exclude(organization=known.organization_id if known else None)
    with transaction.atomic():
        if settled.update(handled_at=timezone.now()):
            # The list of what waits is kept until something is written.
            touch(user.profile)


@handles("space.granted")
def tell_of_a_space(grant_id):
    grant = (
        SpaceGrant.objects.select_related("user", "organization")
        .filter(pk=grant_id)
        .first()
    )
    if grant is None or not grant.user.groups.filter(pk=grant.group_id).exists():
        return
    places = places_of([grant.group_id]).get(grant.group_id, [])
    path = next((place.path for place in places if place.path), reverse("dashboard"))
    send_templated(
        template="members/space_granted",
        to=grant.user,
        context=lambda: {
            "places": [place.label for place in places],
            "organization": grant.organization,
            **_button(
                f"{reverse('account_login')}?{urlencode({'next': path}, safe='/')}",
                _("Open the space"),
                _("You receive this mail because a private space was opened to you."),
            ),
        },
        once=f"space.granted:{grant.pk}",
    )


@handles("space.withdrawn")
def tell_of_a_space_withdrawn(user_id, group_id):
    user = _user(user_id)
    if user is None or user.groups.filter(pk=group_id).exists():
        return
    places = places_of([group_id]).get(group_id, [])
    if not places:
        return
    send_templated(
        template="members/space_withdrawn",
        to=user,
        context=lambda: {
            "places": [place.label for place in places],
            "reason": _("You receive this mail because you were in this space."),
        },
    )

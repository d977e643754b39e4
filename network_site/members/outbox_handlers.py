"""Mails about membership, written once the decision is committed."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext as _

from network_site.core.outbox import handles
from network_site.members import portraits, roles
from network_site.members.enums import MembershipStatus
from network_site.members.models import Profile
from network_site.notifications.mail import send_templated


def _button(path, label, reason):
    """The one button of a mail, and why the mail was sent."""
    return {
        "action_url": settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path,
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
        groups__name=roles.FACILITATORS, is_active=True
    )
    for user in facilitators:
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
            once=f"membership.requested:{profile.pk}",
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
            "reason": _("You receive this mail because you asked to join the network."),
        },
        once=f"membership.refused:{profile.pk}:{profile.decided_at:%Y%m%d%H%M%S}",
    )


@handles("members.portrait_replaced")
def delete_replaced_portrait(key):
    if not Profile.objects.filter(portrait=key).exists():
        portraits.delete_key(key)

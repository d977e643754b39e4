"""Who an issue reaches: members who want it, and addresses that asked for it; each once."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone

from network_site.core.timetable import PARIS
from network_site.mailing.models import AddressHealth
from network_site.members import roles
from network_site.newsletters.enums import Audience
from network_site.newsletters.models import Subscription
from network_site.notifications.models import MailSettings
from network_site.pages.visibility import restrictions_of


def _has_role(code):
    membership = get_user_model().groups.through.objects
    return Exists(membership.filter(user=OuterRef("pk"), group__role__code=code))


def _in_groups(groups):
    membership = get_user_model().groups.through.objects
    return Exists(membership.filter(user=OuterRef("pk"), group__in=groups))


def _suspended():
    return Exists(
        AddressHealth.objects.filter(
            address=Lower(OuterRef("email")), suspended_at__isnull=False
        )
    )


def _paused(now):
    today = timezone.localdate(now, PARIS)
    return Exists(
        MailSettings.objects.filter(
            Q(paused_from=None) | Q(paused_from__lte=today),
            user=OuterRef("pk"),
            paused_until__gte=today,
        )
    )


def members_who_want(issue):
    """Members who may read `issue` and have not switched the newsletter off."""
    users = (
        get_user_model()
        .objects.filter(_has_role(roles.MEMBERS), is_active=True)
        .exclude(email="")
        .exclude(
            Exists(
                MailSettings.objects.filter(user=OuterRef("pk"), wants_newsletter=False)
            )
        )
    )
    for restriction in restrictions_of(issue):
        if restriction.groups is None:
            return users.none()
        users = users.filter(_in_groups(restriction.groups))
    return users


def subscribers_who_want(issue):
    """Confirmed addresses of people who are no members; none when `issue` is not public."""
    if restrictions_of(issue):
        return Subscription.objects.none()
    # A member's own switch is the only one for their address.
    members = get_user_model().objects.filter(
        is_active=True, groups__role__code=roles.MEMBERS
    )
    return (
        Subscription.objects.active()
        .annotate(lower_email=Lower("email"))
        .exclude(
            Exists(
                members.annotate(lower_email=Lower("email")).filter(
                    lower_email=OuterRef("lower_email")
                )
            )
        )
    )


def members_to_write(issue, now):
    """Members who get `issue` if it leaves at `now`."""
    return (
        members_who_want(issue)
        .exclude(_suspended())
        .exclude(_paused(now))
        .order_by("pk")
    )


def subscribers_to_write(issue):
    """Addresses without an account that get `issue`."""
    return subscribers_who_want(issue).exclude(_suspended()).order_by("pk")


@dataclass(frozen=True)
class Count:
    """How many people an issue reaches, and how many it does not though they want it."""

    members: int
    subscribers: int
    suspended: int
    paused: int

    @property
    def total(self):
        return self.members + self.subscribers


def count(issue, audience, now=None):
    """The exact Count of `audience` if `issue` left at `now`."""
    now = now or timezone.now()
    members = subscribers = suspended = paused = 0
    if audience != Audience.SUBSCRIBERS:
        wanting = members_who_want(issue)
        members = members_to_write(issue, now).count()
        suspended += wanting.filter(_suspended()).count()
        paused = wanting.exclude(_suspended()).filter(_paused(now)).count()
    if audience != Audience.MEMBERS:
        subscribers = subscribers_to_write(issue).count()
        suspended += subscribers_who_want(issue).filter(_suspended()).count()
    return Count(members, subscribers, suspended, paused)

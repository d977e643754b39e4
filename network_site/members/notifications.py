"""The mails about membership."""

from django.utils.translation import gettext_lazy

from network_site.members import roles
from network_site.registries.enums import Category
from network_site.registries.notifications import (
    Notification,
    notification,
)


@notification
class MembershipRequested(Notification):
    name = "members.membership_requested"
    category = Category.ACCOUNT
    label = gettext_lazy("Somebody asks to join the network")
    audience = gettext_lazy("Those who run the network")
    for_roles = (roles.FACILITATORS,)
    can_be_switched_off = True


@notification
class SponsorAsked(Notification):
    name = "members.sponsor_asked"
    category = Category.ACCOUNT
    label = gettext_lazy("A colleague who wishes to join gave your address")
    audience = gettext_lazy("Members")
    for_roles = (roles.MEMBERS,)
    can_be_switched_off = True


@notification
class MembershipAdmitted(Notification):
    name = "members.membership_admitted"
    category = Category.ACCOUNT
    label = gettext_lazy("Your request to join is accepted")
    audience = gettext_lazy("The person who asked to join")


@notification
class MembershipRefused(Notification):
    name = "members.membership_refused"
    category = Category.ACCOUNT
    label = gettext_lazy("Your request to join is not accepted, and why")
    audience = gettext_lazy("The person who asked to join")


@notification
class DelegateNamed(Notification):
    name = "members.delegate_named"
    category = Category.ACCOUNT
    label = gettext_lazy("You are named a delegate of an organisation")
    audience = gettext_lazy("The person named")


@notification
class DelegateWithdrawn(Notification):
    name = "members.delegate_withdrawn"
    category = Category.ACCOUNT
    label = gettext_lazy("You are no longer a delegate of an organisation")
    audience = gettext_lazy("The person concerned")


@notification
class EmployerLeft(Notification):
    name = "members.employer_left"
    category = Category.ACCOUNT
    label = gettext_lazy("You changed employer: what is withdrawn, what you keep")
    audience = gettext_lazy("The person concerned")


@notification
class EmployerCheckAsked(Notification):
    name = "members.employer_check_asked"
    category = Category.ACCOUNT
    label = gettext_lazy("A member is said to have left their organisation")
    audience = gettext_lazy("Those who run the network")
    for_roles = (roles.FACILITATORS,)
    can_be_switched_off = True


@notification
class SpaceGranted(Notification):
    name = "members.space_granted"
    category = Category.ACCOUNT
    label = gettext_lazy("A private space is opened to you")
    audience = gettext_lazy("The person concerned")


@notification
class SpaceWithdrawn(Notification):
    name = "members.space_withdrawn"
    category = Category.ACCOUNT
    label = gettext_lazy("A private space is no longer opened to you")
    audience = gettext_lazy("The person concerned")

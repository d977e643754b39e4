"""The mails about membership."""

from django.utils.translation import gettext_lazy

from network_site.members import roles
from network_site.notifications.enums import Category
from network_site.notifications.registry import Notification, notification


@notification
class MembershipRequested(Notification):
    name = "members.membership_requested"
    category = Category.ACCOUNT
    label = gettext_lazy("Somebody asks to join the network")
    audience = gettext_lazy("Those who run the network")
    for_groups = (roles.FACILITATORS,)
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

"""The mails of the newsletter: somebody asked for each of them, none is switched off."""

from django.utils.translation import gettext_lazy as _

from network_site.members import roles
from network_site.registries.enums import Category
from network_site.registries.notifications import (
    Notification,
    notification,
)


class _LetterNotification(Notification):
    category = Category.ACCOUNT


@notification
class SubscriptionConfirm(_LetterNotification):
    name = "newsletters.subscription_confirm"
    label = _("Confirm a subscription to the newsletter")
    audience = _("The address that was typed, without an account")


@notification
class SubscriptionKnown(_LetterNotification):
    name = "newsletters.subscription_known"
    label = _("An address asked for the newsletter that it already receives")
    audience = _("That address")


@notification
class ContributionReceived(_LetterNotification):
    name = "newsletters.contribution_received"
    label = _("Something is proposed for the newsletter")
    audience = _("The facilitators")
    for_roles = (roles.FACILITATORS,)
    can_be_switched_off = True


@notification
class ContributionAccepted(_LetterNotification):
    name = "newsletters.contribution_accepted"
    label = _("What I proposed for the newsletter is accepted")
    audience = _("Whoever proposed it")


@notification
class ContributionRefused(_LetterNotification):
    name = "newsletters.contribution_refused"
    label = _("What I proposed for the newsletter is not kept, and why")
    audience = _("Whoever proposed it")

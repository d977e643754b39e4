"""The mails about one's own data: none can be switched off, each answers a right."""

from django.utils.translation import gettext_lazy

from network_site.registries.enums import Category
from network_site.registries.notifications import (
    Notification,
    notification,
)


@notification
class ExportReady(Notification):
    name = "privacy.export_ready"
    category = Category.ACCOUNT
    label = gettext_lazy("The copy of your data is ready")
    audience = gettext_lazy("The person who asked for it")


@notification
class DepartureAsked(Notification):
    name = "privacy.departure_asked"
    category = Category.ACCOUNT
    label = gettext_lazy("You leave the network: when, and how to stay")
    audience = gettext_lazy("The person who leaves")


@notification
class DepartureReminder(Notification):
    name = "privacy.departure_reminder"
    category = Category.ACCOUNT
    label = gettext_lazy("Your account is erased in three days")
    audience = gettext_lazy("The person who leaves")


@notification
class Receipt(Notification):
    name = "privacy.receipt"
    category = Category.ACCOUNT
    label = gettext_lazy("Receipt: what was erased, what stays and why")
    audience = gettext_lazy("The person who left")


@notification
class InactivityNotice(Notification):
    name = "privacy.inactivity_notice"
    category = Category.ACCOUNT
    label = gettext_lazy("Your account has not been used for a long time")
    audience = gettext_lazy("Those who have not logged in for two years")

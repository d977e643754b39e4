"""The mails of the contact relay."""

from django.utils.translation import gettext_lazy

from network_site.members import roles
from network_site.registries.enums import Category
from network_site.registries.notifications import (
    Notification,
    notification,
)


@notification
class ContactMessageReceived(Notification):
    name = "directory.contact_message"
    category = Category.ACCOUNT
    label = gettext_lazy("Somebody writes to you through the site")
    audience = gettext_lazy("The person, or the contact point, written to")


@notification
class ContactMessageReported(Notification):
    name = "directory.contact_reported"
    category = Category.ACCOUNT
    label = gettext_lazy("A message sent through the site is reported")
    audience = gettext_lazy("Those who run the network")
    for_roles = (roles.FACILITATORS,)

"""What reaches people: preferences and follows, items and deliveries, mails and addresses."""

from network_site.notifications.models.follow import (
    DigestSchedule,
    Follow,
    MailSettings,
)
from network_site.notifications.models.items import Delivery, Item
from network_site.notifications.models.mails import AddressHealth, Bounce, OutgoingMail

__all__ = [
    "AddressHealth",
    "Bounce",
    "Delivery",
    "DigestSchedule",
    "Follow",
    "Item",
    "MailSettings",
    "OutgoingMail",
]

"""What reaches people: preferences and follows, items and deliveries, mails and addresses."""

from network_site.notifications.models.follow import (
    DigestSchedule,
    Follow,
    MailSettings,
)
from network_site.notifications.models.items import Delivery, Item
from network_site.notifications.models.mails import (
    AddressHealth,
    Bounce,
    Burst,
    OutgoingMail,
)

__all__ = [
    "AddressHealth",
    "Bounce",
    "Burst",
    "Delivery",
    "DigestSchedule",
    "Follow",
    "Item",
    "MailSettings",
    "OutgoingMail",
]

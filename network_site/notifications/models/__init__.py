"""What reaches people: preferences and follows, items and deliveries."""

from network_site.notifications.models.follow import (
    DigestSchedule,
    Follow,
    MailSettings,
)
from network_site.notifications.models.items import Delivery, Item

__all__ = [
    "Delivery",
    "DigestSchedule",
    "Follow",
    "Item",
    "MailSettings",
]

"""How long it is kept what was sent to whom; the privacy page tells it to its readers."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from network_site.notifications.enums import MailStatus
from network_site.notifications.models import (
    AddressHealth,
    Bounce,
    Burst,
    Delivery,
    Item,
    OutgoingMail,
)

# Far longer than an item may be told (30 days): its row is what keeps it from being told again.
ITEM_DAYS = 400
# SQLite has one writer: each chunk holds its lock for a moment.
CHUNK = 500


def prune_mails(now=None):
    """Forget mails and returns older than MAIL_JOURNAL_DAYS; what waits is kept."""
    limit = (now or timezone.now()) - timedelta(days=settings.MAIL_JOURNAL_DAYS)
    _delete(
        OutgoingMail.objects.filter(created_at__lt=limit).exclude(
            status__in=[MailStatus.QUEUED, MailStatus.SENDING]
        )
    )
    _delete(Bounce.objects.filter(received_at__lt=limit))
    _delete(Burst.objects.filter(last_at__lt=limit))
    # A single refusal of long ago says nothing any more; a suspension lasts until lifted.
    healthy = AddressHealth.objects.filter(suspended_at=None)
    _delete(healthy.filter(hard_bounces=0))
    _delete(healthy.filter(last_bounced_at__lt=limit))


def prune_items(now=None):
    """Forget what happened more than ITEM_DAYS ago, and to whom it was told."""
    limit = (now or timezone.now()) - timedelta(days=ITEM_DAYS)
    old = Item.objects.filter(occurred_at__lt=limit, created_at__lt=limit)
    _delete(
        Delivery.objects.filter(item__occurred_at__lt=limit, item__created_at__lt=limit)
    )
    _delete(old)


def _delete(rows):
    rows = rows.order_by("pk")
    while pks := list(rows.values_list("pk", flat=True)[:CHUNK]):
        rows.model.objects.filter(pk__in=pks).delete()

"""How long it is kept what was told to whom; the privacy page tells it to its readers."""

from datetime import timedelta

from django.utils import timezone

from network_site.mailing.retention import delete_by_chunks
from network_site.notifications.models import Delivery, Item

# Far longer than an item may be told (30 days): its row is what keeps it from being told again.
ITEM_DAYS = 400


def prune_items(now=None):
    """Forget what happened more than ITEM_DAYS ago, and to whom it was told."""
    limit = (now or timezone.now()) - timedelta(days=ITEM_DAYS)
    old = Item.objects.filter(occurred_at__lt=limit, created_at__lt=limit)
    delete_by_chunks(
        Delivery.objects.filter(item__occurred_at__lt=limit, item__created_at__lt=limit)
    )
    delete_by_chunks(old)

"""How long it is kept what was sent to whom; the privacy page tells it to its readers."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from network_site.mailing.enums import MailStatus
from network_site.mailing.models import (
    AddressHealth,
    Bounce,
    Burst,
    OutgoingMail,
)

# SQLite has one writer: each chunk holds its lock for a moment.
CHUNK = 500


def prune_mails(now=None):
    """Forget mails and returns older than MAIL_JOURNAL_DAYS; what waits is kept."""
    limit = (now or timezone.now()) - timedelta(days=settings.MAIL_JOURNAL_DAYS)
    delete_by_chunks(
        OutgoingMail.objects.filter(created_at__lt=limit).exclude(
            status__in=[MailStatus.QUEUED, MailStatus.SENDING]
        )
    )
    delete_by_chunks(Bounce.objects.filter(received_at__lt=limit))
    delete_by_chunks(Burst.objects.filter(last_at__lt=limit))
    # A single refusal of long ago says nothing any more; a suspension lasts until lifted.
    healthy = AddressHealth.objects.filter(suspended_at=None)
    delete_by_chunks(healthy.filter(hard_bounces=0))
    delete_by_chunks(healthy.filter(last_bounced_at__lt=limit))


def delete_by_chunks(rows):
    """Delete the rows of a queryset in short transactions."""
    rows = rows.order_by("pk")
    while pks := list(rows.values_list("pk", flat=True)[:CHUNK]):
        rows.model.objects.filter(pk__in=pks).delete()

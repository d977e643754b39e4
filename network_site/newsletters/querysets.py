from django.db import models
from django.db.models import Q

from network_site.newsletters.enums import DispatchStatus


class DispatchQuerySet(models.QuerySet):
    def due(self, now):
        """Issues whose hour has come, and those interrupted while being addressed."""
        return self.filter(
            status__in=[DispatchStatus.SCHEDULED, DispatchStatus.SENDING],
            starts_at__lte=now,
            enqueued_at=None,
        ).order_by("starts_at", "pk")

    def leaving(self):
        """Issues whose mails were put in the queue and not counted yet."""
        return self.filter(
            Q(status=DispatchStatus.SENDING, enqueued_at__isnull=False)
            | Q(status=DispatchStatus.STOPPED),
            finished_at=None,
        )


class SubscriptionQuerySet(models.QuerySet):
    def active(self):
        """Confirmed, and not unsubscribed since."""
        return self.filter(confirmed_at__isnull=False, unsubscribed_at=None)

    def for_address(self, email):
        return self.filter(email__iexact=email)

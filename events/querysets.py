from django.db import models
from django.utils import timezone
from wagtail.models import PageManager

from network_site.pages.querysets import SitePageQuerySet

from .enums import RegistrationStatus


class EventPageQuerySet(SitePageQuerySet):
    """Days; past is the exact complement of upcoming."""

    def upcoming(self, now=None):
        """Days not yet ended, the next first."""
        return self.filter(ends_at__gt=now or timezone.now()).order_by(
            "starts_at", "pk"
        )

    def past(self, now=None):
        """Days that have ended, the latest first."""
        return self.filter(ends_at__lte=now or timezone.now()).order_by(
            "-starts_at", "-pk"
        )


EventPageManager = PageManager.from_queryset(EventPageQuerySet)


class RegistrationQuerySet(models.QuerySet):
    def active(self):
        return self.exclude(status=RegistrationStatus.CANCELLED)

    def confirmed(self):
        return self.filter(status=RegistrationStatus.CONFIRMED)

    def waitlisted(self):
        return self.filter(status=RegistrationStatus.WAITLISTED)

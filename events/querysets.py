from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import PageManager

from events.enums import RegistrationMode, RegistrationStatus
from network_site.pages.models import PageTerritory
from network_site.pages.querysets import SitePageQuerySet
from network_site.pages.visibility import hidden_from


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

    def with_seats(self):
        """Annotated with `seats_taken` and `waiting_count`; the live state beside."""
        return self.select_related("state").annotate(
            seats_taken=_count(
                status=RegistrationStatus.CONFIRMED, mode=RegistrationMode.ON_SITE
            ),
            remote_count=_count(
                status=RegistrationStatus.CONFIRMED, mode=RegistrationMode.REMOTE
            ),
            waiting_count=_count(status=RegistrationStatus.WAITLISTED),
        )

    def for_list(self):
        """With all that a card shows, in a constant number of queries."""
        return (
            self.with_seats()
            .select_related("organizer")
            .prefetch_related(
                Prefetch(
                    "territory_links",
                    PageTerritory.objects.select_related("territory"),
                )
            )
            .annotate(is_restricted=hidden_from(AnonymousUser()))
        )


def _count(**conditions):
    """How many registrations of a day meet `conditions`."""
    # Named by its model's path: models import this module.
    registrations = apps.get_model("events", "Registration").objects
    rows = (
        registrations.filter(event=OuterRef("pk"), **conditions)
        .order_by()
        .values("event")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return Coalesce(Subquery(rows), 0)


EventPageManager = PageManager.from_queryset(EventPageQuerySet)


class RegistrationQuerySet(models.QuerySet):
    def active(self):
        return self.exclude(status=RegistrationStatus.CANCELLED)

    def confirmed(self):
        return self.filter(status=RegistrationStatus.CONFIRMED)

    def waitlisted(self):
        return self.filter(status=RegistrationStatus.WAITLISTED)

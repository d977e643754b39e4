"""What the catalogue holds of a day: when it takes place, how it is attended."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.enums import AttendanceMode, RegistrationMode
from events.models import EventPage, EventState
from network_site.catalogue.registry import (
    Facet,
    Watch,
    add_facets,
    derived_facet,
    source,
)
from network_site.core.timetable import PARIS
from network_site.pages.catalogue_source import PageSource

DAY = "day"
COMING, PAST = "coming", "past"
_WAYS = {
    AttendanceMode.ON_SITE: [RegistrationMode.ON_SITE.value],
    AttendanceMode.REMOTE: [RegistrationMode.REMOTE.value],
    AttendanceMode.MIXED: [
        RegistrationMode.ON_SITE.value,
        RegistrationMode.REMOTE.value,
    ],
}

add_facets(Facet("month"), Facet("mode"), Facet("cancelled"))


@source
class DaySource(PageSource):
    """Exchange days."""

    model = EventPage
    kinds = (DAY,)
    labels = {DAY: _("Exchange days")}
    own_watches = (
        Watch(EventPage, "page_ptr_id"),
        # Not its numbers, which move with each sign-up.
        Watch(EventState, "page_id", ("page_id", "is_cancelled")),
    )

    def queryset(self):
        return EventPage.objects.select_related("state")

    def describe(self, one, page, more):
        one.kind = DAY
        begins = page.starts_at.astimezone(PARIS)
        one.keys |= {
            "starts": page.starts_at.timestamp(),
            "ends": page.ends_at.timestamp(),
        }
        if page.venue:
            one.card["venue"] = page.venue
        one.facets |= {
            # A year and a month of it, as an address says them.
            "month": [f"{begins:%Y}", f"{begins:%Y-%m}"],
            "year": [begins.year],
            "mode": _WAYS[page.attendance_mode],
            "cancelled": ["yes"] if page.is_cancelled else [],
            "body": [page.organizer_id] if page.organizer_id else [],
        }


@derived_facet("when")
def coming_or_past(catalogue):
    """A day is coming until its end, and past from then on (EventPageQuerySet)."""
    now = timezone.now().timestamp()
    ends = catalogue.key("ends")
    return {COMING: ends > now, PAST: ends <= now}

"""What the exchange days tell: a day is announced, what came of it, the eve of one's own."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.calendar import place_of
from events.cards import short_place
from events.catalogue_source import COMING, PAST
from events.models import EventPage, Registration
from events.seats import seats_of
from network_site.core.markdown import render_markdown
from network_site.core.templatetags.date_tags import datetime_long
from network_site.core.templatetags.word_tags import words_only
from network_site.notifications.page_items import PageItem
from network_site.pages.catalogue_source import PAGE
from network_site.registries.enums import (
    Category,
    Reason,
)
from network_site.registries.notifications import (
    InCatalogue,
    Notification,
    notification,
)

EXTRACT = 160


def _announced(catalogue):
    """Of the entries, the days to come that are not called off."""
    coming = catalogue.having("when", [COMING])
    return coming & ~catalogue.having("cancelled", ["yes"])


def _past(catalogue):
    return catalogue.having("when", [PAST])


class _DayItem(PageItem):
    category = Category.EVENTS
    model = EventPage
    space = "events"
    mark = "journee"

    def organization_id(self, page):
        return page.organizer_id

    def day(self, page):
        return page.starts_at


@notification
class Day(_DayItem):
    name = "events.day"
    label = gettext_lazy("An exchange day is announced")
    audience = gettext_lazy(
        "Those who follow the days, a theme, a territory or the body that organises it"
    )
    what = gettext_lazy("New exchange day")

    def new_in_search(self, page):
        return page

    def in_catalogue(self):
        return InCatalogue(PAGE, mask=_announced)

    def queryset(self):
        # A day that is over, or called off, is not announced any more.
        return (
            super()
            .queryset()
            .with_seats()
            .filter(ends_at__gt=timezone.now())
            .exclude(state__is_cancelled=True)
        )

    def context(self, page):
        """When, where, and the seats left: « mardi 24 novembre 2026, 9 h 30, Paris; 12 seats »."""
        words = {
            "date": datetime_long(page.starts_at),
            "place": short_place(page) or place_of(page),
        }
        facts = (
            _("%(date)s, %(place)s") % words if words["place"] else str(words["date"])
        )
        left = seats_of(page).left
        if left is None:
            return facts
        seats = (
            ngettext("%(n)d seat left", "%(n)d seats left", left) % {"n": left}
            if left
            else _("waiting list")
        )
        return _("%(facts)s; %(seats)s") % {"facts": facts, "seats": seats}


@notification
class DayReport(_DayItem):
    name = "events.day_report"
    label = gettext_lazy("What came of an exchange day is published")
    audience = gettext_lazy(
        "Those who were registered, and those who follow the day, its theme or its territory"
    )
    what = gettext_lazy("What came of a day")

    def in_catalogue(self):
        return InCatalogue(PAGE, EventPage.objects.exclude(outcome=""), mask=_past)

    def queryset(self):
        # The page shows it once the day is over.
        return (
            super().queryset().filter(ends_at__lte=timezone.now()).exclude(outcome="")
        )

    def load(self, ids):
        pages = super().load(ids)
        registered = {}
        for event_id, user_id in (
            Registration.objects.confirmed()
            .filter(event__in=pages)
            .values_list("event_id", "user_id")
        ):
            registered.setdefault(event_id, []).append(user_id)
        for page in pages.values():
            page.registered_ids = registered.get(page.pk, ())
        return pages

    def addressed_to(self, page):
        return dict.fromkeys(page.registered_ids, Reason.OWN)

    def occurred_at(self, page):
        return page.last_published_at

    def context(self, page):
        words = " ".join(words_only(render_markdown(page.outcome)).split())
        return words if len(words) <= EXTRACT else f"{words[: EXTRACT - 1]}…"


@notification
class Reminder(Notification):
    name = "events.reminder"
    category = Category.EVENTS
    label = gettext_lazy(
        "Two days before: the reminder of a day you are registered for"
    )
    audience = gettext_lazy("Those who have a seat")
    can_be_switched_off = True


@notification
class RegistrationConfirmed(Notification):
    name = "events.registration_confirmed"
    category = Category.EVENTS
    label = gettext_lazy("Your registration for a day is confirmed")
    audience = gettext_lazy("The person who registered")


@notification
class RegistrationWaitlisted(Notification):
    name = "events.registration_waitlisted"
    category = Category.EVENTS
    label = gettext_lazy("You are on the waiting list of a day")
    audience = gettext_lazy("The person who registered")


@notification
class RegistrationPromoted(Notification):
    name = "events.registration_promoted"
    category = Category.EVENTS
    label = gettext_lazy("A seat has become free for you")
    audience = gettext_lazy("The person who registered")


@notification
class RegistrationCancelled(Notification):
    name = "events.registration_cancelled"
    category = Category.EVENTS
    label = gettext_lazy("Your registration for a day is cancelled")
    audience = gettext_lazy("The person who registered")


@notification
class DayChanged(Notification):
    name = "events.day_changed"
    category = Category.EVENTS
    label = gettext_lazy("A day you are registered for changes its hours or place")
    audience = gettext_lazy("Those who are registered or on the waiting list")


@notification
class DayCancelled(Notification):
    name = "events.day_cancelled"
    category = Category.EVENTS
    label = gettext_lazy("A day you are registered for is cancelled")
    audience = gettext_lazy("Those who are registered or on the waiting list")

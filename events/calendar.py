"""Exchange days as iCalendar (RFC 5545), read by Outlook, Thunderbird, Zimbra and phones."""

from datetime import UTC

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone

from network_site.core.addresses import absolute
from network_site.core.timetable import PARIS

CONTENT_TYPE = "text/calendar; charset=utf-8"

# The rules in force since 1996, in the short form every calendar knows; icalendar's own
# generated zone lists each change of hour since 1970.
_PARIS_ZONE = b"""BEGIN:VTIMEZONE\r
TZID:Europe/Paris\r
BEGIN:DAYLIGHT\r
DTSTART:19960331T020000\r
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r
TZNAME:CEST\r
TZOFFSETFROM:+0100\r
TZOFFSETTO:+0200\r
END:DAYLIGHT\r
BEGIN:STANDARD\r
DTSTART:19961027T030000\r
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r
TZNAME:CET\r
TZOFFSETFROM:+0200\r
TZOFFSETTO:+0100\r
END:STANDARD\r
END:VTIMEZONE\r
"""


def page_path(event):
    """The address of the day's page on the site, without the host."""
    parts = event.get_url_parts()
    return parts[2] if parts else "/"


def place_of(event):
    """Venue and address on one line; "remotely" where there is none."""
    words = ", ".join(filter(None, [event.venue, event.address]))
    if words or event.has_seats_on_site:
        return words
    return _("Remotely")


def calendar_of(events, *, name=""):
    """The bytes of a calendar of `events` (with their state and a `body` of facts only).

    Each keeps its UID for life; SEQUENCE rises when its hours or place change, and a
    cancelled day says so, so that calendars that took it in follow. METHOD:PUBLISH: an
    announcement, which asks nobody to answer.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//network-site//events//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("name", name)
    calendar.add_component(Timezone.from_ical(_PARIS_ZONE))
    for event in events:
        calendar.add_component(_entry(event))
    return calendar.to_ical()


def _entry(event):
    state = event.live_state
    url = absolute(page_path(event))
    changed = event.last_published_at or event.latest_revision_created_at
    entry = Event()
    entry.add("uid", str(event.translation_key))
    entry.add("sequence", state.calendar_sequence)
    entry.add("dtstamp", (changed or event.starts_at).astimezone(UTC))
    entry.add("dtstart", event.starts_at.astimezone(PARIS))
    entry.add("dtend", event.ends_at.astimezone(PARIS))
    title = event.title
    if state.is_cancelled:
        title = _("Cancelled: %(title)s") % {"title": title}
    entry.add("summary", title)
    entry.add("description", "\n\n".join(filter(None, [event.summary, url])))
    entry.add("url", url)
    entry.add("status", "CANCELLED" if state.is_cancelled else "CONFIRMED")
    if place := place_of(event):
        entry.add("location", place)
    return entry

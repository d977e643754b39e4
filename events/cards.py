"""A day as the dictionary that templates/hot/cards.jinja draws."""

from datetime import UTC, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.catalogue_source import DAY
from events.enums import AttendanceMode
from events.seats import seats_of
from network_site.pages.cards import PageCard, card_of


@card_of(DAY)
class DayCard(PageCard):
    """A day among the contents of other pages, made of its entry."""

    @property
    def starts_at(self):
        return datetime.fromtimestamp(self.keys["starts"], UTC)

    @property
    def venue(self):
        return self.card.get("venue", "")


def short_place(event):
    """« Dijon, et à distance »: where, in a few words, from its territories or its venue."""
    names = [link.territory.name for link in event.territory_links.all()]
    place = ", ".join(names[:2]) or event.venue
    if event.attendance_mode == AttendanceMode.REMOTE:
        return _("Remotely")
    if event.attendance_mode == AttendanceMode.MIXED and place:
        return _("%(place)s, and remotely") % {"place": place}
    return place


def card_of(event, *, passage=None, url=None):
    """What the card of `event` shows; `event` comes from for_list()."""
    seats = seats_of(event)
    starts_at = timezone.localtime(event.starts_at)
    card = {
        "type": "journee",
        "title": event.title,
        "url": url or event.url,
        "lang": event.lang,
        "starts_at": starts_at,
        "ends_at": timezone.localtime(event.ends_at),
        "place": short_place(event),
        "passage": passage or event.summary,
        "private": _("Members only") if getattr(event, "is_restricted", False) else "",
    }
    if event.is_cancelled:
        card["status"] = {"kind": "hidden", "label": _("Cancelled")}
    elif event.is_past:
        card["status"] = {
            "kind": "past",
            "label": _("Over"),
            "note": _("What came of it") if event.outcome else "",
        }
    elif event.is_running:
        card["status"] = {"kind": "open", "label": _("Under way")}
    elif event.is_closed:
        card["status"] = {"kind": "locked", "label": _("Registration closed")}
    elif seats.capacity is None:
        card["seats_label"] = _("Seats without limit")
    elif seats.is_full:
        card["status"] = {
            "kind": "wait",
            "label": _("Full, waiting list"),
            "note": ngettext(
                "%(count)s person waiting", "%(count)s people waiting", seats.waiting
            )
            % {"count": seats.waiting}
            if seats.waiting
            else "",
        }
    else:
        card["seats_left"] = seats.left
    return card

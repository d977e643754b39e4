"""What other spaces and the home page show of the days."""

from django import template
from django.utils.translation import get_language, pgettext

from events.calendar import place_of
from events.cards import short_place
from events.seats import seats_of
from network_site.core.templatetags.address_tags import space_url

register = template.Library()


@register.simple_tag
def event_seats(event):
    """The Seats of a day: capacity, taken, left, waiting, is_full."""
    return seats_of(event)


@register.simple_tag
def event_crumbs(page=None):
    """The way to a day's page, or from one of its screens to `page`, the day."""
    crumbs = [
        {"title": pgettext("space of the network", "Days"), "url": space_url("events")}
    ]
    if page is not None:
        crumbs.append({"title": page.title, "url": page.url})
    return crumbs


@register.filter
def event_place(event):
    """Where, in one line: venue, town, and whether it can be followed remotely."""
    place = place_of(event)
    if place and event.has_remote and event.has_seats_on_site:
        return pgettext("place of a day", "%(place)s, and remotely") % {"place": place}
    return place or short_place(event) or pgettext("place of a day", "Place to come")


@register.filter
def ordinal(number):
    """« 1re », « 3e » in French (a position); « 1st », « 3rd » in English."""
    if number is None:
        return ""
    if (get_language() or "fr").startswith("fr"):
        return "1re" if number == 1 else f"{number}e"
    if number % 100 in {11, 12, 13}:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"

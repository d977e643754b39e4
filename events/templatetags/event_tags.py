"""What other spaces and the home page show of the days."""

from django import template
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.translation import get_language, pgettext

from events.calendar import place_of
from events.cards import card_of, short_place
from events.models import EventPage
from events.seats import seats_of
from network_site.core.templatetags.address_tags import space_url
from network_site.taxonomies.models import Territory, Theme

register = template.Library()


def _user(context):
    user = context.get("user")
    if user is None and "request" in context:
        user = getattr(context["request"], "user", None)
    return user or AnonymousUser()


@register.simple_tag(takes_context=True)
def next_event(context):
    """The next day the reader may see that is not cancelled, with its `seats`; or None."""
    event = (
        EventPage.objects.visible_to(_user(context))
        .upcoming()
        .for_list()
        .exclude(state__is_cancelled=True)
        .first()
    )
    if event:
        event.seats = seats_of(event)
    return event


@register.simple_tag(takes_context=True)
def events_for(context, theme=None, territory=None, page=None, programme=None, limit=3):
    """The days of a theme (and narrower), of a territory (and within), or linked to a page.

    Days to come first, the next one leading, then the latest past ones; each with its
    `seats` and `card` (for components/card_journee.html). At most six queries.
    """
    days = EventPage.objects.visible_to(_user(context))
    model = EventPage.objects
    if theme is not None:
        days = days.filter(
            pk__in=model.filter(theme_links__theme__in=Theme.get_tree(theme)).values(
                "pk"
            )
        )
    if territory is not None:
        days = days.filter(
            pk__in=model.filter(
                territory_links__territory__in=Territory.objects.within(territory)
            ).values("pk")
        )
    if programme is not None:
        days = days.filter(
            pk__in=model.filter(programme_links__programme=programme).values("pk")
        )
    if page is not None:
        days = days.filter(
            pk__in=model.filter(
                Q(related_links__target=page.pk) | Q(related_from__page=page.pk)
            ).values("pk")
        )
    found = list(days.upcoming().for_list()[:limit])
    if len(found) < limit:
        found += days.past().for_list()[: limit - len(found)]
    for event in found:
        event.seats = seats_of(event)
        event.card = card_of(event)
    return found


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

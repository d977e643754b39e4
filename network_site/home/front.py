"""What the home page shows, for one reader: each function is one question to the database."""

from collections import Counter

from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import EventPage
from forums.models import Thread
from good_practices.models import GoodPracticePage
from library.models import RecordPage
from network_site.crossings import items
from network_site.pages.models import EditorialPage, PageTerritory
from network_site.taxonomies.enums import TerritoryKind
from network_site.taxonomies.models import Territory

# Where a name is written beside its dot so that neighbours do not collide; the others go right.
LABEL_SIDES = {
    "bordeaux": "start",
    "marseille": "below",
    "strasbourg": "below",
    "nancy": "start",
    "argenteuil": "start",
    "dreux": "start",
    "vernouillet": "",
    "poitiers": "start",
    "lorient": "below",
}
OVERSEAS_DEPARTMENTS = ("971", "972", "973", "974", "976")


def map_places(user):
    """(places, overseas, number of practices) for the map: one dot a place, by its practices.

    A practice filed under an overseas commune counts for its département's inset; one filed
    under a whole région is not drawn as a dot but counts in the sentence of the legend.
    """
    visible = GoodPracticePage.objects.visible_to(user)
    total = visible.count()
    links = (
        PageTerritory.objects.filter(page_id__in=visible.values("pk"))
        .select_related("territory__parent__parent")
        .order_by("page_id", "pk")
    )
    dots, overseas = Counter(), Counter()
    by_pk = {}
    for link in links:
        place = link.territory
        if place.is_overseas:
            department = _overseas_department(place)
            if department:
                overseas[department.insee_code] += 1
            continue
        if place.map_x is None or place.kind == TerritoryKind.REGION:
            continue
        by_pk[place.pk] = place
        dots[place.pk] += 1
    places = [
        {
            "name": by_pk[pk].name,
            "count": count,
            "x": by_pk[pk].map_x,
            "y": by_pk[pk].map_y,
            "url": by_pk[pk].get_absolute_url(),
            "label_side": LABEL_SIDES.get(_city(by_pk[pk]), "end")
            if by_pk[pk].kind == TerritoryKind.COMMUNE
            else "",
            "minor": count == 1,
        }
        for pk, count in dots.items()
    ]
    insets = [
        {
            "name": place.name,
            "count": overseas.get(place.insee_code, 0),
            "url": place.get_absolute_url(),
        }
        for place in Territory.objects.filter(
            kind=TerritoryKind.DEPARTMENT, insee_code__in=OVERSEAS_DEPARTMENTS
        ).order_by("insee_code")
    ]
    return places, insets, total


def _city(place):
    return place.slug.rstrip("0123456789-")


def _overseas_department(place):
    while place is not None and place.kind != TerritoryKind.DEPARTMENT:
        if place.kind == TerritoryKind.REGION:
            return Territory.objects.filter(
                kind=TerritoryKind.DEPARTMENT, parent=place
            ).first()
        place = place.parent
    return place


def next_event(user):
    """The next day that `user` may open, with what its block draws; or None."""
    return (
        EventPage.objects.visible_to(user)
        .upcoming()
        .select_related("state")
        .prefetch_related("territory_links__territory")
        .first()
    )


def ways(user):
    """How much each of the four ways in leads to."""
    now = timezone.now()
    return {
        "texts": RecordPage.objects.visible_to(user).count(),
        "events": EventPage.objects.visible_to(user).upcoming(now).count(),
        "unanswered": Thread.objects.visible_to(user).unanswered().count(),
    }


def latest(user, request, number=3):
    """The newest contents of the four spaces, as lines: texts, practices, events, threads."""
    texts = (
        RecordPage.objects.visible_to(user)
        .order_by("-first_published_at", "-pk")
        .select_related("publisher")[:number]
    )
    practices = (
        GoodPracticePage.objects.visible_to(user)
        .order_by("-first_published_at", "-pk")
        .prefetch_related("territory_links__territory")[:number]
    )
    coming = EventPage.objects.visible_to(user).upcoming()[:number]
    threads = (
        Thread.objects.visible_to(user)
        .select_related("forum")
        .order_by("-last_post_at", "-pk")[:number]
    )
    return {
        "texts": [items.text_item(one, request) for one in texts],
        "practices": [items.practice_item(one, request) for one in practices],
        "events": [items.event_item(one, request) for one in coming],
        "threads": [items.thread_item(one) for one in threads],
    }


def oldest_unanswered(user):
    """The question that has waited longest, with its author's function and its words."""
    return (
        Thread.objects.visible_to(user)
        .unanswered()
        .select_related("forum", "author__profile__territory")
        .order_by("created_at", "pk")
        .first()
    )


def editorial(user):
    """The founding text."""
    return (
        EditorialPage.objects.visible_to(user)
        .order_by("-first_published_at", "-pk")
        .first()
    )


def map_summary(total, places, overseas):
    """The sentence under the map."""
    shown = len(places) + sum(1 for place in overseas if place["count"])
    return _("%(total)s practices, %(places)s places") % {
        "total": total,
        "places": shown,
    }

"""What the home page shows, asked of one reader's catalogue."""

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.translation import gettext as _

from events.catalogue_source import DAY
from events.day_listing import ARE_COMING, SOONEST
from forums.catalogue_source import THREAD
from forums.enums import ThreadState
from forums.models import Thread
from good_practices.catalogue_source import PRACTICE
from library.catalogue_source import KINDS as RECORDS
from network_site.catalogue import Filter
from network_site.catalogue.listing import shown
from network_site.crossings import items, services
from network_site.pages.models import EditorialPage
from network_site.taxonomies.enums import TerritoryKind
from network_site.taxonomies.points import OVERSEAS, Points

PUBLISHED = ("-published", "-pk")
UNANSWERED = Filter("thread_state", [ThreadState.UNANSWERED.value])
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


def map_places(catalogue):
    """(places, overseas, number of practices) for the map: one dot a place, by its practices.

    A practice filed under an overseas commune counts for its département's inset; one filed
    under a whole région is not drawn as a dot but counts in the sentence of the legend.
    """
    answer = catalogue.ask(kinds=(PRACTICE,), size=0, pairs=("territory",))
    terms = catalogue.terms("territory")
    points = Points(answer, terms)
    places = [
        {
            "name": place.name,
            "count": count,
            "x": place.point[0],
            "y": place.point[1],
            "url": reverse("territory", args=[place.slug]),
            "label_side": LABEL_SIDES.get(_city(place), "end")
            if place.kind == TerritoryKind.COMMUNE
            else "",
            "minor": count == 1,
        }
        for place, count in points.dots
        if place.kind != TerritoryKind.REGION
    ]
    insets = [
        {
            "name": name,
            "count": points.overseas_counts[code],
            "url": reverse("territory", args=[slug]),
        }
        for code, (name, slug) in OVERSEAS.items()
        if slug in terms.by_slug
    ]
    return places, insets, answer.total


def _city(place):
    return place.slug.rstrip("0123456789-")


def ways(catalogue):
    """How much each of the four ways in leads to."""

    def count(kinds, *filters):
        return catalogue.ask(kinds=kinds, filters=filters, size=0).total

    return {
        "texts": count(RECORDS),
        "events": count((DAY,), ARE_COMING),
        "unanswered": count((THREAD,), UNANSWERED),
    }


def latest(catalogue, request, number=3):
    """The newest contents of the four spaces, as lines: texts, practices, events, threads."""
    lines = newest(catalogue, request, number)
    threads = services.threads_of(catalogue, number=number).rows
    return {**lines, "threads": [items.thread_item(one) for one in threads]}


def newest(catalogue, request, number, *filters):
    """The texts and practices published last, and the next days, as lines; `filters` narrow
    the first two."""
    texts, practices, days = services.pages_of(
        catalogue,
        services.texts_asked(catalogue, *filters, order=PUBLISHED, number=number),
        services.practices_asked(catalogue, *filters, order=PUBLISHED, number=number),
        services.days_asked(catalogue, ARE_COMING, order=SOONEST, number=number),
    )
    return {
        "texts": [items.text_item(one, request) for one in texts.rows],
        "practices": [items.practice_item(one, request) for one in practices.rows],
        "events": [items.event_item(one, request) for one in days.rows],
    }


def oldest_unanswered(catalogue):
    """The question that has waited longest, with its author's function and its words."""
    answer = catalogue.ask(
        kinds=(THREAD,), filters=[UNANSWERED], order=("opened", "pk"), size=1
    )
    threads = Thread.objects.select_related("forum", "author__profile__territory")
    return next(iter(shown(threads, answer.object_ids, catalogue.user)), None)


def editorial(user):
    """The founding text."""
    # By their type: else every page of the site is tried for its restrictions.
    type_of_page = ContentType.objects.get_for_model(EditorialPage)
    return (
        EditorialPage.objects.visible_to(user)
        .filter(content_type=type_of_page)
        .defer("body")
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

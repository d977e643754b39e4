"""The list's filters: choices that exist among the days the reader sees, and what they mean."""

from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.dates import MONTHS

from events.enums import AttendanceMode
from events.forms import EventFilterForm
from events.models import EventPage
from network_site.taxonomies.enums import TerritoryKind
from network_site.taxonomies.models import Territory, Theme


def filter_form(data, user):
    """The EventFilterForm over the days visible to `user`, in three queries."""
    visible = EventPage.objects.visible_to(user).order_by()
    themes = Theme.objects.filter(page_links__page__in=visible.values("pk"))
    regions = {
        place.slug: place.name
        for place in map(
            _region,
            Territory.objects.filter(page_links__page__in=visible.values("pk"))
            .distinct()
            .select_related("parent__parent"),
        )
        if place
    }
    months = EventPage.objects.visible_to(user).datetimes(
        "starts_at", "month", order="DESC"
    )
    months = [timezone.localtime(moment).date() for moment in months]
    years = sorted({month.year for month in months}, reverse=True)
    return EventFilterForm(
        data,
        themes=[(theme.slug, theme.label) for theme in _broader(themes)],
        territories=sorted(regions.items(), key=lambda pair: pair[1]),
        months=[
            *((str(year), str(year)) for year in years if len(years) > 1),
            *((f"{one:%Y-%m}", f"{MONTHS[one.month]} {one.year}") for one in months),
        ],
    )


def _broader(themes):
    """The themes with those above them, in the order of the tree."""
    steplen = Theme.steplen
    paths = {
        path[:end]
        for path in themes.values_list("path", flat=True).distinct()
        for end in range(steplen, len(path) + 1, steplen)
    }
    return Theme.objects.filter(path__in=paths).order_by("path")


def _region(place):
    while place and place.kind != TerritoryKind.REGION:
        place = place.parent
    return place


def filtered(days, chosen):
    """`days` narrowed to `chosen` (EventFilterForm.chosen)."""
    if "theme" in chosen:
        path = Theme.objects.values_list("path", flat=True).get(slug=chosen["theme"])
        days = days.filter(
            pk__in=days.model.objects.filter(
                theme_links__theme__path__startswith=path
            ).values("pk")
        )
    if "territory" in chosen:
        region = Territory.objects.get(slug=chosen["territory"])
        days = days.filter(
            pk__in=days.model.objects.filter(
                territory_links__territory__in=Territory.objects.within(region)
            ).values("pk")
        )
    if "mode" in chosen:
        days = days.filter(
            Q(attendance_mode=chosen["mode"]) | Q(attendance_mode=AttendanceMode.MIXED)
        )
    if "month" in chosen:
        days = days.filter(**_span(chosen["month"]))
    return days


def _span(words):
    """The bounds of « 2026 » or « 2026-11 », Paris time."""
    year, _dash, month = words.partition("-")
    first = date(int(year), int(month or 1), 1)
    if not month:
        last = date(first.year + 1, 1, 1)
    else:
        last = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return {
        "starts_at__gte": _midnight(first),
        "starts_at__lt": _midnight(last),
    }


def _midnight(day):
    moment = timezone.datetime(day.year, day.month, day.day)
    return timezone.make_aware(moment)

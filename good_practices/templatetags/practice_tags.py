"""What the other pages show of the practices."""

from django import template
from django.utils.translation import gettext as _

from good_practices.filters import Points, Row
from good_practices.maps import filtered_url, places_of
from good_practices.models import GoodPracticePage
from network_site.pages.filters import about_theme, in_territory, of_programme
from network_site.pages.models import PageTerritory

register = template.Library()


@register.simple_tag(takes_context=True)
def practices_for(
    context,
    theme=None,
    territory=None,
    programme=None,
    measure=None,
    page=None,
    organization=None,
    limit=6,
):
    """The practices the reader may open on a term, a measure, a body or a page; a list.

    `page`: a page the practices are linked to, in either direction. The limit holds.
    """
    practices = GoodPracticePage.objects.visible_to(context["request"].user)
    if theme is not None:
        practices = practices.filter(about_theme(theme))
    if territory is not None:
        practices = practices.filter(in_territory(territory))
    if programme is not None:
        practices = practices.filter(of_programme(programme))
    if measure is not None:
        practices = practices.filter(measure=measure)
    if organization is not None:
        practices = practices.filter(organization=organization)
    if page is not None:
        practices = practices.filter(
            pk__in=page.related_links.values("target_id")
        ) | practices.filter(pk__in=page.related_from.values("page_id"))
    return list(
        practices.select_related("state")
        .with_places()
        .order_by("-first_published_at", "-pk")
        .distinct()[:limit]
    )


@register.simple_tag(takes_context=True)
def latest_practices(context, limit=3):
    """The practices published last that the reader may open."""
    return list(
        GoodPracticePage.objects.visible_to(context["request"].user)
        .select_related("state")
        .with_places()
        .order_by("-first_published_at", "-pk")[:limit]
    )


@register.simple_tag(takes_context=True)
def practice_map_points(context, user=None):
    """The practices of the whole network on the map, for the reader: two queries.

    Returns {places, overseas, total, departments, summary…} for {% network_map %}.
    """
    reader = user if user is not None else context["request"].user
    visible = GoodPracticePage.objects.visible_to(reader).order_by()
    rows = {pk: Row(pk) for pk in visible.values_list("pk", flat=True)}
    for link in PageTerritory.objects.filter(
        page__in=visible.values("pk")
    ).select_related("territory__parent__parent"):
        if link.page_id in rows:
            rows[link.page_id].spots.append(link.territory)
    points = Points(list(rows.values()))
    places, overseas = places_of(points, filtered_url)
    return {
        "places": places,
        "overseas": overseas,
        "total": points.total,
        "departments": points.department_count,
    }


@register.simple_tag
def practice_cards(practices, counts=None):
    """The cards of `practices`, with their links to the other spaces (`cross_counts`)."""
    cards = []
    for practice in practices:
        found = (counts or {}).get(practice.pk, {})
        cards.append(
            {
                **practice.card,
                "links": [
                    {"mark": mark, "count": found.get(name, 0), "label": label}
                    for name, mark, label in (
                        ("texts", "texte", _("Texts that frame it")),
                        ("events", "journee", _("Exchange days")),
                        ("threads", "discussion", _("Discussions")),
                    )
                ],
            }
        )
    return cards

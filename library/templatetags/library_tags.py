"""Texts and studies, for the pages of other spaces."""

from django import template

from library import cards
from library.models import RecordPage
from network_site.pages.filters import about_theme, in_territory, of_programme

register = template.Library()


def _records(context):
    return RecordPage.objects.visible_to(context["request"].user).for_cards()


@register.simple_tag(takes_context=True)
def texts_for(
    context, theme=None, territory=None, programme=None, organization=None, limit=5
):
    """Return the records filed under every term given, that the reader may open.

    A broader theme or place brings what is filed under the narrower ones.
    """
    records = _records(context)
    if theme is not None:
        records = records.filter(about_theme(theme))
    if territory is not None:
        records = records.filter(in_territory(territory))
    if programme is not None:
        records = records.filter(of_programme(programme))
    if organization is not None:
        records = records.filter(publisher=organization)
    return list(records.order_by("-document_date", "-pk")[:limit])


@register.simple_tag(takes_context=True)
def latest_texts(context, limit=3):
    """Return the records published last that the reader may open."""
    return list(_records(context).order_by("-first_published_at", "-pk")[:limit])


@register.simple_tag(takes_context=True)
def record_items(context, records, counts=None):
    """Return the items of components/card_texte.html for `records` (two queries in all).

    `counts` is what `cross_counts` of crossings_tags gives, {page id: counts}.
    """
    request = context["request"]
    records = list(records)
    statuses = cards.current_statuses(records)
    replacements = cards.replaced_by(records, request.user)
    return [
        cards.card_item(
            record,
            url=record.get_url(request),
            entry=statuses.get(record.pk),
            replacement=replacements.get(record.pk, ""),
            counts=(counts or {}).get(record.pk),
        )
        for record in records
    ]

"""Texts and studies, for the pages of other spaces."""

from django import template

from library import cards

register = template.Library()


@register.simple_tag(takes_context=True)
def record_items(context, records, counts=None):
    """Return the items of templates/hot/cards.jinja for `records` (two queries in all).

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

"""What the other pages show of the practices."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()


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

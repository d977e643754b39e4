from datetime import date, datetime

from django import template

from network_site.privacy import services

register = template.Library()


@register.filter
def kind_of(value):
    """How a value of the archive is shown: moment, day, yes, no, list, pairs or words."""
    if value is True or value is False:
        return "yes" if value else "no"
    for kinds, name in (
        (datetime, "moment"),
        (date, "day"),
        ((list, tuple), "list"),
        (dict, "pairs"),
    ):
        if isinstance(value, kinds):
            return name
    return "words"


@register.filter
def lower_first(words):
    """Words inside a sentence: their first letter is small."""
    text = str(words)
    return text[:1].lower() + text[1:]


@register.inclusion_tag("privacy/departure_notice.html", takes_context=True)
def departure_notice(context):
    """Says to whoever leaves until when they may change their mind."""
    user = context["request"].user
    return {
        "departure": services.open_departure(user) if user.is_authenticated else None
    }

"""The bridge from Django's templates to those in Jinja2 (templates/hot)."""

from django import template

from network_site.core.hot import draw

register = template.Library()


@register.simple_tag(takes_context=True)
def jinja(context, name, **values):
    """{% jinja "hot/cards.jinja" items=cards %}: that template with the context and `values`."""
    return draw(name, {**context.flatten(), **values})

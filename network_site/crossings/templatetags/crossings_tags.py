from django import template

from network_site.crossings import services

register = template.Library()


@register.simple_tag(takes_context=True)
def cross_counts(context, pages):
    """{page id: counts} of what concerns each of `pages`, for the reader."""
    return services.cross_counts([page.pk for page in pages], context["request"].user)


@register.filter
def of_page(counts, page):
    """The counts of one page among those of `cross_counts`."""
    return counts.get(page.pk, {})


@register.simple_tag(takes_context=True)
def page_links(context, page):
    """The texts, practices, days and threads that concern `page`, for the reader."""
    return services.links_of(page, context["request"].user)


@register.simple_tag(takes_context=True)
def gather(context, theme=None, territory=None, programme=None, limit=6):
    """All that the network holds on a term, for the reader."""
    return services.gather(
        context["request"].user,
        theme=theme,
        territory=territory,
        programme=programme,
        limit=limit,
    )

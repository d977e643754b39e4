from django import template

from network_site.crossings import items, services

register = template.Library()


@register.simple_tag
def cross_counts(pages, catalogue):
    """{page id: counts} of what concerns each of `pages`, for the reader of a catalogue."""
    return services.cross_counts([page.pk for page in pages], catalogue)


@register.simple_tag(takes_context=True)
def page_links(context, page, own=""):
    """What concerns `page` in the spaces other than its `own`, as lines of lists."""
    request = context["request"]
    links = services.links_of(page, request.user)
    return _lines(links, request, own)


def _lines(links, request, own=""):
    return {
        "texts": [items.text_item(one, request) for one in links.texts]
        if own != "texts"
        else [],
        "practices": [items.practice_item(one, request) for one in links.practices]
        if own != "practices"
        else [],
        "events": [items.event_item(one, request) for one in links.events]
        if own != "events"
        else [],
        "threads": [items.thread_item(one) for one in links.threads],
    }


@register.simple_tag(takes_context=True)
def gather(context, programme, limit=6):
    """All that the network holds on a programme, for the reader, as lines of lists."""
    request = context["request"]
    found = services.gather(request.user, programme, limit=limit)
    return {
        "texts": [items.text_item(one, request) for one in found.texts],
        "text_count": found.text_count,
        "practices": [items.practice_item(one, request) for one in found.practices],
        "practice_count": found.practice_count,
        "next_events": [items.event_item(one, request) for one in found.next_events],
        "past_events": [items.event_item(one, request) for one in found.past_events],
        "threads": [items.thread_item(one) for one in found.threads],
        "thread_count": found.thread_count,
    }

"""A process that has read nothing of the contents yet, as far as a change would make it so."""

from contextlib import contextmanager

from django.core.cache import caches
from django.db import connection
from django.db.models import F
from django.template.base import Node

from network_site.catalogue.models import Entry
from network_site.directory import organizations
from network_site.pages import reader_cache
from network_site.search import cards, passages, synonyms


def forget():
    """Throw away what this process keeps of the contents, the people and their rights.

    Emptied: the pages and the pieces of pages kept for readers (pages.reader_cache); the
    cache that the processes share (names of organisations, frames of mails, addresses of
    sites, counts of attempts); the folded words of the directory;
    the cards, the patterns of words asked and the synonyms of search. One entry of the catalogue is written
    again as it was, so that its arrays have a change to take in.

    Left as they are, since no change of the contents empties them: the code, the compiled
    templates, the addresses known to Django, the translations, the types of content, the
    connection to the database; the open segments of the search index and the arrays and
    vocabularies of the catalogue, which take in what changed and keep the rest; the roots of
    words, which depend on the word alone; what only administration changes, under its
    version: sites, branding.
    """
    for cache in caches.all():
        cache.clear()
    reader_cache.forget()
    organizations._folded.clear()
    cards._cards.clear()
    passages._pattern.cache_clear()
    synonyms._lines.forget()
    first = Entry.objects.order_by("pk").values_list("pk", flat=True).first()
    Entry.objects.filter(pk=first).update(kind=F("kind"))


@contextmanager
def counted_nodes():
    """Yield a list whose only number is how many nodes of Django's templates were drawn."""
    number, drawn = [0], Node.render_annotated

    def render_annotated(self, context):
        number[0] += 1
        return drawn(self, context)

    # Plain text draws itself.
    Node.render_annotated = render_annotated
    try:
        yield number
    finally:
        Node.render_annotated = drawn


def statements_of(client, path, **headers):
    """(response, SQL of the statements) of a page read by a process that kept nothing."""
    from django.test.utils import CaptureQueriesContext

    forget()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path, headers=headers)
    return response, [one["sql"] for one in captured.captured_queries]

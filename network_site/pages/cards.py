"""Pages as lists show them, made of their entries: no row of their own models is read."""

from django.db.models import OuterRef, Subquery
from wagtail.models import Page

from network_site.catalogue.models import Entry
from network_site.pages.catalogue_source import PAGE
from network_site.pages.visibility import visible_page_filter

_kinds = {}


def card_of(*kinds):
    """Register a PageCard class for kinds of the catalogue."""

    def register(cls):
        _kinds.update(dict.fromkeys(kinds, cls))
        return cls

    return register


class PageCard:
    """What a page of any kind shows; a space adds what its own pages say, under the names that
    its model gives them."""

    def __init__(self, pk, title, url_path, data, catalogue):
        self.pk, self.title, self.url_path = pk, title, url_path
        self.card, self.facets = data.get("card", {}), data.get("facets", {})
        self.keys = data.get("keys", {})
        self.catalogue = catalogue

    @property
    def lang(self):
        return self.facets.get("language", [""])[0]

    @property
    def summary(self):
        return self.card.get("summary", "")

    def get_url(self, request=None):
        """The address of the page, by Wagtail's own rule."""
        return Page(url_path=self.url_path).get_url(request)


def page_cards(catalogue, numbers):
    """{page: its PageCard} of those that the reader of a catalogue may open.

    One statement, whatever the kinds: the second lock (visible_page_filter) and the entry of
    each; of a page that changed a moment ago, what it says now.
    """
    numbers = list(numbers)
    if not numbers:
        return {}
    entries = Entry.objects.filter(model=PAGE, object_id=OuterRef("pk"))
    found = {}
    for pk, title, url_path, data in (
        Page.objects.filter(visible_page_filter(catalogue.user), pk__in=numbers)
        .order_by()
        .values_list("pk", "title", "url_path", Subquery(entries.values("data")[:1]))
    ):
        kind, data = catalogue.said_of(PAGE, pk, data)
        found[pk] = _kinds.get(kind, PageCard)(pk, title, url_path, data, catalogue)
    return found

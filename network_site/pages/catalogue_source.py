"""What the entries of all pages have in common: their gates, their terms, what is watched."""

from wagtail.models import Page

from network_site.catalogue.gates import gate
from network_site.catalogue.registry import (
    Built,
    Facet,
    Right,
    Source,
    Watch,
    add_facets,
    sources_of,
)
from network_site.pages.creating import TERMS
from network_site.pages.models import RelatedPage
from network_site.pages.visibility import paths_closed_to

PAGE = "wagtailcore.page"
PREFIX = "p/"
# {facet: (model, column)}.
_TERMS = {
    attribute: (link, f"{attribute}_id")
    for link, _relation, attribute in TERMS.values()
}

# "place": the territories that a page is filed under themselves, not those above.
# "related": the pages that a page names as linked to it.
add_facets(
    Facet("language"), Facet("year"), Facet("place"), Facet("related", model=PAGE)
)


@gate
def restricted_pages(user):
    """The branches of the tree kept for others (Wagtail's view restrictions)."""
    return [f"{PREFIX}{path}" for path in paths_closed_to(user)]


def kinds_of_pages():
    """The kinds of entries that are pages."""
    return tuple(kind for one in sources_of(PAGE) for kind in one.kinds)


class PageSource(Source):
    """A type of page; a space says its kind, its own facets, keys and card."""

    root = PAGE
    model = None
    right = Right(Page, "{row}.live", f"'{PREFIX}' || {{row}}.path", ("live", "path"))
    # Tables of the space that tell something of the page.
    own_watches: tuple[Watch, ...] = ()

    @property
    def watches(self):
        columns = ("title", "slug", "path", "live", "first_published_at", "url_path")
        return (
            Watch(Page, "id", columns),
            *(Watch(model, "page_id") for model, _field in _TERMS.values()),
            Watch(RelatedPage, "page_id", ("page_id", "target_id")),
            *self.own_watches,
        )

    def ids(self):
        return self.model.objects.order_by().values_list("pk", flat=True)

    def queryset(self):
        """The pages, with what `entry` reads."""
        return self.model.objects.all()

    def build(self, ids):
        pages = list(self.queryset().filter(pk__in=ids))
        if not pages:
            return
        pks = [page.pk for page in pages]
        terms, related = _terms_of(pks), _related_to(pks)
        for page, more in self.with_more(pages):
            one = Built(
                page.pk, "", f"{PREFIX}{page.path}", page.live, title=page.title
            )
            if page.first_published_at:
                one.keys["published"] = page.first_published_at.timestamp()
            filed = terms.get(page.pk, {})
            one.facets = {
                **filed,
                "place": filed.get("territory", []),
                "language": [page.lang],
                "related": related.get(page.pk, []),
            }
            one.card = {"summary": page.summary} if page.summary else {}
            self.describe(one, page, more)
            yield one

    def with_more(self, pages):
        """(page, what else `describe` needs of it), read for many pages at once."""
        return [(page, None) for page in pages]

    def describe(self, one, page, more):
        """Say the kind of an entry, its own facets, keys and card."""
        raise NotImplementedError


def _related_to(pks):
    """{page: numbers of the pages that it names as linked to it}."""
    found = {}
    for page, target in (
        RelatedPage.objects.filter(page_id__in=pks)
        .order_by("page_id", "target_id")
        .values_list("page_id", "target_id")
        .distinct()
    ):
        found.setdefault(page, []).append(target)
    return found


def _terms_of(pks):
    """{page: {facet: numbers of its terms}}, in one query a kind of term."""
    found = {}
    for facet, (model, field) in _TERMS.items():
        for pk, term in (
            model.objects.filter(page_id__in=pks)
            .order_by("page_id", "sort_order", "pk")
            .values_list("page_id", field)
        ):
            found.setdefault(pk, {}).setdefault(facet, []).append(term)
    return found

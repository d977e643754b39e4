"""How a type of Wagtail page is found in search."""

from collections.abc import Iterable

from network_site.pages.visibility import tokens_of_page
from network_site.registries.search import Part, Source

# The terms whose labels are words of the page, besides its themes and territories.
_LABELLED = (
    "programme_links__programme",
    "target_group_links__target_group",
    "ground_links__ground",
)


class PageSource(Source):
    """A type of Wagtail page: published, and readable by whom its restrictions say."""

    def queryset(self):
        pages = self.model._default_manager.live().with_terms()
        return pages.prefetch_related(*_LABELLED)

    def title(self, page):
        return page.title

    def body(self, page) -> str | Iterable:
        return getattr(page, "summary", "")

    def parts(self, page):
        if page.live:
            yield Part(
                "main",
                title=self.title(page),
                text=self.body(page),
                tokens=tokens_of_page(page),
            )

    def themes(self, page):
        return (
            [link.theme for link in page.theme_links.all()]
            if hasattr(page, "theme_links")
            else []
        )

    def labels(self, page):
        terms = [
            getattr(link, name)
            for relation, name in (path.split("__") for path in _LABELLED)
            for link in getattr(page, relation).all()
        ]
        return [
            label
            for term in terms
            for label in (term.name, term.name_en, getattr(term, "acronym", ""))
        ]

    def territories(self, page):
        if not hasattr(page, "territory_links"):
            return []
        return [link.territory for link in page.territory_links.all()]

    def date(self, page):
        return page.first_published_at

    def url(self, page):
        return page.url

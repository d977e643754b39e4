"""How a type of Wagtail page is found in search."""

from collections.abc import Iterable

from network_site.pages.visibility import tokens_of_page
from network_site.registries.search import Part, Source


class PageSource(Source):
    """A type of Wagtail page: published, and readable by whom its restrictions say."""

    def queryset(self):
        return self.model._default_manager.live().with_terms()

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

    def territories(self, page):
        if not hasattr(page, "territory_links"):
            return []
        return [link.territory for link in page.territory_links.all()]

    def date(self, page):
        return page.first_published_at

    def url(self, page):
        return page.url

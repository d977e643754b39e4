from django.utils.translation import gettext as _

from network_site.pages.models import EditorialPage, StandardPage
from network_site.pages.page_source import PageSource
from network_site.registries.search import (
    Kind,
    Part,
    source,
)


class _BilingualSource(PageSource):
    """A page of the site, found in both languages, shown in the reader's."""

    kind = Kind.PAGE

    def aliases(self, page):
        return [page.title_en]

    def body(self, page):
        return [page.summary, page.body]

    def parts(self, page):
        for part in super().parts(page):
            yield part
            # Apart, so that the passage shown is in the language of the words found.
            yield Part(
                "en",
                text=[page.summary_en, page.body_en],
                tokens=part.tokens,
                lang="en",
            )

    def card_context(self, page, user):
        return {"title": page.label, "passage": page.text_summary}


@source
class StandardPageSource(_BilingualSource):
    model = StandardPage

    def marks(self, page):
        # It speaks of the site: after what speaks of the trade.
        return ["site"]


@source
class EditorialPageSource(_BilingualSource):
    model = EditorialPage

    def date(self, page):
        return page.published_on

    def card_context(self, page, user):
        return {**super().card_context(page, user), "kind_label": _("Editorial")}

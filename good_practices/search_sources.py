"""What is found of the practices and the national measures (docs/features/search.md)."""

from good_practices.models import GoodPracticePage, MeasurePage
from network_site.pages.page_source import PageSource
from network_site.registries.search import (
    Kind,
    KindWord,
    add_kind_words,
    source,
)

add_kind_words(
    KindWord(
        ("bonnes pratiques", "bonne pratique", "good practices", "good practice"),
        Kind.PRATIQUE,
    )
)


@source
class GoodPracticeSource(PageSource):
    """A practice, read by whoever may open its page; the contact is no one's search result."""

    model = GoodPracticePage
    kind = Kind.PRATIQUE

    def queryset(self):
        return super().queryset().select_related("organization", "measure")

    def visible_queryset(self, user):
        return (
            super()
            .visible_queryset(user)
            .select_related("state")
            .prefetch_related("territory_links__territory__parent")
        )

    def body(self, page):
        return [
            page.summary,
            page.context,
            page.actions,
            page.results,
            page.lessons_learned,
            page.resources,
            page.partners,
            page.legal_basis,
            page.place,
            page.carriers,
            page.organization.name if page.organization else "",
            page.measure.title if page.measure_id and page.measure.live else "",
        ]

    def card_context(self, page, user):
        card = dict(page.card)
        # The search gives these itself, with the passage that was found.
        for name in ("type", "title", "url", "passage"):
            card.pop(name)
        return card


@source
class MeasureSource(PageSource):
    model = MeasurePage
    kind = Kind.PAGE

    def body(self, page):
        return [page.summary, page.body]

    def card_context(self, page, user):
        return {
            "mark": "mesure",
            "kind_label": page._meta.verbose_name.capitalize(),
            "line": page.sessions_label,
        }

"""What is found of the library (docs/features/search.md)."""

from django.db.models import Prefetch
from django.utils.text import capfirst

from library import cards
from library.citations_export import full_title
from library.enums import StudyType, TextType
from library.models import LegalStatusEntry, RegulatoryTextPage, StudyPage
from network_site.pages.enums import RelationKind
from network_site.pages.page_source import PageSource
from network_site.pages.visibility import tokens_of_file, tokens_of_page
from network_site.registries.search import (
    Kind,
    KindWord,
    Part,
    add_kind_words,
    source,
)

add_kind_words(
    *(
        KindWord(tuple(words.split(", ")), Kind.TEXTE, nature)
        for nature, words in (
            (TextType.LAW, "loi, lois, law, laws"),
            (TextType.DECREE, "decret, decrets, decree, decrees"),
            (TextType.ORDINANCE, "ordonnance, ordonnances"),
            (TextType.ORDER, "arrete, arretes"),
            (TextType.CIRCULAR, "circulaire, circulaires, circular, circulars"),
            (TextType.EU_TEXT, "directive, directives"),
            (StudyType.REPORT, "rapport, rapports, report, reports"),
            (StudyType.GUIDE, "guide, guides"),
            (StudyType.STATISTICS, "statistique, statistiques, statistics"),
            (StudyType.VIDEO, "video, videos"),
        )
    )
)


class RecordSource(PageSource):
    """A record: its own words, and those of each file for those who may open the file."""

    kind = Kind.TEXTE

    def queryset(self):
        return (
            super()
            .queryset()
            .select_related("publisher")
            .prefetch_related("files__document__collection", "related_links")
        )

    def visible_queryset(self, user):
        records = super().visible_queryset(user).select_related("publisher")
        return records.with_source()

    def body(self, page):
        return [
            page.summary,
            page.body_html,
            page.reference,
            page.publisher.name if page.publisher else "",
            page.source_citation,
        ]

    def parts(self, page):
        yield from super().parts(page)
        if not page.live:
            return
        tokens = tokens_of_page(page)
        for link in page.files.all():
            document = link.document
            text = document.present_text
            pages = text.split("\f") if document.page_count else ()
            yield Part(
                f"file-{document.pk}",
                label=link.label or document.title,
                url=document.url,
                text="" if pages else text,
                pages=pages,
                tokens=tokens_of_file(document, tokens),
                of=document,
            )

    def marks(self, page):
        return [page.nature]

    def replaces(self, page):
        return [
            link.target_id
            for link in page.related_links.all()
            if link.kind == RelationKind.REPLACES
            and page.may_say(link.kind, link.target)
        ]

    def date(self, page):
        return page.document_date

    def card_context(self, page, user):
        item = cards.card_item(page, url=page.url, entry=self._current(page))
        # The words found, the title and the address are the search's to give.
        for name in ("type", "title", "url", "passage"):
            item.pop(name)
        return item

    def _current(self, page):
        return None


@source
class RegulatoryTextSource(RecordSource):
    model = RegulatoryTextPage

    def visible_queryset(self, user):
        return (
            super()
            .visible_queryset(user)
            .prefetch_related(
                Prefetch(
                    "status_entries",
                    queryset=LegalStatusEntry.objects.in_effect(),
                    to_attr="entries_in_effect",
                )
            )
        )

    def _current(self, page):
        entries = getattr(page, "entries_in_effect", ())
        return entries[0] if entries else None

    def references(self, page):
        references = [str(page.identity), full_title(page), page.nor]
        if page.reference:
            references += [
                page.reference,
                f"{capfirst(str(page.nature_label))} {page.reference}",
            ]
        return [reference for reference in references if reference]

    def body(self, page):
        return [*super().body(page), page.nor]


@source
class StudySource(RecordSource):
    model = StudyPage

    def body(self, page):
        return [*super().body(page), page.authors]

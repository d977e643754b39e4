"""What the catalogue holds of a record: its nature, its status on any day, its files."""

from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from library.enums import StatusGroup, StudyType
from library.models import (
    LegalStatusEntry,
    LibrarySectionPage,
    RecordFile,
    RecordPage,
    RegulatoryTextPage,
    StudyPage,
)
from network_site.catalogue.registry import Facet, Watch, add_facets, source
from network_site.pages.catalogue_source import PageSource

TEXT, STUDY = KINDS = ("text", "study")

add_facets(
    Facet("nature"),
    Facet("status", dated=True),
    Facet("source"),
    Facet("has_file"),
)


@source
class RecordSource(PageSource):
    """Texts and studies."""

    model = RecordPage
    kinds = KINDS
    labels = {TEXT: _("Texts"), STUDY: _("Studies")}
    own_watches = (
        Watch(RecordPage, "page_ptr_id"),
        Watch(RegulatoryTextPage, "recordpage_ptr_id"),
        Watch(StudyPage, "recordpage_ptr_id"),
        Watch(RecordFile, "page_id"),
        Watch(LegalStatusEntry, "page_id"),
        # A space of a body changes hands: what stands in it is looked at again.
        Watch(LibrarySectionPage, "page_ptr_id"),
    )

    def queryset(self):
        return RecordPage.objects.select_related("regulatorytextpage", "studypage")

    def with_more(self, pages):
        pks = [page.pk for page in pages]
        lines = {}
        for line in LegalStatusEntry.objects.filter(page_id__in=pks).order_by(
            "created_at", "pk"
        ):
            lines.setdefault(line.page_id, []).append(line)
        bodies = dict(LibrarySectionPage.objects.values_list("path", "organization"))
        files = set(
            RecordFile.objects.filter(page_id__in=pks).values_list("page_id", flat=True)
        )
        return [
            (
                page,
                {
                    "lines": lines.get(page.pk, []),
                    "section": bodies.get(page.path[: -page.steplen]),
                    "has_file": page.pk in files,
                },
            )
            for page in pages
        ]

    def describe(self, one, page, more):
        one.kind = STUDY if page.nature in StudyType.values else TEXT
        if page.reference:
            one.card["reference"] = page.reference
        day = page.document_date
        one.keys["date"] = day.toordinal() if day else None
        one.facets |= {
            "nature": [page.nature],
            "status": list(status_spans(page.nature, more["lines"])),
            "year": [day.year] if day else [],
            "source": [more["section"]] if more["section"] else [],
            "body": [page.publisher_id] if page.publisher_id else [],
            "has_file": ["yes" if more["has_file"] else "no"],
        }


def status_spans(nature, lines):
    """Yield (status group, first day or None, day after the last or None) of a record.

    `lines` are its LegalStatusEntry in the order in which they were written. On each day the
    last line written among those that already apply counts: a correction needs no deletion,
    and a repeal recorded in advance counts from its own day (LegalStatusQuerySet.in_effect).
    """
    if nature in StudyType.values:
        yield StatusGroup.NOT_APPLICABLE.value, None, None
        return
    groups = StatusGroup.by_status()
    days = sorted(
        {line.effective_on.toordinal() for line in lines if line.effective_on}
    )
    bounds = [None, *days, None]
    spans = []
    for since, until in pairwise(bounds):
        applying = [
            line
            for line in lines
            if line.effective_on is None
            or (since is not None and line.effective_on.toordinal() <= since)
        ]
        group = groups[applying[-1].status] if applying else StatusGroup.NOT_CHECKED
        if spans and spans[-1][0] == group.value:
            spans[-1] = (group.value, spans[-1][1], until)
        else:
            spans.append((group.value, since, until))
    yield from spans

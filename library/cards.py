"""What a card of the library shows: templates/hot/cards.jinja."""

from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from library.catalogue_source import KINDS
from library.enums import nature_label
from library.models import LegalStatusEntry
from library.querysets import said_links
from network_site.core.templatetags.date_tags import date_mid
from network_site.pages.cards import PageCard, card_of
from network_site.pages.enums import RelationKind
from network_site.pages.models import RelatedPage
from network_site.pages.visibility import visible_page_filter


@card_of(*KINDS)
class RecordCard(PageCard):
    """A text or a study among the contents of other pages."""

    @property
    def nature_label(self):
        return nature_label(self.facets["nature"][0])

    @property
    def reference(self):
        return self.card.get("reference", "")

    @property
    def document_date(self):
        day = self.keys.get("date")
        return None if day is None else date.fromordinal(int(day))


def status_badge_of(entry):
    """{kind, label, note} of a LegalStatusEntry, or of its absence."""
    if entry is None:
        return {"kind": "doubt", "label": _("Not checked"), "note": ""}
    note = entry.note
    if not note and entry.effective_on:
        note = _("since %(date)s") % {"date": date_mid(entry.effective_on)}
    return {
        "kind": entry.glyph,
        "label": capfirst(entry.get_status_display()),
        "note": note if len(note) <= 90 else "",
    }


def current_statuses(records):
    """{page id: LegalStatusEntry} of the texts among `records`, in one query."""
    entries = {}
    for entry in LegalStatusEntry.objects.filter(
        page_id__in=[record.pk for record in records]
    ).in_effect():
        entries.setdefault(entry.page_id, entry)
    return entries


def replaced_by(records, user):
    """{page id: title of what replaces it}, of what `user` may open, in one query."""
    links = (
        said_links(RelatedPage.objects.all())
        .filter(
            visible_page_filter(user, "page__"),
            target_id__in=[record.pk for record in records],
            kind=RelationKind.REPLACES,
        )
        .order_by("pk")
        .values_list("target_id", "page__title")
    )
    return dict(links)


def _source(record, body):
    """Who brought the record: the body in whose space it stands, else who issued it."""
    if body:
        return _("Source: %(body)s") % {"body": body}
    if record.publisher and not record.reference:
        return record.publisher.acronym or record.publisher.label
    return ""


def card_item(record, *, url, entry=None, replacement="", counts=None, passage=None):
    """The `item` of one record; `entry` is its current status, `counts` its crossings."""
    if record.is_study:
        study = record if hasattr(record, "extent") else record.studypage
        extent = study.extent
        status = {"kind": "data", "label": capfirst(record.nature_label)}
        status["note"] = extent
    else:
        status = status_badge_of(entry)
        if replacement and entry is not None and entry.is_over:
            status["note"] = _("Replaced by: %(title)s") % {"title": replacement}
    counts = counts or {}
    body = getattr(record, "source_acronym", "") or getattr(record, "source_name", "")
    return {
        "type": "texte",
        "title": record.title,
        "url": url,
        "lang": record.lang,
        "year": record.document_date.year if record.document_date else _("n.d."),
        "day": record.day_text,
        "kind_label": capfirst(record.nature_label),
        "ref": _("no. %(number)s") % {"number": record.reference}
        if record.reference
        else "",
        "source": _source(record, body),
        "passage": record.summary if passage is None else passage,
        "status": status,
        "links": [
            {
                "mark": "pratique",
                "label": _("Practices that rest on it"),
                "count": counts.get("practices", 0),
            },
            {
                "mark": "journee",
                "label": _("Days where it is discussed"),
                "count": counts.get("events", 0),
            },
            {
                "mark": "discussion",
                "label": _("Questions about it"),
                "count": counts.get("threads", 0),
            },
        ],
    }

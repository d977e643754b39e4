"""Contents of the spaces as lines of a list: {title, lang, url, aside, text, attention}."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network_site.core.templatetags.date_tags import date_mid


def _local_day(moment):
    return date_mid(moment)


def text_item(record, request):
    """A text or a study: its nature, number and date aside."""
    aside = record.nature_label
    if record.reference:
        aside = _("%(nature)s no. %(number)s") % {
            "nature": record.nature_label,
            "number": record.reference,
        }
    year = record.document_date.year if record.document_date else None
    return {
        "lang": record.lang,
        "title": record.title,
        "url": record.get_url(request),
        "aside": f"{aside}, {year}" if year and str(year) not in aside else aside,
        "text": record.summary,
    }


def practice_item(practice, request):
    """A practice: its place and year aside."""
    aside = ", ".join(practice.place_names[:3])
    if practice.started_year:
        aside = (
            f"{aside}, {practice.started_year}" if aside else str(practice.started_year)
        )
    return {
        "lang": practice.lang,
        "title": practice.title,
        "url": practice.get_url(request),
        "aside": aside,
        "text": practice.summary,
    }


def event_item(event, request):
    """A day: its date aside, its place below."""
    return {
        "lang": event.lang,
        "title": event.title,
        "url": event.get_url(request),
        "aside": _local_day(event.starts_at),
        "text": event.venue or event.summary,
    }


def thread_item(thread):
    """A thread: its answers aside, its space below."""
    if thread.answer_count:
        aside = ngettext("%(n)s answer", "%(n)s answers", thread.answer_count) % {
            "n": thread.answer_count
        }
    else:
        aside = _("no answer yet")
    return {
        "lang": thread.lang,
        "title": thread.title,
        "url": thread.get_absolute_url(),
        "aside": aside,
        "text": thread.forum.name,
        "attention": not thread.answer_count,
    }

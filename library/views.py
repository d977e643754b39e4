"""The list of records, one record, and what is taken away from them."""

from collections import defaultdict

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from library import cards, citations_export
from library.models import LibraryIndexPage, LibrarySectionPage, RecordPage
from library.querysets import said_links
from library.record_listing import records_asked
from network_site.catalogue.listing import shown
from network_site.core.pagination import paginate
from network_site.core.spreadsheets import csv_response
from network_site.core.templatetags.date_tags import date_mid
from network_site.media.permissions import files_shown
from network_site.pages.enums import REVERSE_LABELS, STANDING_KINDS, RelationKind
from network_site.pages.models import RelatedPage
from network_site.pages.reader_cache import shared_by_readers
from network_site.pages.serving import serves
from network_site.pages.visibility import visible_page_filter

CSV_MOST_ROWS = 10_000


@serves(LibraryIndexPage)
@shared_by_readers
def record_list(request, page):
    """The list: filters, counts, one page of cards."""
    filters = records_asked(request.GET, request.user)
    context = {
        "page": page,
        "self": page,
        "filters": filters,
        "canonical_pairs": filters.pairs,
        "crumbs": [{"lang": page.lang, "title": page.title}],
        "results": _results(request, page, filters),
    }
    return render(request, "library/record_list.html", context)


@serves(LibrarySectionPage)
def section(request, page):
    """The space of a body: its records in the one list of the library."""
    query = urlencode({"source": page.organization.slug})
    return redirect(f"{page.get_parent().get_url(request)}?{query}")


def _results(request, page, filters):
    records = paginate(filters.object_ids, request)
    total = records.paginator.count
    records.object_list = shown(
        RecordPage.objects.for_cards(), records.object_list, request.user
    )
    context = {
        "page": page,
        "filters": filters,
        "records": records,
        "total": ngettext("%(n)s record", "%(n)s records", total) % {"n": total},
        "orders": filters.orders,
        "exports": [
            {
                "label": _("table (CSV)"),
                "url": reverse("library:record_csv") + filters.url(),
            }
        ]
        if total
        else [],
        "histogram": _histogram(filters.years),
        "page_url": page.get_url(request),
        "wide_search_url": f"{reverse('search')}?{urlencode({'q': filters.words})}",
    }
    return render_to_string("library/record_results.html", context, request)


def _histogram(years):
    """The bars of the years: heights on 52, widths so that the whole is 250 wide."""
    if len(years) < 2:
        return None
    most = max(count for _year, count, _is_in in years)
    step = 250 / len(years)
    best = max(years, key=lambda row: row[1])[0]
    return {
        "bars": [
            {
                "x": round(place * step, 2),
                "width": round(step * 0.8, 2),
                "y": 52 - round(50 * count / most),
                "height": round(50 * count / most),
                "dim": not is_in,
            }
            for place, (_year, count, is_in) in enumerate(years)
            if count
        ],
        "first": years[0][0],
        "last": years[-1][0],
        "best": best,
    }


@require_safe
def record_csv(request):
    """The filtered list as a table, for a spreadsheet."""
    filters = records_asked(request.GET, request.user)
    records = shown(
        RecordPage.objects.for_cards().with_terms(),
        filters.object_ids[:CSV_MOST_ROWS],
        request.user,
    )
    statuses = cards.current_statuses(records)
    heads = [
        _("Nature"),
        _("Number"),
        "NOR",
        _("Date"),
        _("Title"),
        _("Issued by"),
        _("Status"),
        _("Checked on"),
        _("Themes"),
        _("Territories"),
        _("Summary"),
        _("Source"),
        _("Address"),
    ]

    def row(record):
        entry = statuses.get(record.pk)
        text = getattr(record, "regulatorytextpage", None)
        status = "" if record.is_study else cards.status_badge_of(entry)["label"]
        return [
            capfirst(record.nature_label),
            record.reference,
            text.nor if text else "",
            record.date_text,
            record.title,
            record.publisher.label if record.publisher else "",
            status,
            entry.checked_on.isoformat() if entry and entry.checked_on else "",
            " ; ".join(link.theme.label for link in record.theme_links.all()),
            " ; ".join(link.territory.name for link in record.territory_links.all()),
            record.summary,
            record.source_citation,
            request.build_absolute_uri(_permalink(record)),
        ]

    response = csv_response(
        "bibliotheque.csv",
        [heads, *map(row, records)],
        response_class=StreamingHttpResponse,
    )
    response["Cache-Control"] = "private"
    return response


def _get_record(request, pk):
    record = RecordPage.objects.visible_to(request.user).filter(pk=pk).first()
    if record is None:
        raise Http404
    return record.specific


@require_safe
def record_permalink(request, pk):
    """The address of a record for ever: leads to where its page is today."""
    record = _get_record(request, pk)
    return redirect(record.get_url(request))


@require_safe
def record_citation(request, pk, suffix):
    """The reference of a record, for a reference manager."""
    record = _get_record(request, pk)
    export = citations_export.FORMATS[suffix]
    url = request.build_absolute_uri(_permalink(record))
    response = HttpResponse(
        export.write(record, url), content_type=f"{export.content_type}; charset=utf-8"
    )
    response["Content-Disposition"] = (
        f'attachment; filename="{record.slug[:60] or record.pk}.{suffix}"'
    )
    return response


def _permalink(record):
    """The address that citations carry: the same whatever the language of who cites."""
    with override(settings.LANGUAGE_CODE):
        return reverse("library:record_permalink", args=[record.pk])


@serves(RecordPage)
@shared_by_readers
def record_detail(request, page):
    """The page of a text or of a study."""
    return render(
        request,
        page.get_template(request),
        {
            **page.get_context(request),
            **_record_pieces(request, page),
            **_files(page, request.user),
        },
    )


def _record_pieces(request, page):
    """The page but for its frame and its files."""
    user = request.user
    entry = None if page.is_study else page.current_status
    history = provisions = []
    if not page.is_study and page.pk:
        history = list(page.status_entries.all())
        provisions = list(page.provisions.all())
    is_public = page.pk and page.live
    permalink = request.build_absolute_uri(_permalink(page)) if is_public else ""
    context = {
        "page": page,
        "title_lang": page.lang if page.lang != get_language() else "",
        "standing": None if page.is_study else _standing(entry),
        "history": [_history_line(line) for line in history]
        if len(history) > 1
        else [],
        "replacement": _current_version(page, user, request),
        "provisions": provisions,
        "provisions_checked_on": max(
            (one.checked_on for one in provisions if one.checked_on), default=None
        ),
        "facts": _facts(page),
        "filing": _filing(page),
        "relations": _relations(page, user, request),
        "has_files": bool(page.files.all()),
        "citation": citations_export.as_text(page),
        "citation_meta": citations_export.as_meta(page, permalink),
        "permalink": permalink,
    }
    crumbs = []
    index = LibraryIndexPage.objects.first()
    if index is not None:
        url = index.get_url(request)
        crumbs = [
            {
                "title": _("Library") if get_language() != "fr" else index.title,
                "url": url,
            },
            {
                "title": capfirst(str(page.nature_label)),
                "url": f"{url}?{urlencode({'nature': page.nature})}",
            },
        ]
    return {
        "crumbs": crumbs,
        "pieces": {
            name: render_to_string(template, context, request)
            for name, template in (
                ("head", "library/record_head.html"),
                ("top", "library/record_top.html"),
                ("end", "library/record_end.html"),
            )
        },
    }


def _standing(entry):
    if entry is None or entry.status == "not_checked":
        return {
            "kind": "doubt",
            "label": _("Legal status not checked"),
            "text": entry.note if entry else "",
            "checked": _(
                "Nobody has checked yet whether this text still applies."
                " Look it up at its source before relying on it."
            ),
        }
    sentences = {
        "in_force": _("This text is in force."),
        "modified": _("This text is in force, as modified since."),
        "expired": _("This text no longer applies: its term is over."),
        "repealed": _("This text is repealed."),
        "deemed_repealed": _("This text may be deemed repealed."),
    }
    label = sentences[entry.status]
    details = []
    if entry.effective_on:
        details.append(_("Since %(date)s.") % {"date": date_mid(entry.effective_on)})
    if entry.note:
        details.append(entry.note)
    if entry.checked_on and entry.checked_by:
        checked = _("Checked on %(date)s by %(who)s.") % {
            "date": date_mid(entry.checked_on),
            "who": entry.checked_by,
        }
    elif entry.checked_on:
        checked = _("Checked on %(date)s.") % {"date": date_mid(entry.checked_on)}
    else:
        checked = _(
            "This status has not been checked since it was recorded."
            " Look the text up at its source before relying on it."
        )
    return {
        "kind": entry.glyph,
        "label": label,
        "text": " ".join(details),
        "checked": checked,
    }


def _history_line(entry):
    return {
        "kind": entry.glyph,
        "label": capfirst(entry.get_status_display()),
        "date": entry.effective_on or entry.checked_on,
        "text": entry.note,
    }


def _current_version(page, user, request):
    """The last of the records that replace `page`, one after another; None without any."""
    current, seen = None, {page.pk}
    following = page.pk
    while following:
        link = (
            said_links(RelatedPage.objects.all())
            .filter(
                visible_page_filter(user, "page__"),
                target_id=following,
                kind=RelationKind.REPLACES,
            )
            .exclude(page_id__in=seen)
            .select_related("page")
            .order_by("pk")
            .first()
        )
        if link is None:
            break
        current, following = link.page, link.page_id
        seen.add(following)
    if current is None:
        return None
    return {"title": current.title, "url": current.get_url(request)}


def _source_fact(page):
    """The body in whose space the record stands, leading to all that it brought."""
    section = page.section if page.pk else None
    if section is None:
        return []
    title = section.organization.label
    return [{"label": _("Source"), "links": [{"title": title, "url": section.url}]}]


def _facts(page):
    """The margin of facts; `unsaid` shows that the source does not say."""
    publisher = (
        [{"title": page.publisher.label, "url": page.publisher.get_absolute_url()}]
        if page.publisher and page.publisher.is_listed
        else []
    )
    facts = [
        {"label": _("Nature"), "value": capfirst(page.nature_label)},
        *_source_fact(page),
    ]
    issued_by = {
        "label": _("Issued by"),
        "links": publisher,
        "value": page.publisher.label if page.publisher else "",
    }
    if page.is_study:
        facts += [
            {"label": _("Authors"), "value": page.authors, "unsaid": True},
            {**issued_by, "unsaid": True},
            {"label": _("Date"), "value": page.date_text, "unsaid": True},
            {"label": _("Extent"), "value": page.extent, "unsaid": True},
        ]
    else:
        published = date_mid(page.published_on) if page.published_on else ""
        facts += [
            {"label": _("Number"), "value": page.reference, "unsaid": True},
            {
                "label": "NOR",
                "value": page.nor or page.no_nor_reason,
                "unsaid": page.text_type == "circular",
            },
            {"label": _("Signed on"), "value": page.date_text, "unsaid": True},
            {
                "label": _("Publication"),
                "value": ", ".join(filter(None, [published, page.published_in])),
                "unsaid": True,
            },
            {
                "label": _("In force from"),
                "value": date_mid(page.in_force_from) if page.in_force_from else "",
            },
            issued_by,
        ]
    return facts


def _filing(page):
    """Where the record is filed: themes, places, programmes, grounds, publics."""
    themes = [
        {"title": link.theme.label, "url": link.theme.get_absolute_url()}
        for link in page.theme_links.select_related("theme")
    ]
    territories = [
        {"title": link.territory.name, "url": link.territory.get_absolute_url()}
        for link in page.territory_links.select_related("territory")
    ]
    programmes = [
        {"title": link.programme.label, "url": link.programme.get_absolute_url()}
        for link in page.programme_links.select_related("programme")
    ]
    filing = [
        {"label": _("Themes"), "links": themes},
        {"label": _("Territories"), "links": territories},
        {"label": _("Programmes"), "links": programmes},
        {
            "label": _("Grounds"),
            "value": ", ".join(
                link.ground.label for link in page.ground_links.select_related("ground")
            ),
        },
        {
            "label": _("Target groups"),
            "value": ", ".join(
                link.target_group.label
                for link in page.target_group_links.select_related("target_group")
            ),
        },
    ]
    return [fact for fact in filing if fact.get("links") or fact.get("value")]


def _relations(page, user, request):
    """Links with other records, both ways, grouped by kind, for the margin."""
    outgoing = [
        (link.target_id, RelationKind(link.kind).label, link.note)
        for link in page.related_links.all()
        if link.kind not in STANDING_KINDS or page.may_say(link.kind, link.target)
    ]
    incoming = []
    if page.pk:
        incoming = [
            (link.page_id, REVERSE_LABELS[RelationKind(link.kind)], link.note)
            for link in said_links(
                RelatedPage.objects.filter(target_id=page.pk)
            ).order_by("pk")
        ]
    records = {
        record.pk: record
        for record in RecordPage.objects.visible_to(user).filter(
            Q(pk__in=[pk for pk, _label, _note in outgoing + incoming])
        )
    }
    groups, seen = defaultdict(list), set()
    for pk, label, note in outgoing + incoming:
        record = records.get(pk)
        if record is None or (pk, str(label)) in seen:
            continue
        seen.add((pk, str(label)))
        groups[capfirst(str(label))].append(
            {
                "lang": record.lang,
                "title": record.title,
                "url": record.get_url(request),
                "note": ", ".join(filter(None, [str(record.overline), note])),
            }
        )
    items = []
    for label, links in groups.items():
        for place, link in enumerate(links):
            items.append({**link, "before": "" if place else label})
    return items


def _files(page, user):
    """The files that `user` may open, and whether some are kept from them."""
    links = list(page.files.select_related("document__collection"))
    shown, hidden = files_shown(user, links)
    files = []
    for link in shown:
        document = link.document
        details = [document.file_extension.upper()]
        if document.page_count:
            details.append(
                ngettext("%(n)s page", "%(n)s pages", document.page_count)
                % {"n": document.page_count}
            )
        if size := document.get_file_size():
            details.append(_size(size))
        note = document.get_text_state_display()
        if document.licence:
            note = f"{note}. {document.licence}" if note else document.licence
        files.append(
            {
                "title": link.label or document.title,
                "url": document.url,
                "details": ", ".join(details),
                "note": note,
            }
        )
    return {"files": files, "has_hidden_files": hidden}


def _size(size):
    if size < 1024 * 1024:
        return _("%(n)s KB") % {"n": max(round(size / 1024), 1)}
    return _("%(n)s MB") % {"n": str(round(size / 1024 / 1024, 1)).replace(".", ",")}

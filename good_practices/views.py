"""Pages of the catalogue: its list, a practice, the measures. Drafts are in draft_views."""

from collections import defaultdict

from django.db.models import Prefetch
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from good_practices import maps
from good_practices.catalogue_source import MEASURE, PRACTICE
from good_practices.enums import MeasureAxis, PracticeLevel
from good_practices.export import practices_csv
from good_practices.lineage import lineage_of
from good_practices.models import (
    GoodPracticePage,
    MeasureIndexPage,
    MeasurePage,
    PracticeIndexPage,
    PracticeSubmission,
)
from good_practices.permissions import can_submit_practice, can_view_contact
from good_practices.practice_listing import measures_of, practices_asked
from network_site.catalogue import Catalogue, Filter
from network_site.catalogue.listing import shown
from network_site.core.markdown import render_markdown
from network_site.core.pagination import paginate
from network_site.core.text import fold
from network_site.media.permissions import files_shown
from network_site.pages.models import (
    PageProgramme,
    PageTargetGroup,
    PageTheme,
    RelatedPage,
)
from network_site.pages.reader_cache import shared_by_readers
from network_site.pages.serving import serves
from network_site.pages.visibility import can_view_page, visible_page_filter
from network_site.taxonomies.points import Points

PER_PAGE = 20
CSV_MOST_ROWS = 10_000
BY_TERRITORY = ("vue", "territoires")
TABLE_SORTS = ("name", "region", "count")


def _map_summary(points):
    total = ngettext("%(total)s practice", "%(total)s practices", points.total) % {
        "total": points.total
    }
    if not points.department_count:
        return total
    places = ngettext(
        "%(n)s département", "%(n)s départements", points.department_count
    ) % {"n": points.department_count}
    return f"{total}, {places}"


@serves(PracticeIndexPage)
@shared_by_readers
def practice_list(request, index):
    """The catalogue: filters, list or territories, and the map of what is found."""
    filters = practices_asked(request.GET, request.user)
    points = Points(filters.answer, filters.catalogue.terms("territory"))
    by_territory = request.GET.get("vue") == "territoires"
    places, overseas = maps.places_of(
        points, lambda slug: filters.url_at("territory", slug)
    )
    total = filters.total
    territories_url = filters.url(also=[BY_TERRITORY])
    context = {
        "page": index,
        "index": index,
        "filters": filters,
        "points": points,
        "canonical_pairs": filters.pairs,
        "total": total,
        "total_words": ngettext("%(total)s practice", "%(total)s practices", total)
        % {"total": total},
        "places": places,
        "overseas": overseas,
        "map_summary": _map_summary(points),
        "territories_url": territories_url,
        "by_territory": by_territory,
        "can_submit": can_submit_practice(request.user),
        "tabs": [
            {
                "label": _("List"),
                "url": filters.url(),
                "is_current": not by_territory,
            },
            {
                "label": _("Map and territories"),
                "url": territories_url,
                "is_current": by_territory,
            },
        ],
        "keep": [*([BY_TERRITORY] if by_territory else []), *filters.hidden_pairs],
        "exports": [
            {
                "label": _("Download the list (CSV)"),
                "url": f"{index.get_url(request)}export.csv{filters.url()}",
            }
        ],
    }
    if by_territory:
        context.update(_territory_table(request, filters, points))
    else:
        practices = paginate(filters.object_ids, request, per_page=PER_PAGE)
        practices.object_list = shown(
            GoodPracticePage.objects.select_related("state").with_places(),
            practices.object_list,
            request.user,
        )
        context["practices"] = practices
    return render(request, "good_practices/practice_index_page.html", context)


def _territory_table(request, filters, points):
    wanted = request.GET.get("order", "")
    key, descending = wanted.removeprefix("-"), wanted.startswith("-")
    if key not in TABLE_SORTS:
        key, descending = "count", True
    terms = filters.catalogue.terms("territory")
    rows = [
        {
            "name": place.name,
            "region": terms.by_pk[place.parent].name if place.parent else "",
            "count": count,
            "url": filters.url_at("territory", place.slug),
            "page_url": reverse("territory", args=[place.slug]),
        }
        for place, count in points.departments
    ]
    # Accents do not count in the order: "Île-de-France" stands among the I.
    rows.sort(key=lambda row: fold(row["name"]))
    rows.sort(
        key=lambda row: row[key] if key == "count" else fold(row[key]),
        reverse=descending,
    )
    labels = {
        "name": _("Département"),
        "region": _("Région"),
        "count": _("Practices"),
    }
    columns = []
    for name, label in labels.items():
        is_current = name == key
        # Once more on the same column turns it over; a number is first read from the top.
        turned = not descending if is_current else name == "count"
        columns.append(
            {
                "name": name,
                "label": label,
                "sort": ("descending" if descending else "ascending")
                if is_current
                else "",
                "url": filters.url(
                    also=[BY_TERRITORY, ("order", f"-{name}" if turned else name)]
                ),
            }
        )
    return {"territory_rows": rows, "columns": columns}


@require_safe
def practice_export(request):
    """The filtered list as CSV, with the same filters as the list."""
    filters = practices_asked(request.GET, request.user)
    practices = shown(
        GoodPracticePage.objects.select_related("state", "organization")
        .with_places()
        .prefetch_related("theme_links__theme", "target_group_links__target_group"),
        filters.object_ids[:CSV_MOST_ROWS],
        request.user,
    )
    measures = {one.pk: one.title for one in measures_of(filters.catalogue)}
    return practices_csv(practices, measures, request)


# One practice


def practice_context(request, page, *, is_draft=False):
    """What the template of a practice needs, published or draft."""
    sections, missing = [], []
    for field, anchor, label in (
        ("context", "contexte", _("Why it was begun")),
        ("actions", "actions", _("What was done")),
        ("results", "resultats", _("Results")),
        ("resources", "moyens", _("Means")),
        ("partners", "partenaires", _("Partners")),
        ("lessons_learned", "obstacles", _("What did not work")),
        ("legal_basis", "cadre", _("Legal basis")),
    ):
        text = getattr(page, field)
        if text:
            sections.append(
                {"id": anchor, "label": label, "text": text, "field": field}
            )
        elif field != "legal_basis":
            missing.append(label.lower())
    territories = page.territories
    themes = [link.theme for link in page.theme_links.all()]
    groups = [link.target_group for link in page.target_group_links.all()]
    programmes = [link.programme for link in page.programme_links.all()]
    figures = list(page.figures.all())
    if not figures:
        missing.append(_("figures"))
    if not territories and not page.place:
        missing.append(_("place"))
    if not page.started:
        missing.append(_("date of beginning"))
    if not groups:
        missing.append(_("target group"))
    state = getattr(page, "state", None) if page.pk else None
    tree = [] if is_draft else lineage_of(page, request.user)
    toc = [{"id": one["id"], "label": one["label"]} for one in sections]
    if tree:
        toc.append({"id": "lignee", "label": _("Where it comes from, where it went")})
    index = page.get_parent().specific
    links = [] if is_draft else page.files.select_related("document__collection")
    files, has_hidden_files = files_shown(request.user, list(links))
    return {
        "page": page,
        "is_draft": is_draft,
        "crumbs": [
            {"lang": index.lang, "title": index.title, "url": index.get_url(request)},
            *(
                [
                    {
                        "title": themes[0].label,
                        "url": f"{index.get_url(request)}?theme={themes[0].slug}",
                    }
                ]
                if themes
                else []
            ),
        ],
        "kind_line": _kind_line(page),
        "state": state,
        "origin": _origin(page),
        "adaptations": _adaptation_count(page, request.user) if not is_draft else 0,
        "level": page.level,
        "levels": [str(label) for label in PracticeLevel.labels],
        "sections": sections,
        "missing": missing,
        "figures": [
            {
                "label": figure.text,
                "value": f"{figure.value}\u00a0{figure.unit}".strip(),
                "note": figure.year,
            }
            for figure in figures
        ],
        "toc": toc,
        "lineage": tree,
        "locator": maps.locator(page),
        "territories": territories,
        "themes": themes,
        "target_groups": groups,
        "programmes": programmes,
        "files": files,
        "has_hidden_files": has_hidden_files,
        "can_view_contact": can_view_contact(request.user),
        "measure": page.measure
        if page.measure_id and can_view_page(request.user, page.measure)
        else None,
    }


def _origin(page):
    """Who the words come from, as far as the site knows: a source, a member, its editors."""
    if page.source_citation:
        return "source"
    if page.pk and PracticeSubmission.objects.filter(page=page.pk).exists():
        return "member"
    return "editors"


def _adaptation_count(page, user):
    return GoodPracticePage.objects.visible_to(user).filter(adapted_from=page).count()


def _kind_line(page):
    """The line above the title: "Châteauroux, Indre. Since 2016"."""
    parts = [page.place_label] if page.place_label else []
    if page.started and page.ended:
        parts.append(
            _("From %(start)s to %(end)s") % {"start": page.started, "end": page.ended}
        )
    elif page.started:
        parts.append(_("Since %(start)s") % {"start": page.started})
    elif page.ended:
        parts.append(_("Until %(end)s") % {"end": page.ended})
    return ". ".join(parts)


def _framing_texts(page, user):
    """Pages of the other spaces it rests on or implements, that the reader may open."""
    links = (
        RelatedPage.objects.filter(visible_page_filter(user, "target__"), page=page)
        .select_related("target", "target__content_type")
        .order_by("sort_order", "pk")
    )
    return [
        {
            "title": link.target.title,
            "url": link.target.get_url(),
            "note": link.note or link.get_kind_display(),
        }
        for link in links
    ]


@serves(GoodPracticePage)
@shared_by_readers
def practice_detail(request, page):
    """A published practice, or its preview in the admin."""
    page = (
        GoodPracticePage.objects.select_related("state", "measure", "organization")
        .with_places()
        .prefetch_related(
            Prefetch("theme_links", PageTheme.objects.select_related("theme")),
            Prefetch(
                "target_group_links",
                PageTargetGroup.objects.select_related("target_group"),
            ),
            Prefetch(
                "programme_links", PageProgramme.objects.select_related("programme")
            ),
        )
        .filter(pk=page.pk)
        .first()
        if page.pk and page.live and not getattr(request, "is_preview", False)
        else page
    ) or page
    context = practice_context(
        request, page, is_draft=bool(getattr(request, "is_preview", False))
    )
    return render(request, "good_practices/good_practice_page.html", context)


# National measures


@serves(MeasureIndexPage)
@shared_by_readers
def measure_list(request, index):
    """The national measures by axis; an axis without a measure is shown empty, and said so."""
    catalogue = Catalogue(request.user)
    counts = catalogue.ask(kinds=(PRACTICE,), size=0, counts=("measure",)).counts[
        "measure"
    ]
    measures = catalogue.ask(kinds=(MEASURE,), order=("position", "title"), size=None)
    by_axis = defaultdict(list)
    for measure in shown(MeasurePage.objects.all(), measures.object_ids, request.user):
        measure.practice_count = counts.get(measure.pk, 0)
        by_axis[measure.axis].append(measure)
    axes = [
        {"code": axis.value, "label": axis.label, "measures": by_axis[axis.value]}
        for axis in MeasureAxis
    ]
    parent = PracticeIndexPage.objects.first()
    return render(
        request,
        "good_practices/measure_index_page.html",
        {
            "page": index,
            "axes": axes,
            "total": sum(len(axis["measures"]) for axis in axes),
            "practices_total": sum(
                count for measure, count in counts.items() if measure
            ),
            "crumbs": [
                {
                    "lang": parent.lang,
                    "title": parent.title,
                    "url": parent.get_url(request),
                }
            ],
        },
    )


@serves(MeasurePage)
@shared_by_readers
def measure_detail(request, page):
    """A national measure: its figures, and its practices by territory."""
    catalogue = Catalogue(request.user)
    answer = catalogue.ask(
        kinds=(PRACTICE,),
        filters=[Filter("measure", [page.pk])],
        order=("title",),
        size=None,
        pairs=("territory",),
    )
    practices = shown(
        GoodPracticePage.objects.select_related("state").with_places(),
        answer.object_ids,
        request.user,
    )
    points = Points(answer, catalogue.terms("territory"))
    places, overseas = maps.places_of(points, maps.filtered_url)
    by_region = defaultdict(list)
    for practice in practices:
        regions = {
            _region_name(territory): None for territory in practice.territories
        } or {"": None}
        for name in regions:
            by_region[name].append(practice)
    groups = sorted(
        (
            {
                "is_last": not name,
                "label": name or _("Whole country, or place not stated"),
                "practices": found,
            }
            for name, found in by_region.items()
        ),
        key=lambda group: (group["is_last"], fold(group["label"])),
    )
    index = page.get_parent().specific
    parent = index.get_parent().specific
    return render(
        request,
        "good_practices/measure_page.html",
        {
            "page": page,
            "body": render_markdown(page.body),
            "figures": [
                {
                    "label": figure.text,
                    "value": f"{figure.value}\u00a0{figure.unit}".strip(),
                    "note": figure.year,
                }
                for figure in page.figures.all()
            ],
            "groups": groups,
            "practices": practices,
            "places": places,
            "overseas": overseas if points.has_overseas else [],
            "map_summary": _map_summary(points),
            "list_url": f"{parent.get_url(request)}?measure={page.slug}&vue=territoires",
            "themes": [link.theme for link in page.theme_links.select_related("theme")],
            "programmes": [
                link.programme
                for link in page.programme_links.select_related("programme")
            ],
            "texts": _framing_texts(page, request.user),
            "crumbs": [
                {
                    "lang": parent.lang,
                    "title": parent.title,
                    "url": parent.get_url(request),
                },
                {
                    "lang": index.lang,
                    "title": index.title,
                    "url": index.get_url(request),
                },
            ],
        },
    )


def _region_name(territory):
    while territory.parent is not None:
        territory = territory.parent
    return territory.name

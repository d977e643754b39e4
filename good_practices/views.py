"""Pages of the catalogue: its list, a practice, the measures. Drafts are in draft_views."""

from collections import Counter, defaultdict

from django.db.models import Prefetch
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from good_practices import maps
from good_practices.enums import MeasureAxis, PracticeLevel
from good_practices.export import practices_csv
from good_practices.filters import Catalogue, Points, Row
from good_practices.lineage import lineage_of
from good_practices.models import (
    GoodPracticePage,
    MeasureIndexPage,
    MeasurePage,
    PracticeIndexPage,
    PracticeSubmission,
)
from good_practices.permissions import can_submit_practice, can_view_contact
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
from network_site.pages.visibility import visible_page_filter

PER_PAGE = 20
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
    catalogue = Catalogue(request.user, request.GET)
    by_territory = request.GET.get("vue") == "territoires"
    places, overseas = maps.places_of(
        catalogue.points, lambda slug: catalogue.url(territory=slug)
    )
    total = catalogue.points.total
    context = {
        "page": index,
        "index": index,
        "catalogue": catalogue,
        "canonical_pairs": catalogue.pairs,
        "total": total,
        "total_words": ngettext("%(total)s practice", "%(total)s practices", total)
        % {"total": total},
        "places": places,
        "overseas": overseas,
        "map_summary": _map_summary(catalogue.points),
        "list_url": catalogue.url(),
        "territories_url": catalogue.url(vue="territoires"),
        "by_territory": by_territory,
        "can_submit": can_submit_practice(request.user),
        "tabs": [
            {
                "label": _("List"),
                "url": catalogue.url(),
                "is_current": not by_territory,
            },
            {
                "label": _("Map and territories"),
                "url": catalogue.url(vue="territoires"),
                "is_current": by_territory,
            },
        ],
        "keep": [("vue", "territoires")] if by_territory else [],
        "exports": [
            {
                "label": _("Download the list (CSV)"),
                "url": f"{index.get_url(request)}export.csv{catalogue.url()}",
            }
        ],
    }
    if by_territory:
        context.update(_territory_table(request, catalogue))
    else:
        context["practices"] = paginate(
            catalogue.queryset().select_related("state").with_places(),
            request,
            per_page=PER_PAGE,
        )
    if catalogue.sort != "recent":
        context["keep"].append(("sort", catalogue.sort))
    return render(request, "good_practices/practice_index_page.html", context)


def _territory_table(request, catalogue):
    wanted = request.GET.get("order", "")
    key, descending = wanted.removeprefix("-"), wanted.startswith("-")
    if key not in TABLE_SORTS:
        key, descending = "count", True
    rows = [
        {
            "name": place.name,
            "region": place.parent.name if place.parent else "",
            "count": count,
            "url": catalogue.url(territory=place.slug),
            "page_url": place.get_absolute_url(),
        }
        for place, count in catalogue.points.departments
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
                "url": catalogue.url(
                    vue="territoires", order=f"-{name}" if turned else name
                ),
            }
        )
    most = max((row["count"] for row in rows), default=0)
    return {"territory_rows": rows, "columns": columns, "most": most}


@require_safe
def practice_export(request):
    """The filtered list as CSV, with the same filters as the list."""
    catalogue = Catalogue(request.user, request.GET)
    practices = (
        catalogue.queryset()
        .select_related("state", "measure", "organization")
        .with_places()
        .prefetch_related("theme_links__theme", "target_group_links__target_group")
    )
    return practices_csv(practices, request)


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
        "measure": page.measure if page.measure_id and page.measure.live else None,
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


def _practice_counts(user):
    """How many practices the reader may open under each measure."""
    return Counter(
        GoodPracticePage.objects.visible_to(user)
        .filter(measure__isnull=False)
        .order_by()
        .values_list("measure_id", flat=True)
    )


@serves(MeasureIndexPage)
@shared_by_readers
def measure_list(request, index):
    """The national measures by axis; an axis without a measure is shown empty, and said so."""
    counts = _practice_counts(request.user)
    by_axis = defaultdict(list)
    for measure in MeasurePage.objects.visible_to(request.user).order_by(
        "position", "title", "pk"
    ):
        measure.practice_count = counts[measure.pk]
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
            "practices_total": sum(counts.values()),
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
    practices = list(
        GoodPracticePage.objects.visible_to(request.user)
        .filter(measure=page)
        .select_related("state")
        .with_places()
        .order_by("title", "pk")
    )
    rows = [Row(practice.pk, spots=practice.territories) for practice in practices]
    points = Points(rows)
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
    catalogue = index.get_parent().specific
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
            "overseas": overseas if points.overseas_counts else [],
            "map_summary": _map_summary(points),
            "list_url": f"{catalogue.get_url(request)}?measure={page.slug}&vue=territoires",
            "themes": [link.theme for link in page.theme_links.select_related("theme")],
            "programmes": [
                link.programme
                for link in page.programme_links.select_related("programme")
            ],
            "texts": _framing_texts(page, request.user),
            "crumbs": [
                {
                    "lang": catalogue.lang,
                    "title": catalogue.title,
                    "url": catalogue.get_url(request),
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

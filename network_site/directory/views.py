from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.shortcuts import get_object_or_404, render
from django.utils.formats import localize
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from network_site.core.markdown import render_markdown
from network_site.core.pagination import paginate
from network_site.directory import querysets
from network_site.directory.forms import DirectoryFilterForm
from network_site.members import roles
from network_site.members.enums import OrganizationKind
from network_site.members.models import Organization
from network_site.pages.reader_cache import shared_by_readers
from network_site.taxonomies.models import Theme


def _criteria(form):
    """The form's valid criteria; a field with a bad value is left aside."""
    form.is_valid()
    data = form.cleaned_data
    return {
        "words": data.get("q", "").strip(),
        "themes": list(data.get("theme") or []),
        "territory": data.get("territory"),
    }


def _theme_group(request, chosen):
    """The themes as a group of filters; no count is shown, none is needed to choose."""
    slugs = {theme.slug for theme in chosen}
    return {
        "name": "theme",
        "label": _("Theme"),
        "closed": not slugs,
        "options": [
            {"value": theme.slug, "label": theme.label, "checked": theme.slug in slugs}
            for theme in Theme.objects.filter(depth=1).order_by("path")
        ],
    }


def _without(request, name, value=None):
    """This address without one value of a filter (or without the filter)."""
    query = request.GET.copy()
    query.pop("page", None)
    kept = [] if value is None else [one for one in query.getlist(name) if one != value]
    query.setlist(name, kept)
    return f"?{query.urlencode()}"


def _filters(request, form, criteria, kinds=()):
    """The filters that are set, each with the address that removes it."""
    chips = []
    if criteria["words"]:
        chips.append(
            {"label": f"« {criteria['words']} »", "url": _without(request, "q")}
        )
    for kind in kinds:
        chips.append(
            {
                "label": OrganizationKind(kind).label,
                "url": _without(request, "kind", kind),
            }
        )
    for theme in criteria["themes"]:
        chips.append(
            {"label": theme.label, "url": _without(request, "theme", theme.slug)}
        )
    if criteria["territory"]:
        chips.append(
            {
                "label": criteria["territory"].name,
                "url": _without(request, "territory"),
            }
        )
    return chips


@shared_by_readers
def directory(request):
    """Organisations of the field, by kind, theme and territory."""
    form = DirectoryFilterForm(request.GET)
    criteria = _criteria(form)
    kinds = form.cleaned_data.get("kind") or []
    found = querysets.organizations(**criteria, kinds=kinds)
    without_kind = querysets.organizations(**criteria)
    counts = dict(
        without_kind.order_by().values_list("kind").annotate(Count("pk", distinct=True))
    )
    kind_facet = [
        {
            "value": value,
            "label": label,
            "count": counts.get(value, 0),
            "checked": value in kinds,
        }
        for value, label in OrganizationKind.choices
        if counts.get(value) or value in kinds
    ]
    page = paginate(found, request, 30)
    return render(
        request,
        "directory/organization_list.html",
        {
            "form": form,
            "page": page,
            "items": [
                {
                    "title": body.label,
                    "acronym": body.acronym,
                    "url": body.get_absolute_url(),
                    "kind_label": capfirst(body.get_kind_display()),
                    "territory": body.territory.name if body.territory else "",
                    "passage": body.text_summary,
                }
                for body in page
            ],
            "kind_group": {
                "name": "kind",
                "label": _("Kind"),
                "options": kind_facet,
                "max": max((one["count"] for one in kind_facet), default=0),
            },
            "theme_group": _theme_group(request, criteria["themes"]),
            "filters": _filters(request, form, criteria, kinds),
            "criteria": criteria,
            "people_count": querysets.people(request.user).count()
            if roles.is_member(request.user)
            else None,
        },
    )


@login_required
def people(request):
    """Members of the network, shown to members."""
    if not roles.is_member(request.user):
        raise PermissionDenied(
            _(
                "The members’ sheets are shown to members: your request is being examined."
            )
        )
    form = DirectoryFilterForm(request.GET)
    criteria = _criteria(form)
    page = paginate(querysets.people(request.user, **criteria), request, 30)
    return render(
        request,
        "directory/person_list.html",
        {
            "form": form,
            "page": page,
            "items": [
                {
                    "title": profile.user.get_full_name() or _("Member"),
                    "url": profile.get_absolute_url(),
                    "function": profile.job_title,
                    "organisation": profile.organization_label,
                    "territory": profile.territory.name if profile.territory else "",
                }
                for profile in page
            ],
            "theme_group": _theme_group(request, criteria["themes"]),
            "filters": _filters(request, form, criteria),
            "criteria": criteria,
        },
    )


@shared_by_readers
def organization(request, slug):
    """The sheet of one organisation."""
    body = get_object_or_404(
        Organization.objects.listed()
        .select_related("territory")
        .prefetch_related("themes", "figures", "budget_lines", "partnerships__partner"),
        slug=slug,
    )
    budget = list(body.budget_lines.all())
    year = budget[0].year if budget else None
    lines = [line for line in budget if line.year == year]
    members = (
        querysets.people(request.user).filter(organization=body)[:50]
        if roles.is_member(request.user)
        else []
    )
    return render(
        request,
        "directory/organization_detail.html",
        {
            "organization": body,
            "body_html": render_markdown(body.text_body),
            "budget_year": year,
            "budget_rows": [
                {
                    "label": line.text,
                    "value": line.amount,
                    "text": f"{localize(line.amount.normalize())}\N{NO-BREAK SPACE}M€",
                }
                for line in lines
            ],
            "budget_source": lines[0].source if lines else "",
            "members": members,
            "contact_points": body.contact_points.prefetch_related("themes").all(),
            # A partnership told from both sides is shown once, as this body tells it.
            "partners_in": body.partnerships_in.exclude(
                organization__in=[link.partner_id for link in body.partnerships.all()]
            )
            .select_related("organization")
            .order_by("organization__name"),
        },
    )

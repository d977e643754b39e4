from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from network_site.core.markdown import render_markdown
from network_site.core.pagination import paginate
from network_site.directory import querysets
from network_site.directory.forms import DirectoryFilterForm
from network_site.members import roles
from network_site.members.enums import OrganizationKind
from network_site.members.models import Organization, Profile
from network_site.members.permissions import can_view_profile


def _criteria(form):
    """The form's valid criteria; a field with a bad value is left aside."""
    form.is_valid()
    data = form.cleaned_data
    return {
        "words": data.get("q", "").strip(),
        "themes": list(data.get("theme") or []),
        "territory": data.get("territory"),
    }


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
            "kind_facet": kind_facet,
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
        {"form": form, "page": page, "criteria": criteria},
    )


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
                {"label": line.text, "value": line.amount, "unit": "M€"}
                for line in lines
            ],
            "budget_source": lines[0].source if lines else "",
            "members": members,
            "contact_points": body.contact_points.prefetch_related("themes").all(),
            "partners_in": body.partnerships_in.select_related("organization").order_by(
                "organization__name"
            ),
        },
    )


@login_required
def person(request, pk):
    """The sheet of one member."""
    profile = get_object_or_404(
        Profile.objects.select_related(
            "user", "organization", "territory"
        ).prefetch_related("themes"),
        pk=pk,
    )
    if not can_view_profile(request.user, profile):
        raise Http404
    return render(
        request,
        "directory/person_detail.html",
        {"profile": profile, "is_own": profile.user_id == request.user.pk},
    )

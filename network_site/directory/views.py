"""The two directories, and the sheet of one organisation."""

from django.http import HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from network_site.core.pagination import paginate
from network_site.directory import organization_sheet, organizations
from network_site.directory.people import card_of, people_asked, rows
from network_site.members import roles
from network_site.members.models import Organization, OrganizationAlias
from network_site.pages.reader_cache import shared_by_readers, shared_by_visitors

PER_PAGE = 30


@require_safe
@shared_by_readers
def directory(request):
    """Organisations of the field, by kind, theme and territory."""
    filters = organizations.organizations_asked(request.GET, request.user)
    page = paginate(filters.object_ids, request, PER_PAGE)
    page.object_list = organizations.rows(page.object_list, request.user)
    return render(
        request,
        "directory/organization_list.html",
        {
            "filters": filters,
            "canonical_pairs": filters.pairs,
            "page": page,
            "items": [
                {
                    "title": body.label,
                    "acronym": body.acronym,
                    "url": body.get_absolute_url(),
                    "kind_label": capfirst(body.get_kind_display()),
                    "territory": body.territory.name if body.territory else "",
                    "passage": body.text_summary,
                    "logo": body.logo,
                }
                for body in page
            ],
        },
    )


@require_safe
@shared_by_visitors
def people(request):
    """Members of the network, each as far as this reader may read them."""
    filters = people_asked(request.GET, request.user)
    page = paginate(filters.object_ids, request, PER_PAGE)
    page.object_list = rows(page.object_list, request.user)
    return render(
        request,
        "directory/person_list.html",
        {
            "filters": filters,
            "canonical_pairs": filters.pairs,
            "page": page,
            "items": [card_of(profile) for profile in page],
            "orders": filters.orders,
            "is_member": roles.is_member(request.user),
        },
    )


# Not for readers alike: each sees their own name among the members.
@require_safe
@shared_by_visitors
def organization(request, slug):
    """The sheet of one organisation."""
    body = (
        Organization.objects.listed()
        .select_related("territory", "logo")
        .prefetch_related(
            "themes", "figures", "budget_lines", "partnerships__partner", "aliases"
        )
        .filter(slug=slug)
        .first()
    )
    if body is None:
        alias = get_object_or_404(
            OrganizationAlias.objects.select_related("organization"),
            slug=slug,
            organization__is_listed=True,
        )
        url = alias.organization.get_absolute_url()
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{url}?{query}" if query else url)
    context = organization_sheet.context_of(request, body)
    if body.contact_email and roles.is_member(request.user):
        context["contact_url"] = reverse("organization_contact", args=[body.slug])
    return render(request, "directory/organization_detail.html", context)

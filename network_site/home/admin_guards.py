"""Addresses of Wagtail that name pages and files to people who may not see them, closed to them.

The urls of the site put these before Wagtail's own.
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views import chooser
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.documents import get_document_model
from wagtail.documents.views.chooser import viewset as document_chooser
from wagtail.models import Page
from wagtail.permissions import policy_registry

from network_site.pages.linking import linkable_pages


def _for_administrators(view):
    def check(request, *args, **kwargs):
        if not request.user.is_superuser:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return require_admin_access(check)


# It names the page last edited of each type, whoever may see it.
page_types_usage = _for_administrators(PageTypesUsageReportView.as_view())
page_types_usage_results = _for_administrators(
    PageTypesUsageReportView.as_view(results_only=True)
)


@require_admin_access
def closed(request, *args, **kwargs):
    """What the back office itself does not use: the lists of all files as data."""
    raise Http404


def _keys(request):
    return {key for key in request.GET.getlist("id") if key.isdecimal()}


@require_admin_access
def chosen_pages(request):
    """The titles of pages by their keys, for those to which one may link."""
    asked = Page.objects.filter(pk__in=_keys(request))
    if linkable_pages(asked, request.user).count() != asked.count():
        raise Http404
    return chooser.ChosenMultipleView.as_view()(request)


def _check_documents(request, keys):
    documents = get_document_model().objects.filter(pk__in=keys)
    policy = policy_registry.get_by_type(get_document_model())
    allowed = policy.instances_user_has_any_permission_for(
        request.user, ["choose", "change"]
    )
    if documents.exclude(pk__in=allowed.values("pk")).exists():
        raise Http404


@require_admin_access
def chosen_document(request, pk):
    """The title of a file by its key, for those who may choose it."""
    _check_documents(request, [pk] if pk.isdecimal() else [])
    return document_chooser.chosen_view(request, pk=pk)


@require_admin_access
def chosen_documents(request):
    """The same for several."""
    _check_documents(request, _keys(request))
    return document_chooser.chosen_multiple_view(request)

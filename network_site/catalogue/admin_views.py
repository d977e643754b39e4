"""How the catalogue stands, for the administrator."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from wagtail.admin.auth import require_admin_access

from network_site.catalogue.report import report


@require_admin_access
def catalogue_report(request):
    """Entries by kind, marks waiting, the last comparisons."""
    if not request.user.is_superuser:
        raise PermissionDenied
    return render(request, "catalogue/admin/report.html", {"report": report()})

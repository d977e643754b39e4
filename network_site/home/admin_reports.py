"""Reports of Wagtail that name pages to people who do not work on them: administrators' only."""

from django.core.exceptions import PermissionDenied
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView


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

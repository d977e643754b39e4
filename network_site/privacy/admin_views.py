"""How long everything is kept, for the administrator."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone
from wagtail.admin.auth import require_admin_access

from network_site.privacy import retention
from network_site.privacy.models import Departure, InactivityNotice
from network_site.privacy.services import inactivity


@require_admin_access
def durations(request):
    """The table of retention, and the accounts that no clock may erase."""
    if not request.user.is_superuser:
        raise PermissionDenied
    now = timezone.now()
    rows = retention.rows(now)
    return render(
        request,
        "privacy/admin/durations.html",
        {
            "rows": rows,
            "overdue": sum(row.overdue or 0 for row in rows),
            "administrators": inactivity.administrators_away(now)[:50],
            "unreachable": InactivityNotice.objects.filter(is_undeliverable=True)
            .select_related("user")
            .order_by("pk")[:50],
            "leaving": Departure.objects.filter(
                cancelled_at=None, erased_at=None
            ).count(),
        },
    )

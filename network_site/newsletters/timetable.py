"""The newsletter's own hours."""

from django.utils import timezone

from network_site.core.timetable import daily, every
from network_site.newsletters.models import Dispatch
from network_site.newsletters.services import (
    finish_dispatches,
    forget_old_subscriptions,
    start_dispatch,
)


@every(minutes=1)
def send_planned_issues():
    """Start the issues whose hour has come; write down the figures of those that ended."""
    now = timezone.now()
    for pk in list(Dispatch.objects.due(now).values_list("pk", flat=True)):
        start_dispatch(dispatch_id=pk, now=now)
    finish_dispatches(now=now)


@daily(at="03:40")
def forget_subscriptions():
    """Erase the addresses nobody confirmed, and those that left."""
    forget_old_subscriptions()

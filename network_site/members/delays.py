"""How long requests wait, and how long those who run the network take to answer."""

from datetime import timedelta
from statistics import median

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network_site.members.enums import AdmissionRoute, MembershipStatus
from network_site.members.models import Profile

# Over how long, and from how many answers on, a usual delay is told.
WINDOW = timedelta(days=90)
FEWEST = 3
# More than this many answers change nothing to their median.
MOST = 1000


def median_delay(now):
    """The median time (timedelta) that the answers of facilitators took; None with too few.

    Over the last ninety days before `now`; what a domain or a sponsor admitted is left out.
    """
    by_facilitators = Q(status=MembershipStatus.REFUSED) | Q(
        status=MembershipStatus.APPROVED, decided_by__isnull=False
    )
    decided = (
        Profile.objects.filter(
            by_facilitators, decided_at__gt=now - WINDOW, decided_at__lte=now
        )
        .exclude(admission_route__in=[AdmissionRoute.DOMAIN, AdmissionRoute.SPONSOR])
        .order_by("-decided_at", "-pk")[:MOST]
    )
    delays = [
        max(profile.decided_at - profile.requested_at, timedelta(0))
        for profile in decided.only("requested_at", "decided_at")
    ]
    return median(delays) if len(delays) >= FEWEST else None


def in_words(delay):
    """A timedelta as one says it: hours up to two days, then days."""
    hours = delay.total_seconds() / 3600
    if hours < 1:
        return _("less than an hour")
    if hours < 48:
        count = round(hours)
        return ngettext("%(count)d hour", "%(count)d hours", count) % {"count": count}
    count = round(hours / 24)
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}

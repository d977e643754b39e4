"""Pieces of pages kept for visitors until anything changes.

Visitors all see the same thing, and most pages are read by them. A piece is kept under
the number of the last row of the outbox: every change of content or of rights writes one
in its own transaction, so that what was kept before the change is not found after it.
What no row tells of (a word of a vocabulary, the name of a body) is seen within SECONDS.

Nothing is kept for a person who is logged in: their rights are theirs. Nothing that
depends on a cookie or on rights without a row in the outbox (collections of files) may be
put in a piece.
"""

from hashlib import sha256

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import get_language

from network_site.core.models import OutboxEntry

SECONDS = 60
LONGEST_QUERY = 400


def kept_for_visitors(request, name, build):
    """Return what `build()` returns, or returned since the last change, for this address.

    `name` tells apart the pieces of one page; the result must be picklable.
    """
    query = request.META.get("QUERY_STRING", "")
    if (
        request.user.is_authenticated
        or getattr(request, "is_preview", False)
        or request.method not in {"GET", "HEAD"}
        or len(query) > LONGEST_QUERY
    ):
        return build()
    # Read before building: what is built is at least as new as the number it bears.
    last = OutboxEntry.objects.order_by("-pk").values_list("pk", flat=True).first()
    parts = [
        name,
        request.get_host(),
        get_language() or "",
        request.path,
        query,
        str(last),
        timezone.localdate().isoformat(),
    ]
    key = f"visitor-{sha256(chr(0).join(parts).encode()).hexdigest()}"
    kept = cache.get(key)
    if kept is None:
        kept = build()
        cache.set(key, kept, SECONDS)
    return kept

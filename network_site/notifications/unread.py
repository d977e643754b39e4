"""How much is unread, and the newest of it: shown on every page of a member, hence kept.

Three things make what is kept true: every change of what one may read makes a new version of
the contents (pages.reader_cache), every new delivery and every one read changes the stamp
below, and rights are part of the key. Nothing is kept that the reader could not read again.
"""

from django.db.models import Count, Max

from network_site.notifications import items
from network_site.notifications.models import Delivery
from network_site.pages.reader_cache import own_piece


def stamp_of(request):
    """(number, last) of the reader's unread deliveries, readable or not: one query.

    A new one has a higher key, and one that is read leaves: no two states have one stamp.
    """
    if not hasattr(request, "_unread_stamp"):
        found = (
            Delivery.objects.filter(user=request.user, read_at=None)
            .order_by()
            .aggregate(number=Count("pk"), last=Max("pk"))
        )
        request._unread_stamp = found["number"], found["last"]
    return request._unread_stamp


def unread_of(request):
    """How many unread items the reader of `request` may read; 100 stands for more than 99.

    What the page being drawn shows is about to be read: it no longer counts.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return 0
    number, last = stamp_of(request)
    if not number:
        return 0
    total = own_piece(
        request, f"unread-{number}-{last}", lambda: items.unread_count(user)
    )
    if total > items.MOST_COUNTED:
        return total
    return max(0, total - len(getattr(request, "deliveries_here", ())))


def newest_of(request, limit=3):
    """The newest unread of the reader, as [{pk, mark, what, title, lang}]."""
    number, last = stamp_of(request)
    if not number:
        return []

    def build():
        # One line a page: three answers to one question are one thing to look at.
        shown = {}
        for one in items.recent_for(request.user, limit=limit * 4):
            shown.setdefault(one.line.path.partition("#")[0].partition("?")[0], one)
        return [
            {
                "pk": one.delivery.pk,
                "mark": one.line.mark,
                "what": one.line.what,
                "title": one.line.title,
                "lang": one.line.lang,
            }
            for one in list(shown.values())[:limit]
        ]

    return own_piece(request, f"newest-{limit}-{number}-{last}", build)

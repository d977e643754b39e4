from network_site.notifications import items
from network_site.notifications.bell import unread_here

# What is fetched there is never the page of an item.
_ELSEWHERE = ("/medias/", "/documents/", "/admin/", "/en/admin/", "/static/")


class ReadingMiddleware:
    """Whoever opens the page of a notification has read it, wherever they came from.

    One indexed query for each page of a person who is logged in, the one that the bell of the
    head asks anyway, and a write only when it was unread there. A page that shows a part of
    what happened at its address says so (items.read_only).
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.deliveries_here = ()
        # Kept: a view may answer for another person than the one who is logged in.
        user = request.user
        if self._is_reading(request):
            request.deliveries_here = unread_here(
                request, items.canonical(request.path)
            )
        response = self.get_response(request)
        if (
            request.deliveries_here
            and response.status_code == 200
            and response.get("Content-Type", "").startswith("text/html")
        ):
            items.mark_read(user, [one.pk for one in request.deliveries_here])
        return response

    @staticmethod
    def _is_reading(request):
        return (
            request.method == "GET"
            and request.user.is_authenticated
            and not request.path.startswith(_ELSEWHERE)
            and not getattr(request, "is_dummy", False)
            # A browser that fetches ahead has shown nothing to anybody.
            and "prefetch"
            not in request.headers.get(
                "Sec-Purpose", request.headers.get("Purpose", "")
            )
        )

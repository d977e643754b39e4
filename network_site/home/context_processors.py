from django.utils.functional import SimpleLazyObject

from network_site.home.models import Branding


def branding(request):
    """The site's branding for base.html, and the reader's text size."""
    size = request.COOKIES.get("text_size", "m")
    return {
        "branding": SimpleLazyObject(lambda: Branding.for_request(request)),
        "text_size": size if size in {"s", "m", "l"} else "m",
    }

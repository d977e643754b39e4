from network_site.home.models import Branding


def branding(request):
    """The site's branding for base.html, and the reader's text size."""
    settings = Branding.for_request(request)
    size = request.COOKIES.get("text_size", "m")
    return {"branding": settings, "text_size": size if size in {"s", "m", "l"} else "m"}

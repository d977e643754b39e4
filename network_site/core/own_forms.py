"""Whether a form was sent from a page of this site, as the browser itself says.

A page that is kept for all its readers carries no security token, which is one browser's own;
nor does the button of a mail reader. What the browser says of the page that sends a form
(Fetch Metadata, https://www.w3.org/TR/fetch-metadata/; the Origin of RFC 6454) is as good a
proof and needs no cookie.
"""

from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

OWN, FOREIGN, UNSAID = "own", "foreign", "unsaid"


def sent_from(request):
    """OWN or FOREIGN, as the browser says; UNSAID for what is no browser of this decade."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        # "none": typed or reloaded by the person, no page is behind it.
        return OWN if site in {"same-origin", "none"} else FOREIGN
    said = request.headers.get("Origin") or _origin_of(request.headers.get("Referer"))
    if not said:
        return UNSAID
    own = f"{request.scheme}://{request.get_host()}"
    return OWN if said in {own, *settings.CSRF_TRUSTED_ORIGINS} else FOREIGN


def _origin_of(address):
    if not address:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "null"
    return f"{parts.scheme}://{parts.netloc}"


def refuse_foreign(request):
    """Raise PermissionDenied, in words, for a form that another site sent."""
    if sent_from(request) == FOREIGN:
        raise PermissionDenied(
            _(
                "This form was not sent from a page of this site. Open the page again and"
                " use the button you find there."
            )
        )


def without_token(view):
    """For a form that stands on pages kept for all: it carries no security token.

    A post that the browser says comes from elsewhere is refused. The view must change
    nothing that a program without cookies could not ask for as well.
    """

    @csrf_exempt
    @wraps(view)
    def wrapper(request, *args, **kwargs):
        if request.method == "POST":
            refuse_foreign(request)
        return view(request, *args, **kwargs)

    return wrapper

from django.utils.functional import SimpleLazyObject

from network_site.home.branding import branding_of
from network_site.members.roles import is_facilitator, is_member, opens_back_office


def branding(request):
    """What base.html shows: the site's branding, the text size, and the reader's menu.

    Everything is lazy: an answer that draws no frame reads nothing, and the roles are
    read only for the menu of a person who is logged in.
    """
    size = request.COOKIES.get("text_size", "m")

    return {
        "branding": SimpleLazyObject(lambda: branding_of(request)),
        "text_size": size if size in {"s", "m", "l"} else "m",
        # Nothing is offered to them that only members may do; a visitor is led to log in.
        "reader_is_pending": lambda: (
            request.user.is_authenticated and not is_member(request.user)
        ),
        "reader_is_facilitator": lambda: is_facilitator(request.user),
        "reader_uses_admin": lambda: opens_back_office(request.user),
    }

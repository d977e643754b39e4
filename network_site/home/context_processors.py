from network_site.home.models import Branding
from network_site.members.roles import MEMBERS, group_names, is_facilitator


def branding(request):
    """The site's branding for base.html, the reader's text size and what their menu holds.

    The roles are read only when the menu of a person who is logged in asks for them.
    """
    settings = Branding.for_request(request)
    size = request.COOKIES.get("text_size", "m")

    def uses_admin():
        user = request.user
        return user.is_superuser or bool(group_names(user) - {MEMBERS})

    return {
        "branding": settings,
        "text_size": size if size in {"s", "m", "l"} else "m",
        "reader_is_facilitator": lambda: is_facilitator(request.user),
        "reader_uses_admin": uses_admin,
    }

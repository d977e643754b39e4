"""Names of organisations for the field of a form: JSON for its script."""

from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from network_site.core.limits import allow, place_of
from network_site.members.organization_names import (
    LONGEST,
    organization_of_address,
    organizations_like,
)

# Questions a minute from one address: somebody who types fast asks about sixty.
A_MINUTE = 120


def _asks_too_often(request):
    place = place_of(request)
    return not allow("members:names", place, limit=A_MINUTE, window=60)


@require_GET
def organization_names(request):
    """The listed organisations that `?q=` may mean, or the one whose e-mail domain `?domain=` is.

    Names only. `status` is what is said aloud.
    """
    if _asks_too_often(request):
        return JsonResponse({"names": [], "status": ""}, status=429)
    if "domain" in request.GET:
        found = organization_of_address(request.GET["domain"][:LONGEST])
        names = [found.label] if found else []
    else:
        text = request.GET.get("q", "")
        names = [one.label for one in organizations_like(text)]
    count = len(names)
    status = (
        ngettext(
            "%(count)d organisation: use the arrow keys to choose it.",
            "%(count)d organisations: use the arrow keys to choose.",
            count,
        )
        % {"count": count}
        if count
        else _("No organisation of the list has this name.")
    )
    response = JsonResponse({"names": names, "status": status})
    response["Cache-Control"] = "public, max-age=60"
    response["X-Robots-Tag"] = "noindex"
    return response

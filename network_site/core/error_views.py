"""The site's own error pages: each says what happened and what to do."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import loader

from network_site.core.kept import kept_fields
from network_site.core.own_forms import OWN, sent_from


def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


def permission_denied(request, exception=None):
    """Refused; the words of PermissionDenied, where they were given, are shown."""
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def form_expired(request, reason=""):
    """A form whose token is gone or stale: what was typed is given back, to be sent again.

    Only where the browser says that it was sent from a page of ours: words that another site
    has put into a form must not be one button away from being sent in somebody's name.
    """
    fields = kept_fields(request) if sent_from(request) == OWN else []
    return render(request, "form_expired.html", {"fields": fields}, status=403)


def server_error(request):
    """Rendered without context: the fault may lie in what the context needs.

    A database that does not answer is no fault of the site's: 503, and when to come back.
    """
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return HttpResponse(
            loader.get_template("503.html").render(),
            status=503,
            headers={"Retry-After": "60", "Cache-Control": "no-store"},
        )
    return HttpResponseServerError(loader.get_template("500.html").render())

"""The site's own error pages: each says what happened and what to do."""

from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _


def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


def permission_denied(request, exception=None):
    """Refused; the words of PermissionDenied, where they were given, are shown."""
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def form_expired(request, reason=""):
    """A form whose token is gone or stale: what was typed is still behind the back button."""
    words = _(
        "This form had waited too long to be accepted. Go back: what you typed is still "
        "there; copy it, reload the page and send it again."
    )
    return render(request, "403.html", {"reason": words}, status=403)


def page_not_found(request, exception=None):
    return render(request, "404.html", status=404)


def server_error(request):
    """Rendered without context: the fault may lie in what the context needs."""
    return HttpResponseServerError(loader.get_template("500.html").render())

"""The site's own error pages: each says what happened and what to do."""

from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template import loader


def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


def permission_denied(request, exception=None):
    """Refused; the words of PermissionDenied, where they were given, are shown."""
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def page_not_found(request, exception=None):
    return render(request, "404.html", status=404)


def server_error(request):
    """Rendered without context: the fault may lie in what the context needs."""
    return HttpResponseServerError(loader.get_template("500.html").render())

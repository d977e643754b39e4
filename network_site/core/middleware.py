"""Middleware of our own."""

import logging
import re

from django.core.exceptions import DisallowedHost
from django.http import HttpResponseBadRequest
from django.shortcuts import render
from django.utils.csp import CSP, build_policy
from django.utils.translation import gettext as _

from network_site.core.errors import MailUnavailable
from network_site.core.views import alive, is_from_this_machine, ready

logger = logging.getLogger(__name__)
LONGEST_HOST_TOLD = 100

# Wagtail's admin carries inline scripts and styles, and previews pages in frames.
ADMIN_POLICY = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "frame-src": [CSP.SELF],
    "worker-src": [CSP.SELF, "blob:"],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.SELF],
    "object-src": [CSP.NONE],
}

_ADMIN_PATH = re.compile(r"^/(?:[a-z]{2}/)?admin(?:/|$)")


def is_admin_path(path):
    """Whether `path` (no host, no query) is one of the back office."""
    return bool(_ADMIN_PATH.match(path))


class AdminPolicyMiddleware:
    """Give the back office its own, looser content security policy.

    It stands just after Django's middleware, which leaves a header that is already
    there alone; everything outside /admin/ keeps the strict policy of the settings.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        header = str(CSP.HEADER_ENFORCE)
        if is_admin_path(request.path_info) and header not in response.headers:
            response.headers[header] = build_policy(ADMIN_POLICY)
        return response


class KnownHostMiddleware:
    """Refuse, first of all, a request for a host that is not ours: one line in the log.

    Machines that try addresses send them all day. Django would draw the page of errors, which
    asks for the host again, and write to the administrators each time.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        try:
            request.get_host()
        except DisallowedHost:
            host = request.META.get("HTTP_HOST", "")
            # As Python writes it: no end of line of theirs in our log.
            logger.warning("Unknown host refused: %.*r", LONGEST_HOST_TOLD, host)
            response = HttpResponseBadRequest(
                _("This site does not answer at this address."),
                content_type="text/plain; charset=utf-8",
            )
            # Django's own mark, without which it writes a line of its own.
            response._has_been_logged = True
            return response
        return self.get_response(request)


class HealthMiddleware:
    """Answer a monitor of this machine before anything looks at the host or the scheme.

    It stands first: `http://127.0.0.1:8000/sante/` is neither an allowed host nor HTTPS.
    Through a proxy the same addresses go the way of all others.
    """

    addresses = {"/sante/": ready, "/sante/vivant/": alive}

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        view = self.addresses.get(request.path_info)
        if view is not None and is_from_this_machine(request):
            return view(request)
        return self.get_response(request)


class MailUnavailableMiddleware:
    """Say in words that a code or a link cannot leave by mail, and what else to do."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, MailUnavailable):
            return None
        logger.error("A mail could not leave", exc_info=exception)
        response = render(request, "core/mail_unavailable.html", status=503)
        response["Retry-After"] = "300"
        return response

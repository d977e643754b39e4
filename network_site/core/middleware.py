"""Middleware of our own."""

import re

from django.utils.csp import CSP, build_policy

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

from django.contrib.auth.views import redirect_to_login
from django.utils.http import url_has_allowed_host_and_scheme


def safe_next(request, default):
    """The address that the form came from when it is one of ours, or `default`."""
    following = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(
        following, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return following
    return default


def to_login(request, default):
    """Send to the log-in, then back to where the form was."""
    return redirect_to_login(safe_next(request, default))

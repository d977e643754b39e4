"""When somebody who was refused for asking too often may try again.

allauth counts in the shared cache and says no; it does not say until when. The histories it
keeps (allauth.core.internal.ratelimit, pinned by requirements.txt) are read here, nothing is
written.
"""

import math
import time

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

_ACCOUNT, _MFA = "allauth.account", "allauth.mfa"
# The limits that a page counts in, beside those of its form.
_OF_PAGES = {
    "account_login": (_ACCOUNT, "login"),
    "account_signup": (_ACCOUNT, "signup"),
    "account_email": (_ACCOUNT, "manage_email"),
    "account_change_password": (_ACCOUNT, "change_password"),
    "account_set_password": (_ACCOUNT, "change_password"),
    "account_reset_password": (_ACCOUNT, "reset_password"),
    "account_complete_password_reset": (_ACCOUNT, "reset_password_from_key"),
    "account_request_login_code": (_ACCOUNT, "request_login_code"),
    "account_reauthenticate": (_ACCOUNT, "reauthenticate"),
    "mfa_reauthenticate": (_ACCOUNT, "reauthenticate"),
    "mfa_reauthenticate_webauthn": (_ACCOUNT, "reauthenticate"),
    "mfa_login_webauthn": (_MFA, "webauthn_login"),
}


def seconds_until(request, *, app, action, key=None, now=None):
    """Seconds until `action` is open again for this request; 0 when it is open.

    `key` is what the limit counts by when it counts neither by person nor by address.
    """
    now = now or time.time()
    wait = 0
    for rate in ratelimit.get_rates(app=app, action=action):
        if rate.per == "key" and key is None:
            continue
        if rate.per == "user" and not request.user.is_authenticated:
            continue
        name = ratelimit.get_cache_key(
            request, app=app, action=action, rate=rate, key=key
        )
        # The latest first.
        history = cache.get(name, [])
        if len(history) >= rate.amount:
            wait = max(wait, history[rate.amount - 1] + rate.duration - now)
    return max(0, math.ceil(wait))


def seconds_until_page(request):
    """Seconds until the page of `request` takes a form again; 0 when nobody can tell."""
    name = request.resolver_match.url_name if request.resolver_match else ""
    if name not in _OF_PAGES:
        return 0
    app, action = _OF_PAGES[name]
    key = request.POST.get("email", "").strip().lower() or None
    return seconds_until(request, app=app, action=action, key=key)


def in_words(seconds):
    """ "in 40 seconds", "in 3 minutes": when to try again; never too early."""
    if seconds <= 0:
        return _("in a few minutes")
    if seconds < 60:
        return ngettext("in %(n)s second", "in %(n)s seconds", seconds) % {"n": seconds}
    minutes = math.ceil(seconds / 60)
    if minutes < 60:
        return ngettext("in %(n)s minute", "in %(n)s minutes", minutes) % {"n": minutes}
    hours = math.ceil(minutes / 60)
    return ngettext("in %(n)s hour", "in %(n)s hours", hours) % {"n": hours}

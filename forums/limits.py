"""How often one may write: a count per person or address, kept in the shared cache."""

import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache

WINDOW = 600
POSTS_PER_WINDOW = 10
REPORTS_PER_WINDOW = 5


def allow(action, who, *, limit, window=WINDOW):
    """Count one more `action` of `who` and return whether it stays within `limit`.

    Windows are fixed: the count starts again every `window` seconds.
    """
    key = f"forums:{action}:{who}:{int(time.time()) // window}"
    cache.add(key, 0, timeout=window)
    try:
        return cache.incr(key) <= limit
    except ValueError:
        # The key ran out between the two calls: a new window begins.
        cache.set(key, 1, timeout=window)
        return True


def address_of(request):
    """The visitor's address, read behind as many proxies as the settings trust."""
    return get_adapter(request).get_client_ip(request)

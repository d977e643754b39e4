"""How often the same visitor, and the same address, may ask: counted in the shared cache."""

import hashlib
import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache

WINDOW = 600
REQUESTS_PER_VISITOR = 5
DAY = 86_400
MAILS_PER_ADDRESS = 3
PROPOSALS_PER_MEMBER = 5


def allow(action, who, *, limit, window=WINDOW):
    """Count one more `action` of `who` and return whether it stays within `limit`.

    Windows are fixed: the count starts again every `window` seconds.
    """
    who = hashlib.sha256(str(who).lower().encode()).hexdigest()[:32]
    key = f"newsletters:{action}:{who}:{int(time.time()) // window}"
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

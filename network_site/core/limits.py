"""How often the same person, place or address may ask: counted in the cache all processes share."""

import hashlib
import time
from contextlib import suppress

from allauth.core.internal.ratelimit import get_ip
from django.core.cache import cache

DAY = 86_400


def allow(action, who, *, limit, window):
    """Count one more `action` ("forums:post") of `who`; return whether it stays within `limit`.

    Windows are fixed: the count starts again every `window` seconds.
    """
    key = _key(action, who, window)
    cache.add(key, 0, timeout=window)
    try:
        return cache.incr(key) <= limit
    except ValueError:
        # The key ran out between the two calls: a new window begins.
        cache.set(key, 1, timeout=window)
        return True


def count(action, who, *, window):
    """How many times `allow` was asked within the present window."""
    return cache.get(_key(action, who, window), 0)


def uncount(action, who, *, window):
    """Take back one `allow` of the present window."""
    with suppress(ValueError):
        cache.decr(_key(action, who, window))


def once(action, who, *, within):
    """True the first time, then False until `within` seconds have passed since."""
    return cache.add(_key(action, who), 1, timeout=within)


def forget(action, who):
    """Take back `once`: what it was asked for did not happen."""
    cache.delete(_key(action, who))


def seconds_left(window):
    """Until the present window ends."""
    return window - int(time.time()) % window


def window_now(window):
    """The number of the present window of `window` seconds."""
    return int(time.time()) // window


def place_of(request):
    """Where a visitor asks from: their address, as the last trusted proxy wrote it.

    Nothing that a browser sends of itself changes it; in IPv6 it is the /64 of a household.
    """
    return get_ip(request)


def _key(action, who, window=None):
    who = hashlib.sha256(str(who).lower().encode()).hexdigest()[:32]
    name = f"limits:{action}:{who}"
    return f"{name}:{window_now(window)}" if window else name

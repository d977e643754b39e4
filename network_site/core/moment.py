"""One moment: a request that only reads reads what it keeps once.

    with one_moment():
        of("catalogue", look)       # looks
        of("catalogue", look)       # what was seen

Outside of a moment each call looks. What changes something ends the moment (`end`, called by
core.outbox), so that a request sees what it did itself.
"""

from contextlib import contextmanager
from contextvars import ContextVar

_moment: ContextVar[dict | None] = ContextVar("one moment", default=None)


@contextmanager
def one_moment():
    """During this block, `of` gives what it gave before."""
    token = _moment.set({})
    try:
        yield
    finally:
        _moment.reset(token)


def of(name, look):
    """What `look()` gives; in a moment, what it gave first."""
    seen = _moment.get()
    if seen is None:
        return look()
    if name not in seen:
        seen[name] = look()
    return seen[name]


def is_open():
    """Whether a moment is under way."""
    return _moment.get() is not None


def end():
    """Something changed: what was seen is looked at again."""
    seen = _moment.get()
    if seen:
        seen.clear()


class MomentMiddleware:
    """Each GET is of one moment; what a stream gives afterwards is looked at as it comes."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        with one_moment():
            return self.get_response(request)

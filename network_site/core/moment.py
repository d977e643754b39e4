"""One moment: a request that only reads reads what it keeps once.

    with one_moment():
        of("catalogue", look)       # looks
        of("catalogue", look)       # what was seen

Outside of a moment each call looks. What changes something ends the moment (`end`, called by
core.outbox, and by any writing statement of a form that is sent), so that a request sees what it
did itself.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection

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


# Statements that change nothing that is kept.
_READING = ("SELECT", "SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


def _ending(execute, sql, params, many, context):
    """Whatever is written ends the moment: what is read next may tell of it."""
    if sql.lstrip()[:9].upper().startswith(_READING):
        return execute(sql, params, many, context)
    try:
        return execute(sql, params, many, context)
    finally:
        end()


class MomentMiddleware:
    """Each request is of one moment; what a stream gives afterwards is looked at as it comes.

    A form that is sent changes things in many ways: there the moment ends at any statement that
    writes, and begins again with what is read next.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with one_moment():
            if request.method in {"GET", "HEAD"}:
                return self.get_response(request)
            with connection.execute_wrapper(_ending):
                return self.get_response(request)

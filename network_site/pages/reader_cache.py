"""Pages kept for readers with the same rights, until anything changes.

Drawing a page costs ten times what fetching its rows does, and the same page is read many
times between two changes. A view says that its answer depends on nothing but the address,
the language, the text size and the *rights* of the reader (`shared_by_readers`), or that
visitors at least all get the same (`shared_by_visitors`). The answer is then kept in the
memory of the process under a key that holds all of these and the version of the contents.

Nothing that a right could change is served from here:
- the key holds the reader's tokens (pages.visibility), read again at each request;
- every service writes an outbox row in the transaction that changes something, so the last
  row and the number of rows in waiting are the version: after a commit no key fits any more;
- an answer that carries a form's token or a message for its reader is not kept;
- the answer keeps its headers: what a browser or a proxy was told of the first reading
  (`no-store, private` on a restricted page) it is told of all;
- the head of the page, which names its reader, is drawn anew for whoever is logged in;
- so is what is the reader's own inside the page (their place at a day, the marks of what they
  have not read, the forms with their token): the view leaves holes, draws the page as for
  nobody in particular, and says how the holes are filled (`with_own_parts`); a hole that
  stands on pages of several spaces is filled by who knows it (`fills`).
What moves by itself (the days left, "two hours ago") lives a minute at most.
"""

import functools
import gzip
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from network_site.core.models import OutboxEntry
from network_site.pages.visibility import tokens_for

READERS = "readers"
VISITORS = "visitors"
MOST_ENTRIES = 400
MOST_QUERY = 300
# Written around the head of the page by base.html.
HEAD_BEGINS, HEAD_ENDS = "<!--head-->", "<!--/head-->"
# A hole, its name, and what stands there for a reader who has nothing of their own.
_HOLE = re.compile(r"<!--own:([\w-]+)-->(.*?)<!--/own-->", re.DOTALL)
_HOLE_BEGINS = "<!--own:"
_OF_ONE_ANSWER = frozenset({"content-length", "content-encoding"})
# What the pieces of a page are kept apart by, in the same shelf.
_PIECE = "piece"


@dataclass(frozen=True)
class Kept:
    """An answer: the page around its head, the head's options, and the whole compressed.

    `headers` are those of the view, which the outer middlewares complete as on a first reading;
    `own` fills the holes of `after` for whoever is logged in; a visitor's page has none left.
    """

    before: str
    after: str
    hide_search: bool
    packed: bytes
    plain: bytes
    headers: dict[str, str]
    until: float
    own: Callable | None = None


@dataclass(frozen=True)
class KeptPiece:
    """A part of a page, the same for all who hold the same rights."""

    value: object
    until: float


class _Shelf:
    """The answers kept by this process, the least recently used thrown away first."""

    def __init__(self):
        self._entries = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key):
        with self._lock:
            kept = self._entries.get(key)
            if kept is None:
                return None
            if kept.until < time.monotonic():
                del self._entries[key]
                return None
            self._entries.move_to_end(key)
            return kept

    def put(self, key, kept):
        with self._lock:
            self._entries[key] = kept
            while len(self._entries) > MOST_ENTRIES:
                self._entries.popitem(last=False)

    def clear(self):
        with self._lock:
            self._entries.clear()


shelf = _Shelf()
# Pieces of one person each: beside, so that many people never push the pages out.
_people = _Shelf()
_fillers: dict[str, Callable] = {}


def forget():
    """Throw away all that this process keeps."""
    shelf.clear()
    _people.clear()


def shared_by_readers(view):
    """The view's answer depends on the reader by their rights only."""
    return _marked(view, READERS)


def shared_by_visitors(view):
    """The view's answer is the same for all who are not logged in."""
    return _marked(view, VISITORS)


def _marked(view, audience):
    @functools.wraps(view)
    def wrapped(*args, **kwargs):
        response = view(*args, **kwargs)
        response.shared_by = audience
        return response

    return wrapped


def with_own_parts(response, draw):
    """Say how the holes of `response` are filled: `draw(request)` gives {name: HTML}.

    The template writes `<!--own:name-->…<!--/own-->`; a hole that `draw` does not name keeps
    what stands there, which must be drawn as for nobody in particular. `draw` may be called
    for other readers with the same rights, later: it holds no reader and reads theirs from
    the request. Returns `response`.
    """
    response.own_parts = draw
    return response


def fills(prefix):
    """Register who fills the holes named "prefix-…", on whatever page they stand.

        @fills("follow")
        def draw(request, names): ...   # -> {name: HTML}

    It is called once a page, with the names of all such holes, for a reader who is logged
    in; a hole that it does not name keeps what stands there.
    """

    def register(function):
        _fillers[prefix] = function
        return function

    return register


def _filled(request, html, draw):
    """`html` with its holes filled for the reader: by the view's `draw`, or a filler."""
    if _HOLE_BEGINS not in html:
        return html
    parts = draw(request) if draw is not None else {}
    if request.user.is_authenticated:
        names = [hole[1] for hole in _HOLE.finditer(html)]
        for prefix, fill in _fillers.items():
            own = [name for name in names if name.startswith(f"{prefix}-")]
            if own:
                parts = {**parts, **fill(request, own)}
    return _HOLE.sub(lambda hole: parts.get(hole[1], hole[2]), html)


def _complete(request, response):
    """Fill the holes of an answer just drawn."""
    draw = getattr(response, "own_parts", None)
    if draw is not None or (
        not response.streaming
        and _HOLE_BEGINS.encode() in response.content
        # An error may be drawn before anybody has been recognised.
        and hasattr(request, "user")
    ):
        html = response.content.decode(response.charset)
        response.content = _filled(request, html, draw)
    return response


def shared_piece(request, name, build):
    """What `build()` gives, kept for the readers with the same rights until anything changes.

    For a page that is one reader's own but holds what others see as well: `name` must tell
    all that the piece depends on besides the rights, the language and the host. `build` puts
    neither a form's token nor anything personal in it, and its queries are already made:
    a list, a text, no queryset. Previews, answers to
    forms and the settings that keep nothing build it anew.
    """
    return _piece(request, name, build, shelf)


def own_piece(request, name, build):
    """As `shared_piece`, for the reader alone: kept until anything changes, or `name` does."""
    return _piece(request, f"{name}-{request.user.pk}", build, _people)


def _piece(request, name, build, shelf):
    if (
        settings.READER_CACHE_SECONDS <= 0
        or request.method != "GET"
        or getattr(request, "is_dummy", False)
        # An error may be drawn before anybody has been recognised.
        or not hasattr(request, "user")
    ):
        return build()
    key = (
        _PIECE,
        name,
        request.get_host(),
        request.is_secure(),
        get_language(),
        request.user.is_authenticated,
        tokens_for(request.user),
        _version_of(request),
    )
    kept = shelf.get(key)
    if kept is None:
        kept = KeptPiece(build(), time.monotonic() + settings.READER_CACHE_SECONDS)
        shelf.put(key, kept)
    return kept.value


def _version_of(request):
    """The version of the contents when this request began: a page is of one moment."""
    if not hasattr(request, "_contents_version"):
        request._contents_version = contents_version()
    return request._contents_version


def contents_version():
    """What changes whenever a transaction that changes something commits.

    The last row alone would miss, on PostgreSQL, a transaction that took its number early
    and commits late: it shows in the number of rows in waiting. Both are read from indexes.
    """
    last = OutboxEntry.objects.order_by("-pk").values_list("pk", flat=True).first()
    return last, OutboxEntry.objects.pending().count()


def _headers_of(response):
    """The headers of an answer but those that say how long or how packed this one is."""
    return {
        name: value
        for name, value in response.items()
        if name.lower() not in _OF_ONE_ANSWER
    }


class ReaderCacheMiddleware:
    """Answers from the shelf; see the module."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not self._may_be_kept(request):
            return _complete(request, self.get_response(request))
        key = self._key(request)
        kept = shelf.get(key)
        if kept is not None:
            return self._serve(request, kept)
        response = self.get_response(request)
        if not request.user.is_authenticated:
            response = _complete(request, response)
        self._keep(request, key, response)
        if request.user.is_authenticated:
            response = _complete(request, response)
        return response

    @staticmethod
    def _may_be_kept(request):
        return (
            settings.READER_CACHE_SECONDS > 0
            and request.method == "GET"
            and len(request.META.get("QUERY_STRING", "")) <= MOST_QUERY
            # The preview of a draft is asked at the address of the published page.
            and not getattr(request, "is_dummy", False)
            and not request.path.startswith(("/admin/", "/en/admin/"))
            and not len(get_messages(request))
        )

    @staticmethod
    def _key(request):
        return (
            request.get_host(),
            request.is_secure(),
            request.get_full_path(),
            get_language(),
            request.COOKIES.get("text_size", ""),
            request.user.is_authenticated,
            tokens_for(request.user),
            _version_of(request),
        )

    @staticmethod
    def _serve(request, kept):
        if request.user.is_authenticated:
            # First what the page shows the reader: its head counts what is left to read.
            after = _filled(request, kept.after, kept.own)
            head = render_to_string(
                "navigation/header.html", {"hide_search": kept.hide_search}, request
            )
            return HttpResponse(
                f"{kept.before}{HEAD_BEGINS}{head}{HEAD_ENDS}{after}",
                headers=kept.headers,
            )
        if "gzip" not in request.headers.get("Accept-Encoding", ""):
            return HttpResponse(kept.plain, headers=kept.headers)
        response = HttpResponse(kept.packed, headers=kept.headers)
        response["Content-Encoding"] = "gzip"
        patch_vary_headers(response, ["Accept-Encoding"])
        return response

    @staticmethod
    def _keep(request, key, response):
        audience = getattr(response, "shared_by", None)
        if (
            audience is None
            or (audience == VISITORS and request.user.is_authenticated)
            or response.status_code != 200
            or response.streaming
            or response.cookies
            or (
                request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
                and not request.user.is_authenticated
            )
            or not response.get("Content-Type", "").startswith("text/html")
        ):
            return
        html = response.content.decode(response.charset)
        before, found, rest = html.partition(HEAD_BEGINS)
        head, also_found, after = rest.partition(HEAD_ENDS)
        if not (found and also_found) or "csrfmiddlewaretoken" in before + after:
            return
        is_person = request.user.is_authenticated
        shelf.put(
            key,
            Kept(
                before=before,
                after=after,
                hide_search='role="search"' not in head,
                packed=b""
                if is_person
                else gzip.compress(response.content, 6, mtime=0),
                plain=b"" if is_person else response.content,
                headers=_headers_of(response),
                until=time.monotonic() + settings.READER_CACHE_SECONDS,
                own=getattr(response, "own_parts", None) if is_person else None,
            ),
        )

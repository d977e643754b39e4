"""Opens every address that pages link to, and gathers what is wrong with each."""

import re
from collections import deque
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urldefrag, urljoin, urlsplit

from django.urls import Resolver404, resolve
from django.utils import translation

from tests.crawl.checks import every_check
from tests.crawl.reading import read

# A link may lead there: the reader is asked to log in first, and comes back.
LOG_IN = re.compile(r"^(/en)?/comptes/(login|reauthenticate)/")
_ADMIN = re.compile(r"^/(en/)?admin/")
# Looking at these would end the reader's session; in the back office, a script completes
# the address or has sent the draft beforehand.
_LEFT_ALONE = re.compile(
    r"^/(en/)?(comptes/logout/|admin/logout/|admin/bulk/|admin/pages/.*/preview/$)"
)


@dataclass(frozen=True)
class Answer:
    """What an address answered; `html` is empty for what is no page."""

    status: int
    location: str = ""
    html: str = ""
    is_preview: bool = False
    template: str = ""


@dataclass
class Crawl:
    """One reader's walk over the site, in one language.

    `open` takes a path with its query and gives an Answer. `follows` says of an address
    whether it is opened; `in_depth` opens every facet of a list, else one of a kind. `tell`
    is called with each fault when it is found.
    """

    open: object
    language: str = "fr"
    is_logged_in: bool = False
    in_depth: bool = False
    tell: object = None
    starts: tuple = ("/",)
    hosts: frozenset = frozenset({"testserver"})
    follows: object = None
    most: int = 20_000
    faults: list = field(default_factory=list)
    opened: dict = field(default_factory=dict)
    anchors: dict = field(default_factory=dict)
    fragments: dict = field(default_factory=dict)

    def run(self):
        """Walk; return self, with `faults` as sentences and `opened` as {address: Answer}."""
        self.waiting = deque((start, "") for start in self.starts)
        self.known = set(self.starts)
        self.kinds = set()
        while self.waiting and len(self.opened) < self.most:
            address, origin = self.waiting.popleft()
            self._visit(address, origin)
        self._check_fragments()
        return self

    def _fault(self, address, words, origin=""):
        behind = f" (linked from {origin})" if origin else ""
        self.faults.append(f"{address}{behind}: {words}")
        if self.tell is not None:
            self.tell(self.faults[-1])

    def _visit(self, address, origin):
        answer = self.open(address)
        self.opened[address] = answer
        if answer.status >= 500:
            return self._fault(address, f"answers {answer.status}", origin)
        if answer.status >= 400:
            return self._fault(
                address, f"is offered and answers {answer.status}", origin
            )
        if answer.status in {301, 302, 303, 307, 308}:
            return self._redirected(address, answer.location, origin)
        if answer.html:
            self._read(address, answer)
        return None

    def _redirected(self, address, location, origin):
        target = self._own(urljoin(address, location)) or ""
        if self.is_logged_in and re.match(r"^(/en)?/comptes/login/", target):
            self._fault(address, "is offered and asks to log in again", origin)
        elif target:
            self._wait_for(urldefrag(target).url, address)

    def _own(self, target):
        """`target` without this site's host; None for another site's."""
        parts = urlsplit(target)
        if parts.netloc and parts.netloc not in self.hosts:
            return None
        return parts._replace(scheme="", netloc="").geturl() or "/"

    def _read(self, address, answer):
        page = read(answer.html)
        if not _ADMIN.match(address) or answer.is_preview:
            for words in every_check(page):
                self._fault(address, words)
            if page.language != self.language and not answer.is_preview:
                self._fault(address, f"is in {page.language!r}")
            self._check_forms(address, page)
        self.anchors[urlsplit(address).path] = page.anchors | self.anchors.get(
            urlsplit(address).path, set()
        )
        for href in page.links:
            self._follow(address, href)
        for href in page.parts:
            self._follow(address, href, is_part=True)

    def _check_forms(self, address, page):
        for form in page.forms:
            for method, action in form.targets:
                target = urljoin(address, action)
                if method == "post":
                    if not form.has_token and needs_token(target):
                        self._fault(address, f"the form to {target} has no token")
                elif method == "get":
                    self._wait_for(urlsplit(target).path, address)

    def _follow(self, address, href, *, is_part=False):
        if re.match(r"^(mailto|tel|data|javascript|blob|sms):", href, re.IGNORECASE):
            if href.lower().startswith("javascript:"):
                self._fault(address, f"a link is a script: {href[:60]}")
            return
        target, fragment = urldefrag(urljoin(address, href))
        target = self._own(target)
        if target is None:
            return
        # In the back office they are read by scripts.
        is_anchor = not (is_part or _ADMIN.match(address))
        if fragment and is_anchor and fragment != "top":
            self.fragments.setdefault((target, unquote(fragment)), address)
        self._wait_for(target, address)

    def _wait_for(self, target, origin):
        path, query = urlsplit(target).path, urlsplit(target).query
        if target in self.known or _LEFT_ALONE.match(path):
            return
        if self._language_of(path) not in {self.language, None}:
            return
        if query:
            if not self._is_first_of_its_kind(path, query, origin):
                return
        elif self.follows is not None and not self.follows(path):
            return
        self.known.add(target)
        self.waiting.append((target, origin))

    def _is_first_of_its_kind(self, path, query, origin):
        """Facets: in depth, each one alone; else one link of each kind of each view."""
        names = tuple(sorted({name for name, _value in parse_qsl(query, True)}))
        if urlsplit(origin).query and "page" not in names:
            return False
        if self.in_depth:
            return True
        kind = (view_name(path), names)
        is_first = kind not in self.kinds
        self.kinds.add(kind)
        return is_first

    @staticmethod
    def _language_of(path):
        """None for what has no language: files, styles, feeds of machines."""
        if re.match(r"^/(static|medias|robots\.txt|sitemap\.xml|branding\.css)", path):
            return None
        return "en" if is_english(path) else "fr"

    def _check_fragments(self):
        for (target, fragment), origin in self.fragments.items():
            anchors = self.anchors.get(urlsplit(target).path)
            if anchors is not None and fragment not in anchors:
                self._fault(
                    origin, f"links to #{fragment} of {target}, which is not there"
                )


def _match(address):
    path = unquote(urlsplit(address).path)
    with translation.override("en" if is_english(path) else "fr"):
        return resolve(path)


def is_english(path):
    return bool(re.match(r"^/en(/|$)", path))


def view_name(path):
    """The name of the view at `path`, or the path itself when nothing answers there."""
    try:
        return _match(path).view_name
    except Resolver404:
        return path


def needs_token(address):
    """Whether a form sent to `address` is refused without its token."""
    try:
        return not getattr(_match(address).func, "csrf_exempt", False)
    except Resolver404:
        return True

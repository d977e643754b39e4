"""Pages as a browser keeps them: which of their forms leads where, and from what origin."""

import html
import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

_FORM = re.compile(r"<form\b([^>]*)>(.*?)</form\s*>", re.DOTALL | re.IGNORECASE)
_CONTROL = re.compile(
    r"<(?:input|button|select|textarea)\b([^>]*)>", re.DOTALL | re.IGNORECASE
)
_ATTRIBUTE = re.compile(
    r"""([a-z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""", re.IGNORECASE
)
TOKEN = "csrfmiddlewaretoken"


def attributes(tag):
    """{name: value} of what stands inside a tag; a bare attribute's value is empty."""
    return {
        name.lower(): html.unescape(double or single or bare)
        for name, double, single, bare in _ATTRIBUTE.findall(tag)
    }


@dataclass(frozen=True)
class Form:
    """A form that posts: the paths it may be sent to, its fields' names, its token."""

    targets: frozenset
    names: frozenset
    token: str


@dataclass(frozen=True)
class ReadPage:
    """A page of the site as it was read at `path` (with its query)."""

    path: str
    origin: str
    html: str
    scheme: str = "http"

    def forms(self):
        """The Forms of the page that post, in their order."""
        found = []
        for opening, content in _FORM.findall(self.html):
            own = attributes(opening)
            controls = [attributes(tag) for tag in _CONTROL.findall(content)]
            # A button may send the form elsewhere, or otherwise.
            targets = set()
            if own.get("method", "").lower() == "post":
                targets.add(own.get("action", ""))
            for control in controls:
                if control.get("formmethod", own.get("method", "")).lower() == "post":
                    targets.add(control.get("formaction") or own.get("action", ""))
            if not targets:
                continue
            tokens = [
                one.get("value", "") for one in controls if one.get("name") == TOKEN
            ]
            found.append(
                Form(
                    targets=frozenset(
                        urlsplit(urljoin(self.path, target)).path for target in targets
                    ),
                    names=frozenset(one.get("name", "") for one in controls),
                    token=tokens[0] if tokens else "",
                )
            )
        return found

    def form_to(self, path, names=()):
        """The form that leads to `path`, the one with most of `names`; None without any."""
        wanted = urlsplit(path).path
        able = [form for form in self.forms() if wanted in form.targets]
        return max(able, key=lambda form: len(form.names & set(names)), default=None)


def page_of(response, path):
    """The ReadPage of an answer, or None for what is not a whole page of HTML."""
    is_html = response.get("Content-Type", "").startswith("text/html")
    if not is_html or response.streaming:
        return None
    text = response.content.decode(response.charset)
    if "<html" not in text[:2000].lower():
        return None
    # Such a page lets nobody know where its forms are sent from (Fetch, "Origin" header).
    request = response.wsgi_request
    hides = response.get("Referrer-Policy", "") == "no-referrer"
    origin = "null" if hides else f"{request.scheme}://{request.get_host()}"
    return ReadPage(path=path, origin=origin, html=text, scheme=request.scheme)

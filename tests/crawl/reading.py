"""A page read once: its words with their language, its links, anchors, forms and headings."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)
# What no reader sees, or that shows what somebody typed.
_UNREAD = frozenset(("script", "style", "template", "textarea", "code", "pre"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SAID = ("title", "aria-label", "placeholder", "alt")
# Where a site speaks for itself, whatever its contents.
_FURNITURE = frozenset(
    ("nav", "header", "footer", "button", "legend", "th", "summary", "title")
)
_BUTTONS = frozenset(("submit", "button", "reset"))
_REFERRING = ("for", "aria-labelledby", "aria-describedby", "aria-controls")


@dataclass
class FormRead:
    """A form: where it may be sent, as (method, address), and whether it has its token."""

    targets: list
    has_token: bool = False


@dataclass
class PageRead:
    """What one page holds.

    `texts` are (words, language, whether they stand where the site itself speaks); `links` are the addresses that a reader may follow, as
    written; `parts` are those that the browser itself fetches (pictures, styles, scripts).
    """

    texts: list = field(default_factory=list)
    links: list = field(default_factory=list)
    parts: list = field(default_factory=list)
    ids: list = field(default_factory=list)
    referred: list = field(default_factory=list)
    forms: list = field(default_factory=list)
    headings: list = field(default_factory=list)
    nameless_links: list = field(default_factory=list)
    language: str = ""
    title: str = ""

    @property
    def anchors(self):
        return set(self.ids)


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.page = PageRead()
        # (tag, language, read or not, furniture or not, what gathers the words inside it)
        self.stack = [("", "", True, False, None)]
        self.form = None

    def handle_starttag(self, tag, pairs):
        own = {name: value or "" for name, value in pairs}
        _tag, language, is_read, is_furniture, _words = self.stack[-1]
        language = own.get("lang", language)
        is_furniture = is_furniture or tag in _FURNITURE
        self._note(tag, own, language, is_furniture)
        if own.get("alt"):
            self._gather(own["alt"])
        if tag in _VOID:
            return
        words = None
        if tag in _HEADINGS or tag in {"a", "title"}:
            words = [own["aria-label"]] if own.get("aria-label") else []
            if tag in _HEADINGS:
                self.page.headings.append((tag, words))
            elif tag == "a" and "href" in own and own.get("aria-hidden") != "true":
                self.page.nameless_links.append((own["href"], words))
            elif tag == "title" and not self.page.title:
                self.page.title = words
        is_read = is_read and tag not in _UNREAD
        self.stack.append((tag, language, is_read, is_furniture, words))

    def _gather(self, words):
        for *_place, gathered in self.stack:
            if gathered is not None:
                gathered.append(words)

    def _note(self, tag, own, language, is_furniture):
        page = self.page
        if tag == "html":
            page.language = own.get("lang", "")
        if "id" in own:
            page.ids.append(own["id"])
        for name in _SAID:
            if own.get(name):
                page.texts.append((own[name], language, is_furniture))
        for name in _REFERRING:
            page.referred.extend((name, one) for one in own.get(name, "").split())
        if tag in {"a", "area"} and "href" in own:
            page.links.append(own["href"])
        elif tag == "link" and "href" in own:
            page.parts.append(own["href"])
        elif tag in {"img", "script", "source", "iframe"} and own.get("src"):
            page.parts.append(own["src"])
        elif tag == "form":
            target = (own.get("method", "get").lower(), own.get("action", ""))
            self.form = FormRead([target])
            page.forms.append(self.form)
        elif tag in {"input", "button"} and self.form:
            self._note_control(tag, own, language)

    def _note_control(self, tag, own, language):
        if own.get("name") == "csrfmiddlewaretoken":
            self.form.has_token = bool(own.get("value"))
        if tag == "input" and own.get("type") in _BUTTONS and own.get("value"):
            self.page.texts.append((own["value"], language, True))
        if "formaction" in own or "formmethod" in own:
            method, action = self.form.targets[0]
            self.form.targets.append(
                (own.get("formmethod", method).lower(), own.get("formaction", action))
            )

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        for depth in range(len(self.stack) - 1, 0, -1):
            if self.stack[depth][0] == tag:
                del self.stack[depth:]
                return

    def handle_data(self, data):
        words = " ".join(data.split())
        if not words:
            return
        self._gather(words)
        _tag, language, is_read, is_furniture, _words = self.stack[-1]
        if is_read:
            self.page.texts.append((words, language, is_furniture))


def read(html):
    """The PageRead of `html`."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    page = reader.page
    page.title = " ".join(page.title or ())
    page.headings = [(tag, "".join(words).strip()) for tag, words in page.headings]
    page.nameless_links = [
        href for href, words in page.nameless_links if not "".join(words).strip()
    ]
    return page

"""Which addresses a walk opens: pages of one kind are drawn by one view and one template."""

import re
from urllib.parse import urlsplit

from tests.crawl.crawler import view_name


def kind_of(address):
    """A name for the kind of page at `address`: its view; for Wagtail's pages their section."""
    name = view_name(urlsplit(address).path)
    parts = neutral(address).strip("/").split("/")
    if name == "wagtail_serve":
        return f"{name}:{len(parts)}:{'/'.join(parts[:-1])}"
    return name


def neutral(address):
    """The path of `address`, the same in both languages."""
    return re.sub(r"^/en(?=/|$)", "", urlsplit(address).path) or "/"


class FirstOfEachKind:
    """Says yes to the first `most` paths of each kind, and to all that is not in `seen`.

    `seen` holds neutral paths, and whoever shares it: a page is seen once, in one language.
    """

    def __init__(self, most, seen=None):
        self.most, self.seen, self.counts = most, seen, {}

    def __call__(self, path):
        if self.seen is not None and neutral(path) not in self.seen:
            self.seen.add(neutral(path))
            return True
        kind = kind_of(path)
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return self.counts[kind] <= self.most

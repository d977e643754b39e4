"""Which addresses a walk opens: pages of one kind are drawn by one view and one template."""

from urllib.parse import urlsplit

from tests.crawl.crawler import view_name


def kind_of(address):
    """A name for the kind of page at `address`: its view; for Wagtail's pages their section."""
    path = urlsplit(address).path
    name = view_name(path)
    parts = path.removeprefix("/en").strip("/").split("/")
    if name == "wagtail_serve":
        return f"{name}:{len(parts)}:{'/'.join(parts[:-1])}"
    return name


class FirstOfEachKind:
    """Says yes to the first `most` paths of each kind, and to all that is not in `seen`."""

    def __init__(self, most, seen=None):
        self.most, self.seen, self.counts = most, seen, {}

    def __call__(self, path):
        if self.seen is not None and path not in self.seen:
            return True
        kind = kind_of(path)
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return self.counts[kind] <= self.most

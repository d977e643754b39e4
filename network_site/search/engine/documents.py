"""What is written of one part, and what it becomes: terms by field, and a record.

No file here, no Whoosh: pure functions of a `PartDocument`.
"""

import hashlib
import json
import zlib
from array import array
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from network_site.search import analysis, references

# Raise it when what is written changes: an older index is rebuilt by itself.
SCHEMA_VERSION = 6
LONGEST_TITLE_KEY = 200
LONGEST_KEYWORD = 200
LONGEST_PLAIN_WORD = 64

# The fields of the parts; the rows of the admin bring their own.
WITH_PLACES = ("body", "pages", "terms", "title")
WITHOUT_PLACES = (
    *("family", "kind", "models", "object", "of", "references", "replaces"),
    *("territories", "themes", "title_key", "tokens"),
)
# Begins the name of a field found by its first letters (see `rows`).
STARTED = "a_"
# The term of the field "pages": its places are the ranks of the words that begin a page.
PAGE = "page"
_PAGE_BREAK = "\f"
# Begins a record in pieces; one in one piece begins as zlib has it.
_IN_PIECES = b"P"
_SIZE = array("I").itemsize


@dataclass
class PartDocument:
    """What is written of one part of an object (or of one row of the admin)."""

    object_key: str
    part: str = "main"
    family: str = "part"
    kind: str = ""
    title: str = ""
    aliases: list = field(default_factory=list)
    references: list = field(default_factory=list)
    text: str = ""
    # Of a file: its name, its address, the key of its document, and what its pages say.
    label: str = ""
    url: str = ""
    of: str = ""
    pages: list = field(default_factory=list)
    tokens: list = field(default_factory=list)
    themes: list = field(default_factory=list)
    territories: list = field(default_factory=list)
    # The labels and synonyms of the terms it is filed under.
    labels: list = field(default_factory=list)
    # Said of the object besides its kind ("site", see asking).
    marks: list = field(default_factory=list)
    models: list = field(default_factory=list)
    # The keys of the objects that this one replaces.
    replaces: list = field(default_factory=list)
    day: date | None = None
    row_fields: dict = field(default_factory=dict)

    @property
    def body(self):
        """All that is said, a form feed before each page."""
        return _PAGE_BREAK.join([self.text, *self.pages]) if self.pages else self.text


class Record(NamedTuple):
    """What is stored of a part, to be shown."""

    object_key: str
    day: int
    family: str
    part: str
    model: str
    title: str
    text: str
    label: str = ""
    url: str = ""
    page_count: int = 0


def plain_words(value: str) -> list[str]:
    """The folded words of `value`, stop words included."""
    return analysis.fold_whole(value).replace("'", " ").replace("-", " ").split()


def fields_of_parts(row_fields=()) -> dict[str, bool]:
    """{name of a field: whether the places of its words are kept}."""
    names = dict.fromkeys(WITH_PLACES, True) | dict.fromkeys(WITHOUT_PLACES, False)
    return names | {name: not name.startswith(STARTED) for name in row_fields}


def schema_fingerprint(row_fields=()):
    """What an index must have been written with to be read."""
    names = json.dumps([SCHEMA_VERSION, sorted(row_fields)])
    return hashlib.sha256(names.encode()).hexdigest()[:16]


def places_by_field(part: PartDocument) -> dict[str, dict[str, list[int]]]:
    """{field: {term: places}} of a part; fields without a term are left out.

    Of fields without places the lists say only how often a term is there.
    """
    names = [part.title, *part.aliases]
    found = {
        "object": _keywords([part.object_key]),
        "of": _keywords([part.of]),
        "family": _keywords([part.family]),
        "kind": _keywords([part.kind, *(f"{part.kind}/{mark}" for mark in part.marks)]),
        "models": _keywords(part.models),
        "tokens": _keywords(part.tokens),
        "themes": _keywords(part.themes),
        "territories": _keywords(part.territories),
        "replaces": _keywords(part.replaces),
        "references": _keywords(
            [
                *references.reference_terms(part.references),
                *(term for name in names for term in analysis.initials(name)),
            ]
        ),
        "terms": analysis.places(" \n".join(part.labels)),
        "title": analysis.places(" \n".join(names)),
        "title_key": _keywords(
            analysis.fold_whole(name)[:LONGEST_TITLE_KEY] for name in names
        ),
        "body": analysis.places(part.body),
    }
    if part.pages:
        found["pages"] = {PAGE: analysis.words_before(part.body, _PAGE_BREAK)}
    for name, value in part.row_fields.items():
        if name.startswith(STARTED):
            found[name] = _keywords(
                word[:LONGEST_PLAIN_WORD] for word in plain_words(value)
            )
        else:
            found[name] = analysis.places(value)
    return {name: terms for name, terms in found.items() if terms}


def _keywords(values):
    return {value[:LONGEST_KEYWORD]: [0] for value in values if value}


def packed(part: PartDocument) -> bytes:
    """The record of a part as bytes: compressed JSON, then each page by itself.

    The pages of a long file are read one at a time.
    """
    record = Record(
        part.object_key,
        part.day.toordinal() if part.day else 0,
        part.family,
        part.part,
        part.models[0] if part.models else "",
        part.title,
        part.text,
        part.label,
        part.url,
        len(part.pages),
    )
    head = zlib.compress(json.dumps(record, ensure_ascii=False).encode(), 1)
    if not part.pages:
        return head
    pieces = [head, *(zlib.compress(page.encode(), 1) for page in part.pages)]
    sizes = array("I", [len(pieces), *map(len, pieces)])
    return b"".join([_IN_PIECES, sizes.tobytes(), *pieces])


def unpacked(data: bytes) -> Record:
    """The record that `packed` made, its pages left where they are."""
    if data[:1] == _IN_PIECES:
        data = _piece(data, 0)
    return Record(*json.loads(zlib.decompress(data)))


def page_of(data: bytes, number: int) -> str:
    """What a page (1, 2…) of a record says."""
    return zlib.decompress(_piece(data, number)).decode()


def _piece(data, rank):
    low = len(_IN_PIECES)
    (count,) = array("I", data[low : low + _SIZE])
    low += _SIZE
    sizes = array("I", data[low : low + count * _SIZE])
    start = low + count * _SIZE + sum(sizes[:rank])
    return data[start : start + sizes[rank]]

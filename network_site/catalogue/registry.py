"""What the catalogue holds: each app declares it in `catalogue_source.py`.

The catalogue knows no space: sources, vocabularies, facets and gates come to it. The contract
is told in docs/features/catalogue.md.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import models

FRENCH, ENGLISH = "fr", "en"


class Matched(NamedTuple):
    """What answers some words: [(label of a root model, numbers, scores)].

    `has_all`: whether it has every word; `correction`: the words as they were corrected.
    """

    found: list
    has_all: bool = True
    correction: str = ""


class WordsUnavailable(Exception):
    """Words cannot be looked for just now."""


@dataclass
class Built:
    """What a source says of one object.

    - `path`: where it stands among the gates ("p/" and the path of a page, for instance);
    - `facets`: {name of a facet: values}; a value is a number or a word, or, in a dated
      facet, (value, first day or None, day after the last or None), days as ordinals
      (`date.toordinal`);
    - `keys`: {name: number or None}, what lists are ordered by; `title` orders by words;
    - `card`: what a list draws of it, ids, dates and words as they were typed: never HTML,
      nor a name that may change elsewhere.
    """

    object_id: int
    kind: str
    path: str
    is_live: bool
    title: str = ""
    facets: dict = field(default_factory=dict)
    keys: dict = field(default_factory=dict)
    card: dict = field(default_factory=dict)

    def as_data(self) -> dict:
        """The JSON that the entry keeps."""
        facets = {
            name: [list(one) if isinstance(one, tuple) else one for one in values]
            for name, values in self.facets.items()
            if values
        }
        return {
            "title": self.title,
            "facets": facets,
            "keys": {name: key for name, key in self.keys.items() if key is not None},
            "card": self.card,
        }


class Watch(NamedTuple):
    """A table whose rows belong to objects of a source: a change there marks the object.

    `column` holds the object's number; `columns`, where given, are those that matter.
    """

    model: type[models.Model]
    column: str
    columns: tuple[str, ...] = ()


class Right(NamedTuple):
    """A right that stands in the object's own row, taken over at once by a trigger.

    `live` and `path` are SQL over the row ({row}.live), `columns` those they read.
    """

    model: type[models.Model]
    live: str
    path: str
    columns: tuple[str, ...]


class Source:
    """How the objects of one model become entries."""

    # The root model: "wagtailcore.page" for any page.
    root: str
    kinds: tuple[str, ...]
    # {kind: what the back office calls its entries}.
    labels: dict = {}
    watches: tuple[Watch, ...] = ()
    right: Right | None = None

    def ids(self) -> Iterable[int]:
        """The numbers of all objects that have an entry, shown or not."""
        raise NotImplementedError

    def build(self, ids) -> Iterator[Built]:
        """What the entries of these objects say now; an object left out has none."""
        raise NotImplementedError


@dataclass(frozen=True)
class Facet:
    """What a list may be narrowed by.

    With a `vocabulary` the values are the numbers of its terms, and what is filed under a
    term is counted under those above it. A `dated` facet says other things on other days. A
    facet of a `model` names objects of a root model (what a thread is about).
    """

    name: str
    vocabulary: str = ""
    dated: bool = False
    model: str = ""


class Term(NamedTuple):
    """A term of a vocabulary, as memory keeps it."""

    pk: int
    slug: str
    parent: int | None
    name: str
    name_en: str
    kind: str
    # The code of an official list, and where it stands on the map, if anywhere.
    code: str = ""
    point: tuple[float, float] | None = None

    def label(self, language):
        """The name in a language, French where there is no other."""
        return (self.name_en if language.startswith(ENGLISH) else "") or self.name


@dataclass(frozen=True)
class Vocabulary:
    """Terms kept in memory, read again when the database says that one of them changed.

    `rows()` gives the Terms, those above before those below, in the order of display. Where
    none stands above another (`is_flat`), a change leaves the entries as they are.
    """

    name: str
    tables: tuple[type[models.Model], ...]
    rows: object
    is_flat: bool = False


@dataclass(frozen=True)
class Keeping:
    """What `read()` gives is kept until one of the tables changes (catalogue.kept).

    `tables` holds models, or (model, the columns whose change matters).
    """

    name: str
    tables: tuple
    read: Callable


_sources: dict[str, list[Source]] = {}
_facets: dict[str, Facet] = {}
_derived: dict[str, object] = {}
_vocabularies: dict[str, Vocabulary] = {}
_keepings: dict[str, Keeping] = {}
_matchers = {}


def source(cls):
    """Register a `Source` class."""
    known = _sources.setdefault(cls.root, [])
    if all(type(one) is not cls for one in known):
        known.append(cls())
    return cls


def sources() -> list[Source]:
    """Every source, in the order of the apps."""
    return [one for many in _sources.values() for one in many]


def sources_of(root) -> list[Source]:
    """Those of a root model; none for a model that the catalogue does not hold."""
    return _sources.get(root, [])


def add_facets(*facets):
    """Register `Facet`s; a facet that several spaces share is said once."""
    for facet in facets:
        _facets[facet.name] = facet


def facets() -> dict[str, Facet]:
    return _facets


def derived_facet(name):
    """Register function(catalogue) → {value: mask}: a facet that no entry can hold.

    What an entry says hangs on other entries and on who may read them (a practice is taken
    up once an adaptation is open to everybody): looked at for each question, kept by none.
    """

    def register(function):
        _derived[name] = function
        return function

    return register


def derived(name):
    """What derives a facet; None for one that entries hold."""
    return _derived.get(name)


def add_vocabulary(vocabulary):
    """Register a `Vocabulary`."""
    _vocabularies[vocabulary.name] = vocabulary


def vocabularies() -> dict[str, Vocabulary]:
    return _vocabularies


def add_keeping(keeping):
    """Register a `Keeping`."""
    _keepings[keeping.name] = keeping


def keepings() -> list[Keeping]:
    return list(_keepings.values())


def set_matcher(function):
    """Register what finds words: function(text, user, loose) → Matched."""
    _matchers["words"] = function


def matcher():
    """What finds words; None where no engine is there."""
    return _matchers.get("words")

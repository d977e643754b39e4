"""The entries that are shown, in columns: what is asked of them takes milliseconds.

A `Columns` is never modified once made: a change makes another one, which shares what did
not change. Codes of values are given once for a process and only added to, so that columns
made one after the other speak of the same thing.
"""

from typing import NamedTuple

import numpy as np

from network_site.catalogue import registry
from network_site.core.text import fold

TITLE_BYTES = 96
ALWAYS, NEVER_ENDS = -1, np.iinfo(np.int32).max


class Row(NamedTuple):
    """An entry as it is read from the database."""

    id: int
    kind: str
    model: str
    object_id: int
    is_live: bool
    path: str
    data: dict
    version: int


class Codes:
    """Numbers for values (words, numbers of terms), in the order in which they came."""

    def __init__(self):
        self.of = {}
        self.values = []

    def __call__(self, value):
        code = self.of.get(value)
        if code is None:
            code = self.of[value] = len(self.values)
            self.values.append(value)
        return code


class Lexicon:
    """The codes of everything, for the life of a process."""

    def __init__(self):
        self.kinds, self.models = Codes(), Codes()
        self.facets = {}

    def facet(self, name):
        return self.facets.setdefault(name, Codes())


class FacetColumn:
    """Which entries have which values: pairs of places and codes, with their days if dated."""

    def __init__(self, owners, codes, since=None, until=None):
        self.owners, self.codes = owners, codes
        self.since, self.until = since, until

    @classmethod
    def empty(cls, dated):
        none = np.zeros(0, np.int32)
        return cls(none, none, none, none) if dated else cls(none, none)

    @classmethod
    def made(cls, pairs, dated):
        """From (place, code) pairs, or (place, code, since, until)."""
        table = np.array(pairs, np.int32).reshape(-1, 4 if dated else 2)
        return cls(
            *(np.ascontiguousarray(table[:, at]) for at in range(table.shape[1]))
        )

    def kept(self, keep, places):
        """The pairs of the entries in the mask `keep`, which move to `places`."""
        mine = keep[self.owners]
        return FacetColumn(
            places[self.owners[mine]],
            self.codes[mine],
            None if self.since is None else self.since[mine],
            None if self.until is None else self.until[mine],
        )

    def joined(self, other, offset):
        """These pairs and those of `other`, whose places begin at `offset`."""
        dated = self.since is not None
        return FacetColumn(
            np.concatenate([self.owners, other.owners + np.int32(offset)]),
            np.concatenate([self.codes, other.codes]),
            np.concatenate([self.since, other.since]) if dated else None,
            np.concatenate([self.until, other.until]) if dated else None,
        )

    def on(self, day):
        """(owners, codes) that count on a day (an ordinal)."""
        if self.since is None:
            return self.owners, self.codes
        now = (self.since <= day) & (day < self.until)
        return self.owners[now], self.codes[now]


class Columns:
    """All entries that are shown."""

    def __init__(self, lexicon):
        self.lexicon = lexicon
        self.ids = np.zeros(0, np.int64)
        self.kinds = np.zeros(0, np.int16)
        self.models = np.zeros(0, np.int16)
        self.objects = np.zeros(0, np.int64)
        self.titles = np.zeros(0, f"S{TITLE_BYTES}")
        self.keys = {}
        self.facets = {}
        # The paths in their order, and the place of the entry of each.
        self.paths = np.zeros(0, "S8")
        self.path_places = np.zeros(0, np.int32)
        self._by_object = None

    def __len__(self):
        return len(self.ids)

    def replaced(self, rows, vocabularies, but=()):
        """Columns in which `rows` stand for what had their numbers, those of `but` gone.

        `vocabularies` are the Terms by name: what is filed under a term is under all above.
        """
        gone = [row.id for row in rows] + list(but)
        keep = np.isin(self.ids, gone, invert=True)
        shown = [row for row in rows if row.is_live and row.data]
        fresh = _made(shown, self.lexicon, vocabularies)
        return self._kept(keep)._joined(fresh) if len(self) else fresh

    def _kept(self, keep):
        if keep.all():
            return self
        places = (np.cumsum(keep) - 1).astype(np.int32)
        made = Columns(self.lexicon)
        for name in ("ids", "kinds", "models", "objects", "titles"):
            setattr(made, name, getattr(self, name)[keep])
        made.keys = {name: key[keep] for name, key in self.keys.items()}
        made.facets = {
            name: column.kept(keep, places) for name, column in self.facets.items()
        }
        mine = keep[self.path_places]
        made.paths = self.paths[mine]
        made.path_places = places[self.path_places[mine]]
        return made

    def _joined(self, other):
        if not len(other):
            return self
        offset = len(self)
        made = Columns(self.lexicon)
        for name in ("ids", "kinds", "models", "objects", "titles"):
            pair = [getattr(self, name), getattr(other, name)]
            setattr(made, name, np.concatenate(pair))
        for name in {**self.keys, **other.keys}:
            made.keys[name] = np.concatenate([self.key(name), other.key(name)])
        for name in {**self.facets, **other.facets}:
            made.facets[name] = self.facet(name).joined(other.facet(name), offset)
        width = max(self.paths.itemsize, other.paths.itemsize)
        at = self.paths.searchsorted(other.paths)
        made.paths = np.insert(self.paths.astype(f"S{width}"), at, other.paths)
        made.path_places = np.insert(
            self.path_places, at, other.path_places + np.int32(offset)
        )
        return made

    def key(self, name):
        """What entries are ordered by; NaN where an entry says nothing."""
        found = self.keys.get(name)
        return np.full(len(self), np.nan) if found is None else found

    def facet(self, name):
        found = self.facets.get(name)
        if found is None:
            facet = registry.facets().get(name)
            return FacetColumn.empty(bool(facet and facet.dated))
        return found

    # What is asked of them

    def under(self, prefix):
        """The places of the entries whose path begins with `prefix`."""
        low, high = self._bounds(prefix)
        return self.path_places[low:high]

    def _bounds(self, prefix):
        prefix = prefix.encode()
        low = self.paths.searchsorted(np.bytes_(prefix))
        # No path holds this byte: it stands after all that begin with the prefix.
        return low, self.paths.searchsorted(np.bytes_(prefix + b"\xff"))

    def signs_under(self, prefix, count):
        """(places, signs) of the entries whose path begins with `prefix`.

        `signs` are the `count` bytes after it, a row for each entry.
        """
        low, high = self._bounds(prefix)
        width = len(prefix) + count
        signs = self.paths[low:high].astype(f"S{width}").view(np.uint8)
        return self.path_places[low:high], signs.reshape(-1, width)[:, len(prefix) :]

    def of_kinds(self, kinds):
        """A mask of the entries of some kinds."""
        known = self.lexicon.kinds.of
        return np.isin(self.kinds, [known[kind] for kind in kinds if kind in known])

    def having(self, name, values, day):
        """A mask of the entries that have one of `values` in a facet on `day`.

        None among the values stands for those that say nothing.
        """
        codes = self.lexicon.facet(name)
        owners, found = self.facet(name).on(day)
        wanted = np.zeros(len(codes.values), bool)
        wanted[[codes.of[value] for value in values if value in codes.of]] = True
        mask = np.zeros(len(self), bool)
        mask[owners[wanted[found]]] = True
        if None in values:
            silent = np.ones(len(self), bool)
            silent[owners] = False
            mask |= silent
        return mask

    def counts(self, name, mask, day):
        """{value: how many entries of `mask` have it}; None for those that say nothing."""
        codes = self.lexicon.facet(name)
        owners, found = self.facet(name).on(day)
        totals = np.bincount(found[mask[owners]], minlength=len(codes.values))
        counts = {
            codes.values[code]: int(totals[code])
            for code in np.flatnonzero(totals).tolist()
        }
        said = np.zeros(len(self), bool)
        said[owners] = True
        if silent := int(np.count_nonzero(mask & ~said)):
            counts[None] = silent
        return counts

    def places_of(self, model, numbers):
        """The places of objects; -1 for those that are not shown."""
        if self._by_object is None:
            order = np.lexsort((self.objects, self.models))
            packed = self._packed(self.models[order], self.objects[order])
            self._by_object = packed, order.astype(np.int32)
        packed, order = self._by_object
        code = self.lexicon.models.of.get(model)
        if code is None or not len(packed):
            return np.full(len(numbers), -1, np.int64)
        wanted = self._packed(np.int64(code), np.asarray(numbers, np.int64))
        at = packed.searchsorted(wanted).clip(max=len(packed) - 1)
        return np.where(packed[at] == wanted, order[at], -1)

    @staticmethod
    def _packed(models, objects):
        return (models.astype(np.int64) << 48) | objects


def _made(rows, lexicon, vocabularies):
    """Columns of `rows` alone."""
    made = Columns(lexicon)
    made.ids = np.array([row.id for row in rows], np.int64)
    made.kinds = np.array([lexicon.kinds(row.kind) for row in rows], np.int16)
    made.models = np.array([lexicon.models(row.model) for row in rows], np.int16)
    made.objects = np.array([row.object_id for row in rows], np.int64)
    made.titles = np.array(
        [fold(row.data.get("title", "")).encode()[:TITLE_BYTES] for row in rows],
        f"S{TITLE_BYTES}",
    )
    for place, row in enumerate(rows):
        for name, value in row.data.get("keys", {}).items():
            if name not in made.keys:
                made.keys[name] = np.full(len(rows), np.nan)
            made.keys[name][place] = value
    for name, facet in registry.facets().items():
        pairs = list(_pairs(rows, facet, lexicon.facet(name), vocabularies))
        if pairs:
            made.facets[name] = FacetColumn.made(pairs, facet.dated)
    paths = np.array([row.path.encode() for row in rows] or [b""])[: len(rows)]
    order = paths.argsort(kind="stable")
    made.paths, made.path_places = paths[order], order.astype(np.int32)
    return made


def _pairs(rows, facet, codes, vocabularies):
    terms = vocabularies.get(facet.vocabulary)
    for place, row in enumerate(rows):
        values = row.data.get("facets", {}).get(facet.name, ())
        if facet.dated:
            for value, since, until in values:
                yield (
                    place,
                    codes(value),
                    ALWAYS if since is None else since,
                    NEVER_ENDS if until is None else until,
                )
            continue
        if terms is not None:
            values = {above: None for value in values for above in terms.above(value)}
        for value in dict.fromkeys(values):
            yield place, codes(value)

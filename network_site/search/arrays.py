"""Answers from arrays: what one generation of the index holds, as numpy sees it.

The unit of the index is a *part* of an object; what is asked and counted are objects. A
leaf of the query is answered part by part under the reader's mask, then brought to the
objects: what a reader may not see has no part in what follows, counts and facets
included. No Whoosh here: a segment is whatever has the methods of `engine.Segment`.
"""

from dataclasses import dataclass, field

import numpy as np

from network_site.search.queries import (
    And,
    Boost,
    Close,
    Everything,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Word,
)

# Okapi BM25; a title is not the less relevant for being long.
K1 = 1.2
B = {"title": 0.3, "references": 0.0}
B_DEFAULT = 0.75
MOST_EXPANSIONS = 400
ALL = "all"


@dataclass
class Evaluation:
    """Which objects answer, and how well."""

    hits: np.ndarray
    scores: np.ndarray


@dataclass(frozen=True)
class Hit:
    """An object that answers; `number` is its place in this generation."""

    key: str
    number: int
    score: float


@dataclass
class Found:
    """One page of hits, with counts over all of them."""

    total: int
    hits: list[Hit] = field(default_factory=list)
    facets: dict[str, dict[str, int]] = field(default_factory=dict)


class Snapshot:
    """One generation of the index, read-only: safe to share between threads."""

    def __init__(self, segments, serial=None):
        self.segments = segments
        self.serial = serial
        self.part_count = sum(segment.part_count for segment in segments)
        self.object_count = sum(segment.object_count for segment in segments)
        part_offsets = np.cumsum([0, *(segment.part_count for segment in segments)])
        object_offsets = np.cumsum([0, *(segment.object_count for segment in segments)])
        self.part_offsets = [int(offset) for offset in part_offsets]
        self.object_offsets = [int(offset) for offset in object_offsets]
        self.owners = self._gather(
            lambda segment: segment.owners, np.int32, shifts=self.object_offsets
        )
        self.alive = self._gather(lambda segment: segment.alive, bool)
        # The first part of an object carries its card: who may not read it does not
        # see the object at all.
        self.firsts = self._gather(
            lambda segment: segment.firsts, np.int32, shifts=self.part_offsets
        )
        self._lengths = {}
        self._postings = {}
        self._dates = None

    def _gather(self, read, dtype, shifts=None):
        pieces = [
            read(segment).astype(dtype) + (dtype(shifts[rank]) if shifts else dtype(0))
            if dtype is not bool
            else read(segment)
            for rank, segment in enumerate(self.segments)
        ]
        return np.concatenate(pieces) if pieces else np.zeros(0, dtype)

    # What a reader sees

    def visible(self, tokens, family="part"):
        """The mask of parts that a holder of `tokens` may read ("all": every part)."""
        mask = self._flag("family", family) & self.alive
        if ALL in tokens:
            return mask
        readable = np.zeros(self.part_count, bool)
        for token in tokens:
            readable[self.postings("tokens", token)[0]] = True
        mask &= readable
        if self.part_count:
            mask &= mask[self.firsts][self.owners]
        return mask

    def objects_of(self, mask):
        """The mask of the objects that have a part in `mask`."""
        objects = np.zeros(self.object_count, bool)
        objects[self.owners[mask]] = True
        return objects

    def _flag(self, name, value):
        flags = np.zeros(self.part_count, bool)
        flags[self.postings(name, value)[0]] = True
        return flags

    def having(self, name, values):
        """The mask of the objects whose keyword field `name` has one of `values`."""
        objects = np.zeros(self.object_count, bool)
        for value in values:
            objects[self.owners[self.postings(name, value)[0]]] = True
        return objects

    def numbers_of(self, keys):
        """The places of the objects named by `keys` in this generation."""
        numbers = [
            self.owners[part]
            for key in keys
            for part in self.postings("object", key)[0]
        ]
        return np.unique(np.array(numbers, np.int32))

    # Postings

    def postings(self, name, term):
        """(parts, weights) of a term over all segments."""
        cached = self._postings.get((name, term))
        if cached is None:
            parts, weights = [], []
            for rank, segment in enumerate(self.segments):
                ids, frequencies = segment.postings(name, term)
                if len(ids):
                    parts.append(ids + np.int32(self.part_offsets[rank]))
                    weights.append(frequencies)
            if parts:
                cached = np.concatenate(parts), np.concatenate(weights)
            else:
                cached = np.zeros(0, np.int32), np.zeros(0, np.float32)
            if len(self._postings) > 5_000:
                self._postings.clear()
            self._postings[name, term] = cached
        return cached

    def _field_lengths(self, name):
        found = self._lengths.get(name)
        if found is None:
            lengths = self._gather(lambda segment: segment.lengths(name), np.float32)
            filled = lengths[lengths > 0]
            found = lengths, float(filled.mean()) if len(filled) else 1.0, len(filled)
            self._lengths[name] = found
        return found

    def _impacts(self, name, parts, weights):
        lengths, average, filled = self._field_lengths(name)
        b = B.get(name, B_DEFAULT)
        rarity = np.log(
            1 + (max(filled, len(parts)) - len(parts) + 0.5) / (len(parts) + 0.5)
        )
        norm = K1 * (1 - b + b * lengths[parts] / average)
        return (rarity * weights * (K1 + 1) / (weights + norm)).astype(np.float32)

    # Evaluation

    def evaluate(self, node, mask) -> Evaluation:
        """Answer the tree `node` for the parts in `mask`, by objects."""
        if isinstance(node, (Word, Prefix, Close)):
            return self._to_objects(self._word(node), mask)
        if isinstance(node, Phrase):
            return self._to_objects(self._phrase(node, mask), mask)
        if isinstance(node, Boost):
            inner = self.evaluate(node.clause, mask)
            return Evaluation(inner.hits, inner.scores * np.float32(node.weight))
        if isinstance(node, Not):
            hits = self.objects_of(mask) & ~self.evaluate(node.clause, mask).hits
            return Evaluation(hits, np.zeros(self.object_count, np.float32))
        if isinstance(node, (And, Or)):
            return self._combine(node, mask)
        if isinstance(node, Everything):
            hits = self.objects_of(mask)
            return Evaluation(hits, hits.astype(np.float32))
        if isinstance(node, Nothing):
            return self._none()
        raise TypeError(f"not a query: {node!r}")

    def _none(self):
        return Evaluation(
            np.zeros(self.object_count, bool), np.zeros(self.object_count, np.float32)
        )

    def _combine(self, node, mask):
        if not node.clauses:
            return self._none()
        parts = [self.evaluate(clause, mask) for clause in node.clauses]
        hits = parts[0].hits.copy()
        scores = parts[0].scores.copy()
        for part in parts[1:]:
            if isinstance(node, And):
                hits &= part.hits
            else:
                hits |= part.hits
            scores += part.scores
        scores[~hits] = 0
        return Evaluation(hits, scores)

    def _to_objects(self, leaf, mask):
        found, scores = leaf
        parts = np.flatnonzero(found & mask)
        owners = self.owners[parts]
        evaluation = self._none()
        evaluation.hits[owners] = True
        np.maximum.at(evaluation.scores, owners, scores[parts])
        return evaluation

    def _expansions(self, node, name):
        if isinstance(node, Word):
            return node.terms
        found = {}
        for segment in self.segments:
            if isinstance(node, Prefix):
                terms = segment.beginning_with(name, node.text, MOST_EXPANSIONS)
            else:
                terms = segment.close_to(name, node.text)
            found.update(dict.fromkeys(terms))
        return list(found)[:MOST_EXPANSIONS]

    def _word(self, node):
        found = np.zeros(self.part_count, bool)
        scores = np.zeros(self.part_count, np.float32)
        for name, weight in node.fields.items():
            best = None
            for term in self._expansions(node, name):
                parts, weights = self.postings(name, term)
                if not len(parts):
                    continue
                found[parts] = True
                impacts = self._impacts(name, parts, weights)
                if best is None:
                    best = np.zeros(self.part_count, np.float32)
                best[parts] = np.maximum(best[parts], impacts)
            if best is not None:
                scores += best * np.float32(weight)
        return found, scores

    def _phrase(self, node, mask):
        found = np.zeros(self.part_count, bool)
        scores = np.zeros(self.part_count, np.float32)
        for name, weight in node.fields.items():
            together = mask.copy()
            for _, terms in node.slots:
                slot = np.zeros(self.part_count, bool)
                for term in terms:
                    slot[self.postings(name, term)[0]] = True
                together &= slot
            candidates = np.flatnonzero(together)
            if not len(candidates):
                continue
            kept = self._in_a_row(node, name, candidates)
            found[kept] = True
            for _, terms in node.slots:
                for term in terms[:1]:
                    parts, weights = self.postings(name, term)
                    inside = np.isin(parts, kept)
                    scores[parts[inside]] += (
                        np.float32(weight) * self._impacts(name, parts, weights)[inside]
                    )
        return found, scores

    def _in_a_row(self, node, name, candidates):
        kept = []
        for rank, segment in enumerate(self.segments):
            low, high = self.part_offsets[rank], self.part_offsets[rank + 1]
            local = candidates[(candidates >= low) & (candidates < high)] - low
            if not len(local):
                continue
            starts = None
            for offset, terms in node.slots:
                places = segment.positions(name, terms, local)
                shifted = {
                    part: {place - offset for place in spots}
                    for part, spots in places.items()
                }
                if starts is None:
                    starts = shifted
                else:
                    starts = {
                        part: spots & shifted.get(part, set())
                        for part, spots in starts.items()
                    }
            kept.extend(part + low for part, spots in starts.items() if spots)
        return np.array(sorted(kept), np.int64)

    # Facets, dates, order

    def facet(self, name, hits):
        """How many of the objects `hits` bear each value of the keyword field `name`."""
        counts = {}
        for rank, segment in enumerate(self.segments):
            objects, codes, values = segment.pairs(name)
            if not len(objects):
                continue
            kept = codes[hits[objects + self.object_offsets[rank]]]
            for code, count in enumerate(np.bincount(kept, minlength=len(values))):
                if count:
                    value = values[code]
                    counts[value] = counts.get(value, 0) + int(count)
        return counts

    @property
    def dates(self):
        """The day of each object as an ordinal, 0 when it has none."""
        if self._dates is None:
            self._dates = self._gather(lambda segment: segment.dates, np.int32)
        return self._dates

    def order(self, evaluation, by_date=False):
        """The objects that answer, best first; ties by date, then by place."""
        numbers = np.flatnonzero(evaluation.hits)
        dates = self.dates[numbers]
        scores = evaluation.scores[numbers]
        keys = (numbers, -scores, -dates) if by_date else (numbers, -dates, -scores)
        return numbers[np.lexsort(keys)]

    def hit(self, number, evaluation):
        rank = int(np.searchsorted(self.object_offsets, number, side="right")) - 1
        segment = self.segments[rank]
        return Hit(
            segment.keys[number - self.object_offsets[rank]],
            int(number),
            float(evaluation.scores[number]),
        )

    def stored_parts(self, number, mask):
        """What is stored of the parts of an object that are in `mask`, in order."""
        rank = int(np.searchsorted(self.object_offsets, number, side="right")) - 1
        low = self.part_offsets[rank]
        segment = self.segments[rank]
        first = int(self.firsts[number])
        stored = []
        part = first
        while part < self.part_offsets[rank + 1] and self.owners[part] == number:
            if mask[part]:
                stored.append(segment.stored(part - low))
            part += 1
        return stored

    def version(self, number):
        """What names this writing of an object: it changes when the object is written again."""
        rank = int(np.searchsorted(self.object_offsets, number, side="right")) - 1
        return self.segments[rank].segment_id, int(number) - self.object_offsets[rank]

    # Corrections

    def spellings(self, variants, mask):
        """{word: number of visible objects} for the words of the index among folded `variants`."""
        counts = {}
        for segment in self.segments:
            for word in segment.known_words(variants):
                if word not in counts:
                    parts = self.postings("surface", word)[0]
                    parts = parts[mask[parts]]
                    if len(parts):
                        counts[word] = len(np.unique(self.owners[parts]))
        return counts

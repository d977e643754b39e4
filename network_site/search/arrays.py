"""Answers from arrays: what one generation of the index holds, as numpy sees it.

The unit of the index is a *part* of an object; what is asked and counted are objects. A
leaf of the query is worked out once for all parts, seen under the reader's mask, then
brought to the objects: what a reader may not see has no part in what follows, counts and
facets included. No Whoosh here: a segment is whatever has the methods of
`engine.segments.Segment`.
"""

import threading
from bisect import bisect_right
from collections import OrderedDict
from dataclasses import dataclass

import numpy as np

from network_site.search import analysis
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

# Okapi BM25; a title is little the less relevant for being long.
K1 = 1.2
B = {"title": 0.5, "references": 0.0}
B_DEFAULT = 0.75
MOST_CLOSE = 400
# What an exact title is worth: above anything that words can weigh.
EXACT = 1_000.0
LONGEST_CHAIN = 4
ALL = "all"
# What a process keeps of leaves already worked out, and of masks.
CACHE_BYTES = 16_000_000
MOST_MASKS = 64
# A correction is looked for in as many of the parts that its stem is found in.
CHECKED_PARTS = 8

_LEAVES = (Word, Prefix, Close, Phrase)


@dataclass
class Evaluation:
    """Which objects answer (their numbers, ascending), and how well; `size`: of how many."""

    numbers: np.ndarray
    scores: np.ndarray
    size: int

    def __len__(self):
        return len(self.numbers)

    @property
    def hits(self):
        """The mask of the objects that answer."""
        mask = np.zeros(self.size, bool)
        mask[self.numbers] = True
        return mask

    def kept(self, keep):
        """Those for which `keep`, aligned with the numbers, is true."""
        return Evaluation(self.numbers[keep], self.scores[keep], self.size)

    def raised(self, numbers, by, joining=False):
        """The same with `by` added to some scores; `joining`: they answer, too."""
        if not len(numbers):
            return self
        dense = np.zeros(self.size, np.float32)
        dense[self.numbers] = self.scores
        dense[numbers] += np.asarray(by, np.float32)
        kept = self.numbers
        if joining:
            kept = np.union1d(kept, numbers).astype(np.int32)
        return Evaluation(kept, dense[kept], self.size)


@dataclass(frozen=True)
class Hit:
    """An object that answers; `number` is its place in this generation."""

    key: str
    number: int
    score: float


class _Kept:
    """The arrays used last, up to a number of bytes: safe to share between threads."""

    def __init__(self, most_bytes):
        self._most = most_bytes
        self._bytes = 0
        self._found = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key):
        with self._lock:
            found = self._found.get(key)
            if found is not None:
                self._found.move_to_end(key)
            return found

    def put(self, key, arrays):
        with self._lock:
            if key not in self._found:
                self._bytes += sum(array.nbytes for array in arrays) + 200
            self._found[key] = arrays
            while self._bytes > self._most and len(self._found) > 1:
                _, gone = self._found.popitem(last=False)
                self._bytes -= sum(array.nbytes for array in gone) + 200
        return arrays


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
        self.owners = self._gather("owners", shifts=self.object_offsets)
        self.alive = self._gather("alive")
        # The first part of an object carries its card: who may not read it does not
        # see the object at all.
        self.firsts = self._gather("firsts", shifts=self.part_offsets)
        # The day of each object as an ordinal, 0 when it has none.
        self.dates = self._gather("dates")
        self._has_one_part_each = self.part_count == self.object_count
        self._norms = {}
        self._replaced = None
        self._kept = _Kept(CACHE_BYTES)
        self._masks = OrderedDict()
        self._mask_keys = {}
        self._mask_lock = threading.Lock()

    def _gather(self, name, shifts=None):
        """An array of every segment, end to end; that of a single one is not copied."""
        pieces = [getattr(segment, name) for segment in self.segments]
        if shifts:
            pieces = [
                piece + np.int32(shift) if shift else piece
                for piece, shift in zip(pieces, shifts, strict=False)
            ]
        if not pieces:
            return np.zeros(0, bool if name == "alive" else np.int32)
        return pieces[0] if len(pieces) == 1 else np.concatenate(pieces)

    # What a reader sees

    def visible(self, tokens, family="part"):
        """The mask of parts that a holder of `tokens` may read ("all": every part).

        It is shared and cannot be written to: copy it to narrow it.
        """
        key = (family, frozenset(tokens))
        with self._mask_lock:
            mask = self._masks.get(key)
            if mask is not None:
                self._masks.move_to_end(key)
                return mask
        mask = self._visible(tokens, family)
        mask.setflags(write=False)
        with self._mask_lock:
            mask = self._masks.setdefault(key, mask)
            self._mask_keys[id(mask)] = key
            while len(self._masks) > MOST_MASKS:
                _, gone = self._masks.popitem(last=False)
                self._mask_keys.pop(id(gone), None)
        return mask

    def _visible(self, tokens, family):
        mask = self._flag("family", [family]) & self.alive
        if ALL in tokens:
            return mask
        mask &= self._flag("tokens", tokens)
        if self.part_count and not self._has_one_part_each:
            mask &= mask[self.firsts][self.owners]
        return mask

    def first_lengths(self, name, numbers):
        """The number of words in a field of the first part of some objects."""
        return self._norm(name)[2][self.firsts[numbers]]

    def objects_of(self, mask):
        """The mask of the objects that have a part in `mask`."""
        objects = np.zeros(self.object_count, bool)
        objects[self.owners[mask]] = True
        return objects

    def _flag(self, name, values):
        flags = np.zeros(self.part_count, bool)
        for value in values:
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
        """(parts, counts) of a term over all segments."""
        return self._joined(segment.postings(name, term) for segment in self.segments)

    def _joined(self, found):
        pieces = [
            (parts + np.int32(offset) if offset else parts, counts)
            for (parts, counts), offset in zip(found, self.part_offsets, strict=False)
            if len(parts)
        ]
        if len(pieces) == 1:
            return pieces[0]
        if not pieces:
            return np.zeros(0, np.int32), np.zeros(0, np.uint16)
        parts, counts = zip(*pieces, strict=True)
        return np.concatenate(parts), np.concatenate(counts)

    def _norm(self, name):
        """(what BM25 adds for the length of each part, how many have words, the lengths)."""
        found = self._norms.get(name)
        if found is None:
            pieces = [segment.lengths(name) for segment in self.segments]
            pieces = pieces or [np.zeros(0, np.float32)]
            lengths = pieces[0] if len(pieces) == 1 else np.concatenate(pieces)
            filled = lengths[lengths > 0]
            average = float(filled.mean()) if len(filled) else 1.0
            b = B.get(name, B_DEFAULT)
            norm = K1 * (1 - b + b * lengths / np.float32(average))
            found = norm.astype(np.float32), len(filled), lengths
            self._norms[name] = found
        return found

    def _impacts(self, name, parts, counts):
        norm, filled, _ = self._norm(name)
        rarity = np.log(
            1 + (max(filled, len(parts)) - len(parts) + 0.5) / (len(parts) + 0.5)
        )
        counts = counts.astype(np.float32)
        return counts * np.float32(rarity * (K1 + 1)) / (counts + norm[parts])

    # Leaves: (parts, scores) whoever reads

    def _leaf(self, node):
        key = _key(node)
        found = self._kept.get(key)
        if found is None:
            if isinstance(node, Phrase):
                scores = self._phrase(node)
            elif isinstance(node, Prefix):
                scores = self._prefix(node)
            else:
                scores = self._word(node)
            parts = np.flatnonzero(scores).astype(np.int32)
            found = self._kept.put(key, (parts, scores[parts]))
        return found

    def _word(self, node):
        scores = np.zeros(self.part_count, np.float32)
        for name, weight in node.fields.items():
            if isinstance(node, Word):
                terms = node.terms
            else:
                terms = self._close(name, node.text)
            found = [self.postings(name, term) for term in terms]
            found = [postings for postings in found if len(postings[0])]
            if len(found) == 1:
                parts, counts = found[0]
                impacts = self._impacts(name, parts, counts)
                scores[parts] += impacts * np.float32(weight)
            elif found:
                best = np.zeros(self.part_count, np.float32)
                for parts, counts in found:
                    impacts = self._impacts(name, parts, counts)
                    best[parts] = np.maximum(best[parts], impacts)
                scores += best * np.float32(weight)
        return scores

    def _close(self, name, text):
        terms = {
            term: None
            for segment in self.segments
            for term in segment.close_to(name, text)
        }
        return list(terms)[:MOST_CLOSE]

    def _prefix(self, node):
        """All the words that begin alike are taken for one."""
        scores = np.zeros(self.part_count, np.float32)
        for name, weight in node.fields.items():
            parts, counts = self._joined(
                segment.postings_of_prefix(name, node.text) for segment in self.segments
            )
            if len(parts):
                counts = np.bincount(parts, counts, self.part_count)
                parts = np.flatnonzero(counts)
                impacts = self._impacts(name, parts, counts[parts])
                scores[parts] += impacts * np.float32(weight)
        return scores

    def _phrase(self, node):
        scores = np.zeros(self.part_count, np.float32)
        for name, weight in node.fields.items():
            together = np.ones(self.part_count, bool)
            for _, terms in node.slots:
                together &= self._flag(name, terms)
            if not together.any():
                continue
            kept = np.zeros(self.part_count, bool)
            kept[self._in_a_row(node, name, together)] = True
            if not kept.any():
                continue
            for _, terms in node.slots:
                parts, counts = self.postings(name, terms[0])
                impacts = self._impacts(name, parts, counts)
                inside = kept[parts]
                scores[parts[inside]] += impacts[inside] * np.float32(weight)
            # Found by other forms than the first of each word.
            scores[kept & (scores == 0)] = np.float32(weight)
        return scores

    def _in_a_row(self, node, name, together):
        """The parts of `together` in which the words of a phrase stand in a row.

        A place is one number, that of the part and where the phrase would begin.
        """
        last = max(offset for offset, _ in node.slots)
        slots = [
            self._starts(name, terms, together, last - offset)
            for offset, terms in node.slots
        ]
        slots.sort(key=len)
        starts = slots[0]
        for others in slots[1:]:
            if not len(starts) or not len(others):
                return np.zeros(0, np.int64)
            at = np.minimum(others.searchsorted(starts), len(others) - 1)
            starts = starts[others[at] == starts]
        return starts >> 32

    def _starts(self, name, terms, together, shift):
        pieces = []
        for term in terms:
            for segment, offset in zip(self.segments, self.part_offsets, strict=False):
                parts, counts, places = segment.places(name, term)
                if not len(parts):
                    continue
                parts = parts.astype(np.int64) + offset
                wanted = together[parts]
                each = np.repeat(wanted, counts)
                numbers = np.repeat(parts[wanted] << 32, counts[wanted])
                pieces.append(numbers + places[each].astype(np.int64) + shift)
        if not pieces:
            return np.zeros(0, np.int64)
        found = pieces[0] if len(pieces) == 1 else np.concatenate(pieces)
        return np.sort(found) if len(terms) > 1 else found

    # Evaluation

    def evaluate(self, node, mask) -> Evaluation:
        """Answer the tree `node` for the parts in `mask`, by objects."""
        if isinstance(node, _LEAVES):
            return self._seen(node, mask)
        if isinstance(node, Boost):
            inner = self.evaluate(node.clause, mask)
            scores = inner.scores * np.float32(node.weight)
            return Evaluation(inner.numbers, scores, inner.size)
        if isinstance(node, Not):
            hits = self.objects_of(mask)
            hits[self.evaluate(node.clause, mask).numbers] = False
            return self._all_alike(hits, 0)
        if isinstance(node, And):
            return self._all_of(node, mask)
        if isinstance(node, Or):
            return self._any_of(node, mask)
        if isinstance(node, Everything):
            return self._all_alike(self.objects_of(mask), 1)
        if isinstance(node, Nothing):
            return self._none()
        raise TypeError(f"not a query: {node!r}")

    def _none(self):
        numbers = np.zeros(0, np.int32)
        return Evaluation(numbers, np.zeros(0, np.float32), self.object_count)

    def _all_alike(self, hits, score):
        numbers = np.flatnonzero(hits).astype(np.int32)
        scores = np.full(len(numbers), score, np.float32)
        return Evaluation(numbers, scores, self.object_count)

    def _seen(self, node, mask):
        """What a leaf gives under a mask, by objects: the best of their parts."""
        mask_key = self._mask_keys.get(id(mask))
        key = (_key(node), mask_key)
        found = self._kept.get(key) if mask_key else None
        if found is None:
            parts, scores = self._leaf(node)
            seen = mask[parts]
            numbers, scores = self.owners[parts[seen]], scores[seen]
            if not self._has_one_part_each and len(numbers):
                firsts = np.flatnonzero(np.diff(numbers, prepend=-1))
                if len(firsts) < len(numbers):
                    numbers = numbers[firsts]
                    scores = np.maximum.reduceat(scores, firsts)
            found = numbers, scores
            if mask_key:
                self._kept.put(key, found)
        return Evaluation(*found, self.object_count)

    def _all_of(self, node, mask):
        found = [self.evaluate(clause, mask) for clause in node.clauses]
        if not found or not all(map(len, found)):
            return self._none()
        found.sort(key=len)
        numbers, scores = found[0].numbers, found[0].scores
        for other in found[1:]:
            if len(numbers) * 16 < len(other):
                at = other.numbers.searchsorted(numbers)
                at[at == len(other)] = 0
                both = other.numbers[at] == numbers
                added = other.scores[at[both]]
            else:
                place = np.zeros(self.object_count, np.int32)
                place[other.numbers] = np.arange(1, len(other) + 1, dtype=np.int32)
                at = place[numbers]
                both = at > 0
                added = other.scores[at[both] - 1]
            numbers, scores = numbers[both], scores[both] + added
        return Evaluation(numbers, scores, self.object_count)

    def _any_of(self, node, mask):
        found = [self.evaluate(clause, mask) for clause in node.clauses]
        found = [one for one in found if len(one)]
        if len(found) < 2:
            return found[0] if found else self._none()
        scores = np.zeros(self.object_count, np.float32)
        for one in found:
            scores[one.numbers] += one.scores
        if all(isinstance(clause, _LEAVES) for clause in node.clauses):
            # What a leaf finds is always worth something.
            numbers = np.flatnonzero(scores).astype(np.int32)
        else:
            hits = np.zeros(self.object_count, bool)
            for one in found:
                hits[one.numbers] = True
            numbers = np.flatnonzero(hits).astype(np.int32)
        return Evaluation(numbers, scores[numbers], self.object_count)

    # What replaces what

    def _replacements(self):
        """(what replaces, what is replaced), the numbers of living objects, pair by pair."""
        if self._replaced is None:
            pairs = []
            for segment, offset in zip(
                self.segments, self.object_offsets, strict=False
            ):
                objects, codes, values = segment.pairs("replaces")
                older = [self.numbers_of([key]) for key in values]
                for number, code in zip(objects.tolist(), codes.tolist(), strict=True):
                    pairs += [(number + offset, int(old)) for old in older[code]]
            self._replaced = np.array(pairs, np.int32).reshape(-1, 2)
        return self._replaced

    def replaced_last(self, evaluation):
        """`evaluation` with what is replaced below what replaces it, where both answer.

        An exact title stays where it is: it is what was asked for.
        """
        pairs = self._replacements()
        if not len(pairs) or not len(evaluation):
            return evaluation
        scores = np.full(self.object_count, -1, np.float32)
        scores[evaluation.numbers] = evaluation.scores
        # Once more for each link of a chain, the longest that is looked at.
        for _ in range(LONGEST_CHAIN):
            newer, older = scores[pairs[:, 0]], scores[pairs[:, 1]]
            wrong = (newer >= 0) & (older >= newer) & (older < EXACT)
            if not wrong.any():
                break
            scores[pairs[wrong, 1]] = newer[wrong] * np.float32(0.999)
        return Evaluation(
            evaluation.numbers, scores[evaluation.numbers], evaluation.size
        )

    # Facets, order

    def facet(self, name, hits):
        """How many of the objects in the mask `hits` bear each value of a keyword field."""
        counts = {}
        for rank, segment in enumerate(self.segments):
            objects, codes, values = segment.pairs(name)
            if not len(objects):
                continue
            low = self.object_offsets[rank]
            mine = hits[low : low + segment.object_count]
            found = np.bincount(codes[mine[objects]], minlength=len(values))
            for code in np.flatnonzero(found).tolist():
                value = values[code]
                counts[value] = counts.get(value, 0) + int(found[code])
        return counts

    def order(self, evaluation, by_date=False, most=None):
        """The objects that answer, best first; ties by date, then by place.

        Only the first `most` when it is given.
        """
        numbers, scores = evaluation.numbers, evaluation.scores
        if most == 0:
            return numbers[:0]
        dates = self.dates[numbers]
        keys = (dates, scores) if by_date else (scores, dates)
        if most is not None and most < len(numbers):
            chosen = _at_least_best(keys, most)
            numbers, keys = numbers[chosen], (keys[0][chosen], keys[1][chosen])
        ranked = np.lexsort((numbers, -keys[1], -keys[0]))
        return numbers[ranked[:most]]

    def _locate(self, number):
        """(rank of the segment, place in it) of an object."""
        rank = bisect_right(self.object_offsets, number) - 1
        return rank, int(number) - self.object_offsets[rank]

    def key(self, number):
        """The key of an object."""
        rank, local = self._locate(number)
        return self.segments[rank].key(local)

    def keys_of(self, numbers):
        """The keys of many objects, in the order given."""
        keys = np.empty(len(numbers), object)
        for segment, low in zip(self.segments, self.object_offsets, strict=False):
            mine = (numbers >= low) & (numbers < low + segment.object_count)
            keys[mine] = segment.keys_at(numbers[mine] - low)
        return keys.tolist()

    def hit(self, number, evaluation):
        """The `Hit` of an object of `evaluation`."""
        at = int(evaluation.numbers.searchsorted(number))
        return Hit(self.key(number), int(number), float(evaluation.scores[at]))

    def stored_parts(self, number, mask):
        """What is stored of the parts of an object that are in `mask`, in order."""
        rank, _ = self._locate(number)
        low, high = self.part_offsets[rank], self.part_offsets[rank + 1]
        stored = []
        part = int(self.firsts[number])
        while part < high and self.owners[part] == number:
            if mask[part]:
                stored.append(self.segments[rank].stored(part - low))
            part += 1
        return stored

    def version(self, number):
        """What names this writing of an object: it changes when the object is written again."""
        rank, local = self._locate(number)
        return self.segments[rank].segment_id, local

    # Corrections

    def spellings(self, variants, mask):
        """{word: about how many visible objects} for the words of the index among folded `variants`.

        Only words that are read in a visible part.
        """
        words = {
            word: None
            for segment in self.segments
            for word in segment.known_words(variants)
        }
        counts = {}
        for word in words:
            terms = analysis.terms(word)
            found = [
                self.postings(name, term)[0]
                for name in ("title", "body")
                for term in terms
            ]
            parts = np.unique(np.concatenate(found)) if found else np.zeros(0, np.int32)
            parts = parts[mask[parts]]
            checked = parts[:CHECKED_PARTS].tolist()
            there = sum(word in self._surface_words(part) for part in checked)
            if there:
                counts[word] = max(1, len(parts) * there // len(checked))
        return counts

    def _surface_words(self, part):
        rank = bisect_right(self.part_offsets, part) - 1
        stored = self.segments[rank].stored(part - self.part_offsets[rank])
        return analysis.surface_words(f"{stored[2]}\n{stored[3]}")


def _key(node):
    what = (
        node.terms
        if isinstance(node, Word)
        else (node.slots if isinstance(node, Phrase) else node.text)
    )
    return type(node), what, tuple(node.fields.items())


def _at_least_best(keys, most):
    """The places of the `most` best, and of those that tie with the last of them."""
    first, second = keys
    bar = np.partition(first, len(first) - most)[len(first) - most]
    chosen = np.flatnonzero(first >= bar)
    if len(chosen) <= 4 * most:
        return chosen
    above = np.flatnonzero(first > bar)
    ties = np.flatnonzero(first == bar)
    wanted = most - len(above)
    among = second[ties]
    bar = np.partition(among, len(among) - wanted)[len(among) - wanted]
    return np.concatenate([above, ties[among >= bar]])

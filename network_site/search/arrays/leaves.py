"""The leaves of a query: (parts, scores) of words, beginnings and phrases, whoever reads."""

import numpy as np

from network_site.search.arrays.evaluation import Kept
from network_site.search.arrays.postings import Postings
from network_site.search.queries import Close, Phrase, Prefix, Word

LEAVES = (Word, Prefix, Close, Phrase)
MOST_CLOSE = 400
# What a process keeps of leaves already worked out.
CACHE_BYTES = 16_000_000


class Leaves(Postings):
    """What is found of one leaf, kept as long as there is room."""

    def __init__(self, segments, serial=None):
        super().__init__(segments, serial)
        self._kept = Kept(CACHE_BYTES)

    def _leaf(self, node):
        key = key_of_leaf(node)
        found = self._kept.get(key)
        if found is None:
            if isinstance(node, Phrase):
                scores = self._phrase(node)
            elif isinstance(node, Prefix):
                scores = self._prefix(node)
            else:
                scores = self._word(node)
            parts = np.flatnonzero(scores != 0).astype(np.int32)
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
                parts = np.flatnonzero(counts != 0)
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


def key_of_leaf(node):
    """What tells a leaf from the others."""
    what = (
        node.terms
        if isinstance(node, Word)
        else (node.slots if isinstance(node, Phrase) else node.text)
    )
    return type(node), what, tuple(node.fields.items())

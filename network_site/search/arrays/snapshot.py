"""What is made of an evaluation: facets, an order, what is shown, corrections."""

from bisect import bisect_right

import numpy as np

from network_site.search import analysis
from network_site.search.arrays.evaluation import Hit
from network_site.search.arrays.trees import Trees

# A correction is looked for in as many of the parts that its stem is found in.
CHECKED_PARTS = 8
# Of a form that is rarer than its stem.
MOST_CHECKED = 60


class Snapshot(Trees):
    """One generation of the index, read-only: safe to share between threads."""

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
        """[(part, its Record)] of the parts of an object that are in `mask`, in order."""
        rank, _ = self._locate(number)
        low, high = self.part_offsets[rank], self.part_offsets[rank + 1]
        stored = []
        part = int(self.firsts[number])
        while part < high and self.owners[part] == number:
            if mask[part]:
                stored.append((part, self.segments[rank].stored(part - low)))
            part += 1
        return stored

    def page(self, part, number):
        """What a page (1, 2…) of a part says."""
        segment, local = self._part(part)
        return segment.page(local, number)

    def places_in(self, name, term, part):
        """The places of a term in one part, ascending."""
        segment, local = self._part(part)
        return segment.places_in(name, term, local)

    def _part(self, part):
        """(the segment, the place in it) of a part."""
        rank = bisect_right(self.part_offsets, part) - 1
        return self.segments[rank], int(part) - self.part_offsets[rank]

    def version(self, number):
        """What names this writing of an object: it changes when the object is written again."""
        rank, local = self._locate(number)
        return self.segments[rank].segment_id, local

    # Corrections

    def spellings(self, variants, mask, near=None):
        """{word: about how many visible parts} for the words of the index among folded `variants`.

        Only words that are read in a visible part; parts that are `near` (a mask) are looked
        at first, for a form may be rare among those of its stem.
        """
        words = {
            word: None
            for segment in self.segments
            for word in segment.known_words(variants)
        }
        counts = {}
        for word in words:
            parts = self._parts_of_stem(word, mask, near)
            checked = parts[:CHECKED_PARTS].tolist()
            there = sum(word in self._surface_words(part) for part in checked)
            if there:
                counts[word] = max(1, len(parts) * there // len(checked))
            elif self._is_read_in(word, parts[CHECKED_PARTS:MOST_CHECKED]):
                counts[word] = max(1, len(parts) // MOST_CHECKED)
        return counts

    def is_written(self, folded, mask):
        """Whether a folded word is read, as it is, in a visible part that its stem finds.

        Only the first ones are looked at; where it is known to hidden parts alone, the
        answer is that of a word known to none.
        """
        key = ("written", folded, self._mask_keys.get(id(mask)))
        kept = self._kept.get(key) if key[2] else None
        if kept is None:
            kept = (np.array([self._is_written(folded, mask)]),)
            if key[2]:
                self._kept.put(key, kept)
        return bool(kept[0][0])

    def _is_written(self, folded, mask):
        for segment in self.segments:
            for word in segment.known_words([folded]):
                parts = self._parts_of_stem(word, mask)[:MOST_CHECKED]
                if self._is_read_in(word, parts):
                    return True
        return False

    def _parts_of_stem(self, word, mask, near=None):
        found = [
            self.postings(name, term)[0]
            for name in ("title", "body")
            for term in analysis.terms(word)
        ]
        parts = np.unique(np.concatenate(found)) if found else np.zeros(0, np.int32)
        parts = parts[mask[parts]]
        if near is not None:
            there = near[parts]
            parts = np.concatenate([parts[there], parts[~there]])
        return parts

    def _is_read_in(self, word, parts):
        return any(self._reads(word, part) for part in parts.tolist())

    def _reads(self, word, part):
        """Whether a part has a word as it is written; most have not, and say so at once."""
        _segment, _local, record = self._record(part)
        if not record.page_count:
            text = f"{record.title}\n{record.text}"
            if word not in text and word not in text.lower():
                return False
        return word in self._surface_words(part)

    def _record(self, part):
        segment, local = self._part(part)
        return segment, local, segment.stored(local)

    def _surface_words(self, part):
        segment, local, record = self._record(part)
        pages = [segment.page(local, page + 1) for page in range(record.page_count)]
        return analysis.surface_words("\n".join([record.title, record.text, *pages]))


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

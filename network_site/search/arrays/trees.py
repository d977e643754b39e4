"""Trees of queries, by objects: and, or, not; what is replaced below what replaces it."""

import numpy as np

from network_site.search.arrays.evaluation import EXACT, Evaluation
from network_site.search.arrays.leaves import LEAVES, Leaves, key_of_leaf
from network_site.search.queries import And, Boost, Everything, Not, Nothing, Or

LONGEST_CHAIN = 4


class Trees(Leaves):
    """What answers a whole question, under a reader's mask."""

    def __init__(self, segments, serial=None):
        super().__init__(segments, serial)
        self._replaced = None

    def evaluate(self, node, mask) -> Evaluation:
        """Answer the tree `node` for the parts in `mask`, by objects."""
        if isinstance(node, LEAVES):
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
        key = (key_of_leaf(node), mask_key)
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
        if all(isinstance(clause, LEAVES) for clause in node.clauses):
            # What a leaf finds is always worth something.
            numbers = np.flatnonzero(scores != 0).astype(np.int32)
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

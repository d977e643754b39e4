"""The segments of a generation end to end: masks of readers, postings, what a term weighs."""

import threading
from collections import OrderedDict

import numpy as np

# Okapi BM25; a title is little the less relevant for being long.
K1 = 1.2
B = {"title": 0.5, "references": 0.0}
B_DEFAULT = 0.75
ALL = "all"
MOST_MASKS = 64


class Postings:
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
        self._with = {}
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

    def parts_with(self, name):
        """(parts, values) of a keyword field: which part bears which value; kept."""
        found = self._with.get(name)
        if found is None:
            parts, values = [np.zeros(0, np.int32)], []
            for segment, offset in zip(self.segments, self.part_offsets, strict=False):
                here, of_these = segment.parts_with(name)
                parts.append(here + np.int32(offset))
                values += of_these
            found = self._with[name] = np.concatenate(parts), np.array(values, object)
        return found

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

"""A segment as it is answered from: arrays mapped from its file, nothing decoded.

`parts`, `counts` and `places` hold the postings of all terms end to end, in the order
of the fields and of the terms; `part_ends` and `place_ends` say where those of a term
begin and end. A term is found by its number (`hashes`, sorted), or by its place among
the sorted terms of its field when only its beginning is known.
"""

import functools
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from network_site.search import analysis
from network_site.search.engine import blob
from network_site.search.engine.documents import Record, page_of, unpacked
from network_site.search.engine.errors import IndexDamaged
from network_site.search.engine.export import Postings, hashed
from network_site.search.letters import one_letter_away

_NO_PARTS = np.zeros(0, np.int32)
_NO_COUNTS = np.zeros(0, np.uint16)
_NO_PLACES = np.zeros(0, np.uint32)


def _reading(method):
    """Whatever goes wrong in a segment's file while answering is one thing: damage."""

    @functools.wraps(method)
    def guarded(self, *args):
        try:
            return method(self, *args)
        except Exception as error:
            raise IndexDamaged(f"{type(error).__name__}: {error}") from error

    return guarded


class _Keys(Sequence):
    """The keys of a segment's objects, each read when it is asked for."""

    def __init__(self, segment):
        self._segment = segment

    def __len__(self):
        return self._segment.object_count

    def __getitem__(self, number):
        if not -len(self) <= number < len(self):
            raise IndexError(number)
        return self._segment.key(number % len(self))


class Segment:
    """One segment of the index, read-only: safe to share between threads."""

    def __init__(self, segment_id: str, path: Path, deleted_path: Path | None = None):
        self.segment_id = segment_id
        self._arrays, notes = blob.read(path)
        self._fields = notes["fields"]
        self.part_count = notes["parts"]
        self.owners = self._arrays["owners"]
        self.firsts = self._arrays["firsts"]
        self.dates = self._arrays["days"]
        self.object_count = len(self.firsts)
        self._pairs = {}
        self._set_alive(deleted_path)

    def _set_alive(self, deleted_path):
        self.deleted_path = deleted_path
        self.alive = np.ones(self.part_count, bool)
        if deleted_path is not None:
            self.alive[np.load(deleted_path, allow_pickle=False)] = False

    def refreshed(self, deleted_path):
        """The same segment, after deletions in it."""
        if deleted_path == self.deleted_path:
            return self
        copy = object.__new__(Segment)
        copy.__dict__.update(self.__dict__)
        copy._set_alive(deleted_path)
        return copy

    # Terms

    def _text(self, heap, rank):
        ends = self._arrays[f"{heap}_ends"]
        return self._arrays[heap][ends[rank] : ends[rank + 1]].tobytes()

    def _rank(self, name, term):
        """The place of a term among all, None when it is not there."""
        number = hashed(name, term)
        hashes = self._arrays["hashes"]
        at = int(hashes.searchsorted(np.uint32(number)))
        first, last = self._fields.get(name, (0, 0))
        wanted = None
        while at < len(hashes) and hashes[at] == number:
            rank = int(self._arrays["hash_order"][at])
            if first <= rank < last:
                wanted = wanted or term.encode("utf-8", "surrogatepass")
                if self._text("terms", rank) == wanted:
                    return rank
            at += 1
        return None

    def _begin(self, name, start: bytes):
        """The place of the first term of a field that is not before `start`."""
        low, high = self._fields.get(name, (0, 0))
        while low < high:
            middle = (low + high) // 2
            if self._text("terms", middle) < start:
                low = middle + 1
            else:
                high = middle
        return low

    def _between(self, name, prefix):
        """The places of the terms that begin with `prefix`."""
        start = prefix.encode("utf-8", "surrogatepass")
        # No byte of UTF-8 is 0xFF.
        return self._begin(name, start), self._begin(name, start + b"\xff")

    @_reading
    def postings(self, name, term):
        """(parts, counts) of a term, as arrays of the file."""
        rank = self._rank(name, term)
        if rank is None:
            return _NO_PARTS, _NO_COUNTS
        return self._slice(rank, rank + 1)

    def _slice(self, first, last):
        ends = self._arrays["part_ends"]
        low, high = ends[first], ends[last]
        return self._arrays["parts"][low:high], self._arrays["counts"][low:high]

    @_reading
    def postings_of_prefix(self, name, prefix):
        """(parts, counts) of all the terms that begin with `prefix`, parts repeated."""
        first, last = self._between(name, prefix)
        if not prefix or first >= last:
            return _NO_PARTS, _NO_COUNTS
        return self._slice(first, last)

    @_reading
    def places(self, name, term):
        """(parts, counts, places) of a term; `counts` places for each part, in order."""
        rank = self._rank(name, term)
        if rank is None:
            return _NO_PARTS, _NO_COUNTS, _NO_PLACES
        ends = self._arrays["place_ends"]
        places = self._arrays["places"][ends[rank] : ends[rank + 1]]
        return *self._slice(rank, rank + 1), places

    @_reading
    def places_in(self, name, term, part):
        """The places of a term in one part, ascending."""
        parts, counts, places = self.places(name, term)
        at = int(parts.searchsorted(part))
        if at == len(parts) or parts[at] != part:
            return _NO_PLACES
        low = int(counts[:at].sum(dtype=np.int64))
        return places[low : low + int(counts[at])]

    @_reading
    def lengths(self, name):
        """The number of words of each part in the field `name`."""
        found = self._arrays.get(f"lengths.{name}")
        return np.zeros(self.part_count, np.float32) if found is None else found

    @_reading
    def pairs(self, name):
        """(objects, codes, values): which object bears which value of a keyword field."""
        found = self._pairs.get(name)
        if found is None:
            objects, codes, values = [_NO_PARTS], [_NO_PARTS], []
            for rank in range(*self._fields.get(name, (0, 0))):
                owners = self.owners[self._slice(rank, rank + 1)[0]]
                if len(owners) > 1:
                    owners = owners[np.diff(owners, prepend=-1) != 0]
                objects.append(owners)
                codes.append(np.full(len(owners), len(values), np.int32))
                values.append(self._text("terms", rank).decode())
            found = np.concatenate(objects), np.concatenate(codes), values
            self._pairs[name] = found
        return found

    @_reading
    def parts_with(self, name):
        """(parts, values): which part bears which value of a keyword field, part by part."""
        parts, values = [_NO_PARTS], []
        for rank in range(*self._fields.get(name, (0, 0))):
            found = self._slice(rank, rank + 1)[0]
            parts.append(found)
            values += [self._text("terms", rank).decode()] * len(found)
        return np.concatenate(parts), values

    @_reading
    def terms_of(self, name):
        """Every term of a field, in order."""
        return [
            self._text("terms", rank).decode()
            for rank in range(*self._fields.get(name, (0, 0)))
        ]

    @_reading
    def close_to(self, name, text):
        """The terms of a field at most one letter away from `text`, the first one kept."""
        close = {text} | {
            term for term in one_letter_away(text) if term[:1] == text[:1]
        }
        numbers = {hashed(name, term): term for term in close}
        known = np.fromiter(numbers, np.uint32, len(numbers))
        known = known[np.isin(known, self._arrays["hashes"])]
        return sorted(
            numbers[number]
            for number in known.tolist()
            if self._rank(name, numbers[number]) is not None
        )

    @_reading
    def known_words(self, variants):
        """The words of this segment, as written, whose folded form is among `variants`."""
        hashes = self._arrays["word_hashes"]
        numbers = np.array([hashed("word", word) for word in variants], np.uint32)
        if not len(hashes) or not len(numbers):
            return []
        found = []
        wanted = set(variants)
        starts = hashes.searchsorted(numbers)
        inside = starts < len(hashes)
        matches = hashes[starts[inside]] == numbers[inside]
        for start in starts[inside][matches].tolist():
            at = start
            while at < len(hashes) and hashes[at] == hashes[start]:
                word = self._text("words", at).decode()
                if analysis.fold(word) in wanted:
                    found.append(word)
                at += 1
        return list(dict.fromkeys(found))

    # Records

    @_reading
    def key(self, number):
        """The key of an object of this segment."""
        return self._text("keys", number).decode()

    @_reading
    def keys_at(self, numbers):
        """The keys of many objects of this segment."""
        ends = self._arrays["keys_ends"]
        heap = self._arrays["keys"].tobytes()
        starts, stops = ends[numbers].tolist(), ends[numbers + 1].tolist()
        return [
            heap[start:stop].decode() for start, stop in zip(starts, stops, strict=True)
        ]

    @property
    def keys(self):
        """The keys of all the objects, those that were deleted too, as a sequence."""
        return _Keys(self)

    @_reading
    def stored(self, part) -> Record:
        """What is stored of a part, but for its pages."""
        return unpacked(self._text("stored", part))

    @_reading
    def page(self, part, number):
        """What a page (1, 2…) of a part says."""
        return page_of(self._text("stored", part), number)

    @_reading
    def record(self, part):
        """What is stored of a part, as bytes."""
        return self._text("stored", part)

    def all_postings(self):
        """Yield (field, term, Postings) of every term, sorted."""
        place_ends, places = self._arrays["place_ends"], self._arrays["places"]
        for name, (first, last) in self._fields.items():
            for rank in range(first, last):
                low, high = place_ends[rank], place_ends[rank + 1]
                yield (
                    name,
                    self._text("terms", rank).decode(),
                    Postings(
                        *self._slice(rank, rank + 1),
                        places[low:high] if high > low else None,
                    ),
                )

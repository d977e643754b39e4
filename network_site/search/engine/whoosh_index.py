"""The one module that knows Whoosh: what is written, committed and merged.

Whoosh keeps the postings, their places and the records, in its own format, and decides
what a commit is. Nothing answers from it: `export` turns a segment into arrays, from
what was just written or, when they are lost, from Whoosh's files. Those are pickles:
only the process that writes opens them.

Its own posting pool and field writer take one posting at a time and sort them all; ours
keep a term's postings together as they come (parts only grow) and write them in blocks.
Whoosh's readers and matchers read them as any other.
"""

from array import array
from collections import defaultdict

import numpy as np
from whoosh import fields, formats, index
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3PostingsWriter
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from network_site.search.engine.documents import packed, places_by_field
from network_site.search.engine.export import Postings

WRITER_TIMEOUT = 20
BLOCK = 1024
# Fewer postings than this are not worth compressing.
SHORTEST_COMPRESSED = 8
MOST_COUNTED = 65_535
_PLACE_SIZE = array("I").itemsize


class Places(formats.Format):
    """The places of a term in a part, as 32-bit numbers."""

    def decode_positions(self, value):
        """The places, ascending."""
        return array("I", value).tolist()

    def decode_frequency(self, value):
        """How many there are."""
        return len(value) // _PLACE_SIZE


class TermsField(fields.FieldType):
    """A field whose terms are made by `documents`, not by Whoosh's analyzers."""

    indexed = True

    def __init__(self, has_places):
        super().__init__(Places() if has_places else formats.Existence(), None)

    def clean(self):
        """Nothing to do: there is no analyzer."""


class _PostingsWriter(W3PostingsWriter):
    """Writes the postings of a term in blocks, as Whoosh's own matcher reads them."""

    def add_all(self, parts, counts, places):
        values = places.tobytes() if places is not None else b""
        start = 0
        for low in range(0, len(parts), BLOCK):
            if low:
                self._write_block()
            self._ids = parts[low : low + BLOCK]
            self._weights = array("f", counts[low : low + BLOCK])
            self._maxweight = max(self._weights)
            self._values = []
            if values:
                for count in counts[low : low + BLOCK]:
                    end = start + count * _PLACE_SIZE
                    self._values.append(values[start:end])
                    start = end

    def _write_block(self, last=False):
        self._compression = 1 if len(self._ids) >= SHORTEST_COMPRESSED else 0
        super()._write_block(last)


class _FieldWriter(W3FieldWriter):
    def add_postings(self, schema, lengths, items):
        """Write what a `_Pool` gives."""
        last = None
        for name, term, postings in items:
            if name != last:
                if last is not None:
                    self.finish_field()
                self.start_field(name, schema[name])
                last = name
            self.start_term(term.encode())
            self._postwriter.add_all(*postings)
            self.finish_term()
        if last is not None:
            self.finish_field()


class Codec(W3Codec):
    """Whoosh's own, but for how postings come; the lengths are counted by the export.

    Named in the files that Whoosh writes: moving this class makes every index be rebuilt.
    """

    length_stats = False

    def field_writer(self, storage, segment):
        return _FieldWriter(self, storage, segment)

    def postings_writer(self, dbfile, byteids=False):
        return _PostingsWriter(dbfile, blocklimit=BLOCK, byteids=byteids)


class _Pool:
    """The postings of a segment being written: {field: {term: what holds it}}.

    Of a field without places a term has [part, count, part, count…]; with places, the
    pair of that and of the places.
    """

    def __init__(self, with_places):
        self._with_places = with_places
        self._fields = defaultdict(dict)
        self.size = 0

    def add_terms(self, name, part, terms):
        """Add the {term: places} of a field of `part`, the last one so far."""
        known = self._fields[name]
        self.size += len(terms)
        if not self._with_places[name]:
            for term, places in terms.items():
                pairs = known.get(term)
                if pairs is None:
                    pairs = known[term] = array("I")
                pairs.extend((part, min(len(places), MOST_COUNTED)))
            return
        for term, places in terms.items():
            found = known.get(term)
            if found is None:
                found = known[term] = array("I"), array("I")
            places = places[:MOST_COUNTED]
            found[0].extend((part, len(places)))
            found[1].extend(places)

    def add_postings(self, name, term, pairs, places):
        """Add the postings of a term as bytes: [part, count…] and the places."""
        known = self._fields[name]
        self.size += len(pairs) // (2 * _PLACE_SIZE)
        found = known.get(term)
        if found is None:
            found = array("I") if places is None else (array("I"), array("I"))
            known[term] = found
        if places is None:
            found.frombytes(pairs)
        else:
            found[0].frombytes(pairs)
            found[1].frombytes(places)

    def iter_postings(self):
        """Yield (field, term, Postings), sorted."""
        for name in sorted(self._fields):
            with_places = self._with_places[name]
            for term, found in sorted(self._fields[name].items()):
                pairs, places = found if with_places else (found, None)
                yield name, term, Postings(pairs[::2], array("H", pairs[1::2]), places)

    def drained(self):
        """The same for the last time: what was given is let go of."""
        for name in sorted(self._fields):
            terms = self._fields.pop(name)
            with_places = self._with_places[name]
            for term in sorted(terms):
                found = terms.pop(term)
                pairs, places = found if with_places else (found, None)
                yield name, term, Postings(pairs[::2], array("H", pairs[1::2]), places)

    def cleanup(self):
        """Nothing is on disk."""


class PartWriter(SegmentWriter):
    """Writes parts into a new segment; `commit_without` says which it replaces."""

    def __init__(self, opened, field_names):
        super().__init__(opened, timeout=WRITER_TIMEOUT, codec=Codec())
        self.pool = _Pool(field_names)
        self.records = []
        self.kept_segments = self.segments
        self._stored_field = self.schema["stored"]

    @property
    def is_full(self):
        """Whether what was added should be committed before more is."""
        return self.pool.size > 12_000_000

    def add_part(self, part):
        """Add one PartDocument."""
        for name, terms in places_by_field(part).items():
            self.pool.add_terms(name, self.docnum, terms)
        self._add_record(packed(part))

    def _add_record(self, data):
        self.perdocwriter.start_doc(self.docnum)
        self.perdocwriter.add_field("stored", self._stored_field, data, 0)
        self.perdocwriter.finish_doc()
        self.records.append(data)
        self.docnum += 1
        self._added = True

    def delete_parts(self, segment_id, parts):
        """Mark parts of a segment as deleted."""
        for segment in self.segments:
            if segment.segment_id() == segment_id:
                for part in parts:
                    segment.delete_document(part)

    def alive_in(self, segment_id, part_count):
        """The mask of the parts of a segment that are not deleted."""
        alive = np.ones(part_count, bool)
        for segment in self.segments:
            if segment.segment_id() == segment_id:
                alive[list(segment.deleted_docs())] = False
        return alive

    def add_segment(self, segment, alive):
        """Add the living parts of a segment that this commit replaces, from its arrays."""
        numbers = np.cumsum(alive, dtype=np.int64) + self.docnum - 1
        for name, term, postings in segment.all_postings():
            kept = alive[postings.parts]
            if not kept.any():
                continue
            pairs = np.empty((int(kept.sum()), 2), np.uint32)
            pairs[:, 0] = numbers[postings.parts[kept]]
            pairs[:, 1] = postings.counts[kept]
            places = postings.places
            if places is not None:
                places = places[np.repeat(kept, postings.counts)].tobytes()
            self.pool.add_postings(name, term, pairs.tobytes(), places)
        for part in np.flatnonzero(alive).tolist():
            self._add_record(segment.record(part))

    def commit_without(self, replaced):
        """Commit; the segments named by `replaced` go. Return the new one's id or None."""
        self.commit(
            mergetype=lambda writer, segments: [
                segment for segment in segments if segment.segment_id() not in replaced
            ]
        )
        return self.newsegment.segment_id() if self.records else None

    def drained_records(self):
        """The records in order, for the last time."""
        self.records.reverse()
        while self.records:
            yield self.records.pop()

    def _commit_toc(self, segments):
        self.kept_segments = list(segments)
        super()._commit_toc(segments)


class WhooshIndex:
    """The Whoosh index of a folder, as the process that writes sees it."""

    def __init__(self, path, field_names, make=False):
        schema = fields.Schema(stored=fields.STORED())
        for name, has_places in field_names.items():
            schema.add(name, TermsField(has_places))
        self._field_names = field_names
        opener = index.create_in if make else index.open_dir
        self._opened = opener(path, schema=schema)
        self._segments = list(self._opened._segments())

    def segments(self):
        """[(id, numbers of the deleted parts)] of what was committed last."""
        return [
            (segment.segment_id(), sorted(segment.deleted_docs()))
            for segment in self._segments
            if segment.doc_count_all()
        ]

    def writer(self):
        """Begin a commit (one at a time)."""
        return PartWriter(self._opened, self._field_names)

    def committed(self, writer):
        """Take note of what `writer` has committed."""
        self._segments = writer.kept_segments

    def reader(self, segment_id):
        """(terms, records) of a segment, as `export` takes them, from Whoosh's files."""
        (segment,) = (
            segment for segment in self._segments if segment.segment_id() == segment_id
        )
        reader = SegmentReader(self._opened.storage, self._opened.schema, segment)
        count = reader.doc_count_all()
        records = (
            reader._perdoc.stored_fields(part)["stored"] for part in range(count)
        )
        return self._terms(reader), records

    def _terms(self, reader):
        for name, term in reader.all_terms():
            has_places = self._field_names[name]
            field_format = reader.schema[name].format
            # Whoosh's own `postings` would leave out the deleted parts.
            matcher = reader._terms.matcher(name, term, field_format)
            parts, counts, places = array("I"), array("H"), array("I")
            while matcher.is_active():
                parts.append(matcher.id())
                counts.append(int(matcher.weight()))
                if has_places:
                    places.frombytes(matcher.value())
                matcher.next()
            yield (
                name,
                term.decode(),
                Postings(parts, counts, places if has_places else None),
            )

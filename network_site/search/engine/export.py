"""From what Whoosh holds of a segment to the arrays that answer.

Terms come sorted, field by field, with the parts that hold them; records in the order
of the parts. What is written is described where it is read (`segments`).
"""

import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from network_site.search import analysis
from network_site.search.engine import blob
from network_site.search.engine.documents import page_of, unpacked


class Postings(NamedTuple):
    """The parts that hold a term, how often, and where: arrays, or what becomes one.

    `places` is None where they are not kept; else `counts` of them for each part.
    """

    parts: object
    counts: object
    places: object


def hashed(name: str, term: str) -> int:
    """The number by which a term of a field is looked up."""
    return zlib.crc32(f"{name}\0{term}".encode("utf-8", "surrogatepass"))


def export(
    path: Path,
    terms: Iterable[tuple[str, str, Postings]],
    records: Iterable[bytes],
) -> None:
    """Write the arrays of a segment to `path`."""
    arrays = {}
    part_count = _add_records(arrays, records)
    notes = {"parts": part_count, "fields": _add_terms(arrays, terms, part_count)}
    blob.write(path, arrays, notes)


def _add_records(arrays, records):
    keys, owners, firsts, days, words = [], [], [], [], set()
    stored, lengths = bytearray(), [0]
    last = None
    for part, data in enumerate(records):
        record = unpacked(data)
        # An object's parts are written in a row; written anew, it is another one.
        if record.object_key != last:
            last = record.object_key
            keys.append(last.encode())
            firsts.append(part)
            days.append(record.day)
        owners.append(len(keys) - 1)
        stored += data
        lengths.append(len(stored))
        if record.family == "part":
            words |= analysis.surface_words(record.title)
            words |= analysis.surface_words(record.text)
            for page in range(1, record.page_count + 1):
                words |= analysis.surface_words(page_of(data, page))
    arrays["owners"] = np.array(owners, np.int32)
    arrays["firsts"] = np.array(firsts, np.int32)
    arrays["days"] = np.array(days, np.int32)
    arrays["stored"] = np.frombuffer(stored, np.uint8)
    arrays["stored_ends"] = np.array(lengths, np.int64)
    _add_heap(arrays, "keys", keys)
    _add_words(arrays, words)
    return len(owners)


def _add_words(arrays, words):
    """The words as they are written, for corrections, by the number of their folded form."""
    numbered = sorted((hashed("word", analysis.fold(word)), word) for word in words)
    arrays["word_hashes"] = np.array([number for number, _ in numbered], np.uint32)
    _add_heap(arrays, "words", [word.encode() for _, word in numbered])


def _add_heap(arrays, name, pieces):
    ends = np.zeros(len(pieces) + 1, np.int64)
    np.cumsum([len(piece) for piece in pieces], out=ends[1:])
    arrays[name] = np.frombuffer(b"".join(pieces), np.uint8)
    arrays[f"{name}_ends"] = ends


def _add_terms(arrays, terms, part_count):
    fields, names, hashes = {}, [], []
    parts, counts, places = bytearray(), bytearray(), bytearray()
    part_ends, place_ends = [0], [0]
    for name, term, postings in terms:
        fields.setdefault(name, [len(names), 0])[1] = len(names) + 1
        names.append(term.encode())
        hashes.append(hashed(name, term))
        parts += _as_bytes(postings.parts, np.int32)
        counts += _as_bytes(postings.counts, np.uint16)
        if postings.places is not None:
            places += _as_bytes(postings.places, np.uint32)
        part_ends.append(len(parts) // 4)
        place_ends.append(len(places) // 4)
    _add_heap(arrays, "terms", names)
    hashes = np.array(hashes, np.uint32)
    order = np.argsort(hashes, kind="stable").astype(np.int32)
    arrays["hashes"] = hashes[order]
    arrays["hash_order"] = order
    arrays["part_ends"] = np.array(part_ends, np.int64)
    arrays["place_ends"] = np.array(place_ends, np.int64)
    arrays["parts"] = np.frombuffer(parts, np.int32)
    arrays["counts"] = np.frombuffer(counts, np.uint16)
    arrays["places"] = np.frombuffer(places, np.uint32)
    for name, (first, last) in fields.items():
        low, high = part_ends[first], part_ends[last]
        lengths = np.bincount(
            arrays["parts"][low:high], arrays["counts"][low:high], part_count
        )
        arrays[f"lengths.{name}"] = lengths.astype(np.float32)
    return fields


def _as_bytes(values, kind):
    if isinstance(values, np.ndarray):
        return values.astype(kind).tobytes()
    return memoryview(values).cast("B")

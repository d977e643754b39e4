"""The names of a segment in the order of their words: what suggestions are looked up in.

Every word of every title, alias and reference is an entry; entries are sorted by what
follows them in the name, so that the names in which "guide de l'appr" begins a word are a
range, found by bisection. Three arrays a segment, written once beside the index and mapped
by every process: 60,000 titles take some 12 MB, shared.
"""

import logging
import os
import re
import shutil
import threading
import uuid
from pathlib import Path

import numpy as np

from network_site.search import analysis

logger = logging.getLogger(__name__)

FOLDER = "names"
# Raise it when what is written below changes.
VERSION = 2
# Letters compared by the sorting; what is longer is compared one by one.
COMPARED = 32
LONGEST_NAME = 160
_END = 10
_BETWEEN = re.compile(r"[\s'_-]+|n°")
_ARTICLE = re.compile(r"\b([lrda])\.?\s?\*{0,2}\.?\s?(?=\d)")


def name_key(text: str) -> str:
    """Return `text` as names are compared: folded, without signs, words one blank apart.

    >>> name_key("Loi n° 2006-396, art. L. 1132-1")
    'loi 2006 396 art l1132 1'
    """
    folded = _ARTICLE.sub(r"\1", analysis.fold_whole(text).replace("’", "'"))
    return " ".join(filter(None, _BETWEEN.split(folded)))[:LONGEST_NAME]


class Names:
    """The entries of a segment: the names' text, where each entry begins, whose it is."""

    def __init__(self, text, starts, parts):
        # Plain views of what may be mapped: numpy's own class for that is slow to slice.
        self.text, self.starts, self.parts = map(np.asarray, (text, starts, parts))
        self._bytes = memoryview(self.text)

    def range_of(self, prefix: str) -> tuple[int, int]:
        """The entries whose words begin with `prefix` (its first letters, if it is long)."""
        low = prefix.encode()[:COMPARED]
        return self._bisect(low), self._bisect(low + b"\xff")

    def _bisect(self, wanted):
        low, high = 0, len(self.starts)
        length = len(wanted)
        while low < high:
            middle = (low + high) // 2
            start = int(self.starts[middle])
            if bytes(self._bytes[start : start + length]) < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    def line_at(self, entry: int) -> tuple[str, int]:
        """(the whole name, where in it the entry begins)."""
        start = int(self.starts[entry])
        before = bytes(self._bytes[max(0, start - LONGEST_NAME * 4) : start])
        begins = before.rfind(b"\n") + 1
        after = bytes(self._bytes[start : start + LONGEST_NAME * 4])
        head = before[begins:].decode(errors="replace")
        return head + after[: after.find(b"\n")].decode(errors="replace"), len(head)

    def at_head(self, entries) -> np.ndarray:
        """Which of `entries` (their ranks) are the first word of their name."""
        return self.text[self.starts[entries] - 1] == _END


def names_of(segment, directory) -> Names:
    """The names of `segment`, mapped from `directory`; written there when they are not yet.

    A directory that cannot be written to costs memory, never an answer.
    """
    kept = getattr(segment, "_names", None)
    if kept is not None:
        return kept
    with _lock:
        kept = getattr(segment, "_names", None)
        if kept is None:
            path = _path(directory, segment)
            kept = _read(path) or _written(path, segment)
            segment._names = kept
        return kept


_lock = threading.Lock()
_FILES = ("text", "starts", "parts")


def _path(directory, segment):
    return Path(directory) / FOLDER / f"{VERSION}-{segment.segment_id}"


def _read(path):
    try:
        return Names(*(np.load(path / f"{name}.npy", mmap_mode="r") for name in _FILES))
    except (OSError, ValueError):
        return None


def _written(path, segment):
    names = build(_named_parts(segment))
    made = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}")
    try:
        made.mkdir(parents=True, mode=0o700)
        for name in _FILES:
            np.save(made / f"{name}.npy", getattr(names, name))
        os.rename(made, path)
    except OSError as error:
        # Another process was quicker, or the disk is full.
        logger.info("Search: names of %s not written (%s)", path.name, error)
        shutil.rmtree(made, ignore_errors=True)
    return _read(path) or names


def _named_parts(segment):
    """(part, name) of all that can be suggested in a segment."""
    for field in ("title_key", "references"):
        for term in segment.terms_of(field):
            if term.startswith(analysis.INITIALS):
                continue
            for part in segment.postings(field, term)[0].tolist():
                yield part, name_key(term)


def build(named_parts) -> Names:
    """The sorted entries of (part, name key) pairs."""
    text = bytearray(b"\n")
    starts, parts = [], []
    for part, name in named_parts:
        if not name:
            continue
        base = len(text)
        line = name.encode()
        place = 0
        while place >= 0:
            starts.append(base + place)
            parts.append(part)
            blank = line.find(b" ", place)
            place = blank + 1 if blank >= 0 else -1
        text += line + b"\n"
    text += b"\n" * COMPARED
    text = np.frombuffer(bytes(text), np.uint8)
    starts, parts = np.array(starts, np.int32), np.array(parts, np.int32)
    windows = np.lib.stride_tricks.sliding_window_view(text, COMPARED)[starts]
    order = np.argsort(
        np.ascontiguousarray(windows).view(f"S{COMPARED}").ravel(), kind="stable"
    )
    return Names(text, starts[order], parts[order])


def prepare(segments, directory):
    """Write the names of `segments`, and drop those of segments that are gone.

    `segments` is {id: function that opens the segment}. The writer of the index calls it
    before it lets readers know of a generation; what fails here is done by the readers.
    """
    folder = Path(directory) / FOLDER
    current = {f"{VERSION}-{segment_id}" for segment_id in segments}
    try:
        for segment_id, opened in segments.items():
            if not (folder / f"{VERSION}-{segment_id}").exists():
                names_of(opened(), directory)
        for path in folder.iterdir() if folder.exists() else ():
            if path.name not in current:
                shutil.rmtree(path, ignore_errors=True)
    except Exception:
        logger.exception("Search: the names are left to be written by the readers")

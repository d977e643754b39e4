"""What an evaluation gives, and what of it a process keeps."""

import threading
from collections import OrderedDict
from dataclasses import dataclass

import numpy as np

# What an exact title is worth: above anything that words can weigh.
EXACT = 1_000.0


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

    def joined(self, other):
        """What is in either, the better score of both."""
        dense = np.zeros(self.size, np.float32)
        dense[self.numbers] = self.scores
        dense[other.numbers] = np.maximum(dense[other.numbers], other.scores)
        numbers = np.union1d(self.numbers, other.numbers).astype(np.int32)
        return Evaluation(numbers, dense[numbers], self.size)

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


class Kept:
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

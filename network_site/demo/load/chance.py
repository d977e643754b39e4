"""Choices at random, from a seed: the same seed makes the same network."""

import random
import uuid
from datetime import timedelta
from itertools import accumulate

# How strongly the first of a list is preferred to the following ones: a term of rank n is
# as frequent as 1 / n to this power (Zipf).
STEEPNESS = 1.0
# Contents are as old as the network, the recent ones more numerous.
OLDEST_DAYS = 9_000


class Tail:
    """Picks among `items`, the first often and the last hardly ever."""

    def __init__(self, rng, items, steepness=STEEPNESS):
        self._rng = rng
        self._items = list(items)
        self._weights = list(
            accumulate(1 / rank**steepness for rank in range(1, len(self._items) + 1))
        )

    def __len__(self):
        return len(self._items)

    def items(self):
        """What is picked among, the first first."""
        return self._items

    def one(self):
        return self._rng.choices(self._items, cum_weights=self._weights)[0]

    def some(self, most):
        """Up to `most` different items, one most of the time; none of an empty list."""
        if not self._items:
            return []
        count = min(1 + int(self._rng.expovariate(1.2)), most)
        picked = self._rng.choices(self._items, cum_weights=self._weights, k=count)
        return list(dict.fromkeys(picked))


class Chance:
    """A generator of random numbers and what the builders draw from it."""

    def __init__(self, seed, now):
        self.rng = random.Random(seed)  # noqa: S311 - no secret: the same seed, the same network
        self.now = now

    def tail(self, items, steepness=STEEPNESS, *, is_shuffled=False):
        """A Tail over `items`; shuffled, for lists whose order says nothing of frequency."""
        items = list(items)
        if is_shuffled:
            self.rng.shuffle(items)
        return Tail(self.rng, items, steepness)

    def happens(self, share):
        """True in `share` of the cases."""
        return self.rng.random() < share

    def days_ago(self, oldest=OLDEST_DAYS):
        """A number of days: few most of the time, up to `oldest`."""
        return min(int(self.rng.expovariate(4 / oldest)), oldest)

    def moment(self, oldest=OLDEST_DAYS):
        """A moment in the past, to the second."""
        return self.now - timedelta(
            days=self.days_ago(oldest), seconds=self.rng.randrange(60, 86_400)
        )

    def uuid(self):
        return uuid.UUID(int=self.rng.getrandbits(128), version=4)

"""The one question of all lists: what may this reader read, narrowed, counted, in order.

    answer = ask(
        user,
        kinds=("text", "study"),
        filters=[Filter("theme", [12, 15]), Filter("year", low=2018)],
        words="hébergement",
        order=("-date", "title"),
        start=0,
        size=20,
        counts=("theme", "status", "year"),
    )

`answer.total` and each count are exact for the reader; a facet is counted under the filters
of the others. Nothing here decides what a reader sees of an object's own page: the rows that
are shown are asked of their model again (`visible_to`), the second lock.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from django.utils import timezone

from network_site.catalogue import gates, registry, state
from network_site.catalogue.vocabularies import Terms

RELEVANCE = "relevance"


class Filter(NamedTuple):
    """One of `values` in a facet (None: nothing said), or a number from `low` to `high`.

    Two filters on the same facet must both be satisfied. A fixed one is never set aside, not
    even to count its own facet.
    """

    facet: str
    values: Sequence = ()
    low: int | None = None
    high: int | None = None
    is_fixed: bool = False

    @property
    def is_range(self):
        return self.low is not None or self.high is not None


class Found(NamedTuple):
    """One thing that was found: its entry, its kind, and its object."""

    entry: int
    kind: str
    model: str
    object_id: int


@dataclass
class Answer:
    """What a reader gets.

    - `total`: how many there are; `found`: those of the page asked for, in order;
    - `counts`: {facet: {value: how many}}, None counting those that say nothing;
    - `is_lagging`: facets may be those of a moment ago, for many objects change just now.
    """

    total: int = 0
    found: list[Found] = field(default_factory=list)
    counts: dict[str, dict] = field(default_factory=dict)
    is_lagging: bool = False

    @property
    def object_ids(self):
        """The numbers of the objects of the page, in order."""
        return [one.object_id for one in self.found]


def terms(vocabulary) -> Terms:
    """The terms of a vocabulary as they are now."""
    return state.current().terms[vocabulary]


class Catalogue:
    """The catalogue of one moment, for one reader: ask it several questions.

    Costs one query for what changed and one for the rights; questions cost none, but for
    words.
    """

    def __init__(self, user, day=None):
        """`day` is the date at which dated facts are looked at, today in Paris by default."""
        self.user = user
        self.day = (day or timezone.localdate()).toordinal()
        self._state = state.current()
        self._columns = self._state.columns
        self._readable = self._passes(gates.closed_to(user))

    def terms(self, vocabulary) -> Terms:
        """The terms of a vocabulary."""
        return self._state.terms[vocabulary]

    def _passes(self, closed):
        mask = np.ones(len(self._columns), bool)
        for prefix in closed:
            mask[self._columns.under(prefix)] = False
        return mask

    def ask(
        self,
        *,
        kinds=(),
        filters=(),
        words="",
        order=("-date", "title"),
        start=0,
        size=20,
        counts=(),
    ) -> Answer:
        """Answer a question; `size` None gives all that was found.

        `order` names keys, descending with "-", `title`, or RELEVANCE where there are words;
        what has no key comes last; the last resort is the number of the object.
        """
        columns = self._columns
        base = self._readable & columns.of_kinds(kinds) if kinds else self._readable
        scores = None
        if words:
            scores = self._scores(words)
            base = base & (scores > 0)
        masks = [
            ("" if one.is_fixed else one.facet, self._mask(one)) for one in filters
        ]
        kept = base
        for _facet, mask in masks:
            kept = kept & mask
        answer = Answer(int(np.count_nonzero(kept)), is_lagging=self._state.is_lagging)
        for name in counts:
            among = base
            for facet, mask in masks:
                if facet != name:
                    among = among & mask
            answer.counts[name] = columns.counts(name, among, self.day)
        if size != 0:
            places = self._ordered(np.flatnonzero(kept), order, scores)
            answer.found = self._found(
                places[start : None if size is None else start + size]
            )
        return answer

    def _mask(self, one):
        if not one.is_range:
            return self._columns.having(one.facet, one.values, self.day)
        values = [
            value
            for value in self._columns.lexicon.facet(one.facet).values
            if (one.low is None or value >= one.low)
            and (one.high is None or value <= one.high)
        ]
        return self._columns.having(one.facet, values, self.day)

    def _scores(self, words):
        scores = np.zeros(len(self._columns), np.float32)
        match = registry.matcher()
        for model, numbers, found in match(words, self.user) if match else ():
            places = self._columns.places_of(model, numbers)
            shown = places >= 0
            scores[places[shown]] = np.maximum(found[shown], np.float32(1e-6))
        return scores

    def _ordered(self, places, order, scores):
        columns = self._columns
        keys = [columns.objects[places]]
        for name in reversed(order):
            sign = -1 if name.startswith("-") else 1
            name = name.lstrip("-")
            if name == RELEVANCE:
                if scores is not None:
                    keys.append(-scores[places])
            elif name == "title":
                keys.append(columns.titles[places])
            elif name == "pk":
                keys.append(sign * columns.objects[places])
            else:
                # What says nothing (NaN) comes last, whichever the direction.
                keys.append(sign * columns.key(name)[places])
        return places[np.lexsort(keys)]

    def _found(self, places):
        columns, lexicon = self._columns, self._columns.lexicon
        return [
            Found(
                int(columns.ids[place]),
                lexicon.kinds.values[columns.kinds[place]],
                lexicon.models.values[columns.models[place]],
                int(columns.objects[place]),
            )
            for place in places.tolist()
        ]


def ask(user, *, day=None, **question) -> Answer:
    """Answer one question of `user` (see Catalogue.ask)."""
    return Catalogue(user, day).ask(**question)

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
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from network_site.catalogue import gates, registry, state
from network_site.catalogue.vocabularies import Terms

RELEVANCE = "relevance"


class Filter(NamedTuple):
    """One of `values` in a facet (None: nothing said), or a number from `low` to `high`.

    Two filters must both be satisfied, even on the same facet. To count what the list calls
    by its name, a filter is set aside, unless it is fixed.
    """

    facet: str
    values: Sequence = ()
    low: int | None = None
    high: int | None = None
    is_fixed: bool = False
    # What the list calls it, where it is not the name of the facet ("region": territory).
    name: str = ""
    # A facet that names objects: not the entry itself, what it names there is looked at.
    via: str = ""

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
    - `counts`: {name: {value: how many}}, None counting those that say nothing;
    - `without`: {name: how many there are without the filters of that name};
    - `pairs`: {facet: (places, codes, value of each code)} of all that was found;
    - `is_lagging`: facets may be those of a moment ago, for many objects change just now.
    """

    total: int = 0
    found: list[Found] = field(default_factory=list)
    counts: dict[str, dict] = field(default_factory=dict)
    without: dict[str, int] = field(default_factory=dict)
    pairs: dict[str, tuple] = field(default_factory=dict)
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
        self._passed = self._passes(gates.closed_to(user))
        # What each reader sees otherwise is found by questions on its kinds only.
        self._readable = self._passed & ~self._columns.of_kinds(gates.audiences())
        # What was made once for several questions of this moment.
        self._kept = {}

    def kept(self, name, make):
        """What `make()` gives, made once for this catalogue."""
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]

    def terms(self, vocabulary) -> Terms:
        """The terms of a vocabulary."""
        return self._state.terms[vocabulary]

    def said_of(self, model, number, data):
        """(kind, what its entry says) of an object that was found; `data` is what the
        database holds, which may be of a moment ago."""
        columns = self._columns
        place = columns.places_of(model, [number])[0]
        kind = columns.lexicon.kinds.values[columns.kinds[place]] if place >= 0 else ""
        return kind, self._state.fresh.get((model, number)) or data or {}

    # Masks, for facets that are derived

    @property
    def open_to_all(self):
        """A mask of what everybody may read; one query for whoever is logged in."""
        if not self.user.is_authenticated:
            return self._readable
        return self.kept(
            "open to all",
            lambda: (
                self._passes(gates.closed_to(AnonymousUser()))
                & ~self._columns.of_kinds(gates.audiences())
            ),
        )

    def readable(self, model, numbers, mask=None):
        """An array: whether the reader may read each of these objects; `mask` narrows it."""
        places = self._columns.places_of(model, numbers)
        passed = self._readable if mask is None else self._readable & mask
        return (places >= 0) & passed[places] if len(passed) else places >= 0

    def shows(self, model, number):
        """Whether an object has an entry that is shown, to some reader at least."""
        return bool(self._columns.places_of(model, [number])[0] >= 0)

    def key(self, name):
        """What entries are ordered by, in the order of masks; NaN where one says nothing."""
        return self._columns.key(name)

    def objects_at(self, places):
        """The numbers of the objects at `places` (Answer.pairs)."""
        return self._columns.objects[places].tolist()

    def having(self, facet, values):
        """A mask of the entries that have one of `values` in a facet today.

        For facets that are derived: what `ask` gives of people is veiled to who may not read it.
        """
        made = registry.derived(facet)
        if made is None:
            return self._columns.having(facet, values, self.day)
        mask = np.zeros(len(self._columns), bool)
        for value, those in self._derived(facet).items():
            if value in values:
                mask |= those
        return mask

    def named_by(self, facet, mask):
        """A mask of what the entries of `mask` name in a facet (Facet.model)."""
        owners, places = self._naming(facet)
        named = np.zeros(len(self._columns), bool)
        named[places[mask[owners]]] = True
        return named

    def naming(self, facet, mask):
        """A mask of the entries that name in a facet something of `mask`."""
        owners, places = self._naming(facet)
        naming = np.zeros(len(self._columns), bool)
        naming[owners[mask[places]]] = True
        return naming

    def neighbours(self, facet, model, numbers):
        """{number: {kind: how many}} of what the reader may read and that names an object of
        `model`, or is named by it, in a facet: each thing counts once."""
        columns = self._columns
        owners, places = self._naming(facet)
        mine = columns.places_of(model, numbers)
        here, there = np.append(owners, places), np.append(places, owners)
        wanted = np.isin(here, mine) & self._readable[there]
        found, kinds = {}, columns.lexicon.kinds.values
        number_at = dict(zip(mine.tolist(), numbers, strict=True))
        for one, other in set(
            zip(here[wanted].tolist(), there[wanted].tolist(), strict=True)
        ):
            counts = found.setdefault(number_at[one], {})
            kind = kinds[columns.kinds[other]]
            counts[kind] = counts.get(kind, 0) + 1
        return found

    def _naming(self, facet):
        """(places of who names, places of what is named) of what is held."""
        columns = self._columns
        owners, codes = columns.facet(facet).on(self.day)
        values = np.array(columns.lexicon.facet(facet).values or [0], np.int64)
        places = columns.places_of(registry.facets()[facet].model, values[codes])
        held = places >= 0
        return owners[held], places[held]

    def _derived(self, facet):
        return self.kept(("derived", facet), lambda: registry.derived(facet)(self))

    def _counts(self, facet, mask):
        if registry.derived(facet) is None:
            return self._columns.counts(facet, mask, self.day)
        counts = {
            value: int(np.count_nonzero(mask & those))
            for value, those in self._derived(facet).items()
        }
        return {value: count for value, count in counts.items() if count}

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
        loose=False,
        order=("-date", "title"),
        start=0,
        size=20,
        counts=(),
        pairs=(),
        objects=None,
    ) -> Answer:
        """Answer a question; `size` None gives all that was found.

        `loose` asks for some of the words only (`matched`).
        `objects` is (label of a root model, numbers): nothing else is found.

        `counts` names facets, or is {name of the list: facet}.
        `order` names keys, descending with "-", `title`, or RELEVANCE where there are words;
        what has no key comes last; the last resort is the number of the object.
        """
        columns = self._columns
        base, veiled = self._readable_of(kinds)
        if objects is not None:
            places = columns.places_of(*objects)
            chosen = np.zeros(len(columns), bool)
            chosen[places[places >= 0]] = True
            base = base & chosen
        scores = None
        if words:
            scores = self._scores(words, loose)
            base = base & (scores > 0)
        masks = [
            (
                "" if one.is_fixed else one.name or one.facet,
                _unveiled(self._mask(one), veiled.get(one.facet)),
            )
            for one in filters
        ]
        kept = base
        for _name, mask in masks:
            kept = kept & mask
        answer = Answer(int(np.count_nonzero(kept)), is_lagging=self._state.is_lagging)
        if not isinstance(counts, dict):
            counts = {name: name for name in counts}
        for name, facet in counts.items():
            among = base
            for other, mask in masks:
                if other != name:
                    among = among & mask
            read = _unveiled(among, veiled.get(facet))
            answer.counts[name] = self._counts(facet, read)
            answer.without[name] = int(np.count_nonzero(among))
        for facet in pairs:
            owners, codes = columns.facet(facet).on(self.day)
            mine = _unveiled(kept, veiled.get(facet))[owners]
            answer.pairs[facet] = (
                owners[mine],
                codes[mine],
                columns.lexicon.facet(facet).values,
            )
        if size != 0:
            places = self._ordered(np.flatnonzero(kept), order, scores)
            answer.found = self._found(
                places[start : None if size is None else start + size]
            )
        return answer

    def _readable_of(self, kinds):
        """(a mask of what the reader may open of some kinds, {facet: whose is not read})."""
        held = gates.audiences()
        base, veiled = self._readable, {}
        if kinds:
            base = base & self._columns.of_kinds(kinds)
        for kind in kinds or held:
            if kind not in held:
                continue
            seen = self.kept(
                held[kind], lambda kind=kind: held[kind](self._columns, self.user)
            )
            mine = self._passed & self._columns.of_kinds([kind])
            base = base | (mine & ~seen.closed)
            for facet, mask in seen.veiled.items():
                veiled[facet] = veiled.get(facet, False) | (mask & mine)
        return base, veiled

    def _mask(self, one):
        if one.via:
            # What the reader may not open says nothing of what names it.
            named = self._mask(one._replace(via="")) & self._readable
            return self.naming(one.via, named)
        if not one.is_range:
            return self.having(one.facet, one.values)
        values = [
            value
            for value in self._columns.lexicon.facet(one.facet).values
            if (one.low is None or value >= one.low)
            and (one.high is None or value <= one.high)
        ]
        return self._columns.having(one.facet, values, self.day)

    def matched(self, words, loose=False) -> registry.Matched:
        """What answers `words`, looked for once.

        `loose`: what has some of the words, though others have all. Raises WordsUnavailable.
        """

        def look():
            match = registry.matcher()
            return (
                match(words, self.user, loose=loose) if match else registry.Matched([])
            )

        return self.kept(("words", words, loose), look)

    def _scores(self, words, loose):
        scores = np.zeros(len(self._columns), np.float32)
        for model, numbers, found in self.matched(words, loose).found:
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


def _unveiled(mask, veiled):
    return mask if veiled is None else mask & ~veiled


def ask(user, *, day=None, **question) -> Answer:
    """Answer one question of `user` (see Catalogue.ask)."""
    return Catalogue(user, day).ask(**question)

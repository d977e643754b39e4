"""Everybody of the directory in columns, shared by the requests of a process.

Counting fifty thousand people by four facets, each under the others' filters, takes a database
half a second; over arrays it takes a few milliseconds. The arrays hold no word, only keys and
visibilities, and hold them for as long as the database says the same: `_mark` reads, in one
query over one index, sums that change with whatever is in the arrays. No right is decided
here: the rows that are shown are asked of the database, and each column is masked by the
reader's level towards each person (members.permissions).
"""

from dataclasses import dataclass

import numpy as np
from django.db.models import Count, F, Max, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property

from network_site.members.models import Organization, Profile
from network_site.taxonomies.models import Territory, Theme

# The fields that are counted, with the column that holds what each says.
FIELDS = {
    "territory": "territory",
    "organization": "organization",
    "themes": "theme_keys",
    "languages": "language_keys",
}


class Column:
    """What each person has in one field: a code for each, and the options of each code."""

    def __init__(self, values, options_of):
        codes = {}
        self._codes = np.array(
            [codes.setdefault(value, len(codes)) for value in values], np.int64
        )
        self._size = len(codes)
        self._places = {}
        pairs = [
            (code, self._places.setdefault(option, len(self._places)))
            for value, code in codes.items()
            for option in options_of(value)
        ]
        self._of, self._is = np.array(pairs, np.int64).reshape(-1, 2).T

    def having(self, wanted):
        """Who has one of the options `wanted`."""
        places = [self._places[one] for one in wanted if one in self._places]
        has = np.zeros(max(self._size, 1), bool)
        has[self._of[np.isin(self._is, places)]] = True
        return has[self._codes]

    def counts(self, people):
        """{option: how many of `people` have it}, each person once for an option."""
        totals = np.bincount(self._codes[people], minlength=self._size)
        sums = np.bincount(
            self._is, weights=totals[self._of], minlength=len(self._places)
        )
        return {option: int(sums[place]) for option, place in self._places.items()}


@dataclass
class Snapshot:
    """The columns of everybody by name, and the mark of the database they were read from."""

    mark: tuple
    keys: np.ndarray
    # The places of everybody, the last to have joined first.
    recent: np.ndarray
    users: np.ndarray
    sheet: np.ndarray
    visibilities: dict
    columns: dict


class Seen:
    """What one reader sees of a snapshot: whose sheet, and whose fields."""

    def __init__(self, snapshot, level, peers, own):
        """`level` towards most people, `peers` read as in a space, `own` the reader's key."""
        levels = np.full(len(snapshot.keys), level.others, np.int8)
        if peers:
            levels[np.isin(snapshot.users, list(peers))] = level.peers
        if own:
            levels[snapshot.users == own] = level.own
        self._snapshot, self._levels = snapshot, levels

    @cached_property
    def sheets(self):
        return self._snapshot.sheet >= self._levels

    def reads(self, field):
        """Whose `field` is read."""
        return self.sheets & (self._snapshot.visibilities[field] >= self._levels)


@dataclass(frozen=True)
class Levels:
    """The reader's levels (enums.FieldVisibility): towards others, peers, and themselves."""

    others: int
    peers: int
    own: int


_kept = None


def snapshot():
    """The Snapshot of what the database holds now; built again when anything counted changed."""
    global _kept
    mark = _mark()
    if _kept is None or _kept.mark != mark:
        _kept = _build(mark)
    return _kept


def _mark():
    """Sums that change when somebody comes, goes, or changes what is counted.

    Everything but the last two is read from the index members_profile_facets.
    """
    seen = F("sheet_visibility")
    for place, field in enumerate(FIELDS, start=1):
        seen = seen + F(f"{field}_visibility") * 4**place
    bodies = Organization.objects.order_by("-updated_at").values("updated_at")[:1]
    places = (
        Territory.objects.order_by()
        .annotate(one=Value(1))
        .values("one")
        .annotate(total=Sum(F("pk") * F("parent")))
        .values("total")
    )
    themes = (
        Theme.objects.order_by()
        .annotate(one=Value(1))
        .values("one")
        .annotate(total=Count("pk"))
        .values("total")
    )
    sums = Profile.objects.approved().aggregate(
        people=Count("pk"),
        seen=Sum(F("pk") * (seen + 1)),
        users=Sum(F("pk") * F("user")),
        territories=Sum(F("pk") * F("territory")),
        organizations=Sum(F("pk") * F("organization")),
        keys=Sum("keys_mark"),
        # Other weights: two changes that make up for each other above do not here.
        again=Sum(
            (F("pk") % 997 + 1)
            * (seen + Coalesce("territory", 0) * 31 + Coalesce("organization", 0) * 17)
        ),
        bodies=Max(Subquery(bodies)),
        places=Max(Subquery(places)),
        themes=Max(Subquery(themes)),
    )
    return tuple(sums.values())


def _build(mark):
    rows = (
        Profile.objects.approved()
        .order_by("name_key", "pk")
        .values_list(
            "pk",
            "user",
            "sheet_visibility",
            "decided_at",
            *(f"{field}_visibility" for field in FIELDS),
            *FIELDS.values(),
        )
    )
    count = len(FIELDS)
    columns = list(zip(*rows, strict=True)) or [()] * (4 + 2 * count)
    keys, users, sheet = (np.array(one, np.int64) for one in columns[:3])
    joined = [-moment.timestamp() if moment else 0.0 for moment in columns[3]]
    options = _options(columns[-count:])
    return Snapshot(
        mark=mark,
        keys=keys,
        recent=np.lexsort((-keys, np.array(joined, float))),
        users=users,
        sheet=sheet,
        visibilities={
            field: np.array(columns[4 + place], np.int8)
            for place, field in enumerate(FIELDS)
        },
        columns={
            field: Column(columns[place - count], options[field])
            for place, field in enumerate(FIELDS)
        },
    )


def _options(values):
    """{field: what a value of its column stands for, as a set of options}."""
    above = {
        territory: {territory, parent, parents} - {None}
        for territory, parent, parents in Territory.objects.order_by().values_list(
            "pk", "parent", "parent__parent"
        )
    }
    kinds = dict(Organization.objects.order_by().values_list("pk", "kind"))
    step = Theme.steplen
    branches = {
        str(pk): [path[:end] for end in range(step, len(path) + 1, step)]
        for pk, path in Theme.objects.order_by().values_list("pk", "path")
    }
    return {
        "territory": lambda key: above.get(key, set()),
        "organization": lambda key: {key, kinds.get(key)} - {None},
        "themes": lambda text: {
            path for key in text.split() for path in branches.get(key, ())
        },
        "languages": lambda text: set(text.split()),
    }

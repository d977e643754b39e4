"""What a list found, gathered by place: dots of a map, insets of overseas, départements."""

from typing import NamedTuple

import numpy as np

from network_site.catalogue.registry import Term
from network_site.taxonomies.enums import TerritoryKind

# The five overseas départements always have their inset on the map, even empty.
OVERSEAS = {
    "971": ("Guadeloupe", "guadeloupe"),
    "972": ("Martinique", "martinique"),
    "973": ("Guyane", "guyane"),
    "974": ("La Réunion", "la-reunion"),
    "976": ("Mayotte", "mayotte"),
}
# An overseas région is the same place as its département.
_OVERSEAS_REGIONS = {"01": "971", "02": "972", "03": "973", "04": "974", "06": "976"}


class Spot(NamedTuple):
    """A territory and how many of what was found lie there."""

    place: Term
    count: int


class Points:
    """Where what an answer found lies; `answer` was asked for its pairs of "territory".

    - `dots`: each thing counts once in every smallest place of the map that it is filed
      under: a commune's dot says enough, its département's is not drawn beside it; an EPCI
      has no dot, its département's stands for it;
    - `departments`: what is led in several counts in each;
    - `overseas_counts`: {code of a département: how many}.
    """

    def __init__(self, answer, terms):
        owners, codes, values = answer.pairs["territory"]
        self.total = answer.total
        self.without_place = self.total - len(np.unique(owners))
        used = np.unique(codes).tolist()
        code_of = {values[code]: code for code in used}
        places = {code: terms.by_pk[values[code]] for code in used}
        mapped = np.zeros(len(values), bool)
        wider = np.full(len(values), -1, np.int64)
        for code, place in places.items():
            if place.point is None:
                continue
            mapped[code] = True
            wider[code] = next(
                (
                    code_of[pk]
                    for pk in terms.above(place.pk)[1:]
                    if terms.by_pk[pk].point is not None
                ),
                -1,
            )
        drawn = mapped[codes]
        owners_drawn, codes_drawn = owners[drawn].astype(np.int64), codes[drawn]
        size = len(values) or 1
        above = wider[codes_drawn]
        said_better = owners_drawn[above >= 0] * size + above[above >= 0]
        smallest = ~np.isin(owners_drawn * size + codes_drawn, said_better)
        dots = np.bincount(codes_drawn[smallest], minlength=size)
        totals = np.bincount(codes, minlength=size)
        self.dots = _most_first((places[code], dots[code]) for code in used)
        self.departments = _most_first(
            (place, totals[code])
            for code, place in places.items()
            if place.kind == TerritoryKind.DEPARTMENT
        )
        self.overseas_counts = dict.fromkeys(OVERSEAS, 0)
        for overseas in OVERSEAS:
            those = [
                code for code, place in places.items() if _overseas(place) == overseas
            ]
            self.overseas_counts[overseas] = len(
                np.unique(owners[np.isin(codes, those)])
            )

    @property
    def department_count(self):
        return len(self.departments)

    @property
    def has_overseas(self):
        return any(self.overseas_counts.values())


def _most_first(spots):
    found = [Spot(place, int(count)) for place, count in spots if count]
    return sorted(found, key=lambda spot: (-spot.count, spot.place.name))


def _overseas(place):
    if place.kind == TerritoryKind.REGION:
        return _OVERSEAS_REGIONS.get(place.code, "")
    return place.code if place.kind == TerritoryKind.DEPARTMENT else ""

"""The catalogue as one reader sees it: what is filtered, and how many each filter would leave.

The rows a reader may open are read once (ids and terms, six queries whatever their number)
and counted in memory: each facet counts under the other facets, as a reader expects.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from good_practices.enums import MeasureAxis, PracticeLevel
from good_practices.models import GoodPracticePage, MeasurePage
from network_site.core.filters import unknown_remarks
from network_site.pages.models import PageTargetGroup, PageTerritory, PageTheme
from network_site.taxonomies.enums import TerritoryKind
from network_site.taxonomies.models import TargetGroup, Territory, Theme

FACETS = (
    "theme",
    "region",
    "department",
    "target",
    "level",
    "axis",
    "measure",
    "year",
    "territory",
)
_SLUG = re.compile(r"[-\w]{1,120}")
# Of one facet in an address; more were not chosen on the page.
MOST_CHOSEN = 20
_KINDS = {
    "territory": None,
    "region": TerritoryKind.REGION,
    "department": TerritoryKind.DEPARTMENT,
}
SORTS = {
    "recent": ("-first_published_at", "-pk"),
    "year": ("-started_year", "title", "pk"),
    "title": ("title", "pk"),
}
# The five overseas départements always have their inset on the map, even empty.
OVERSEAS = ("971", "972", "973", "974", "976")
# An overseas région is the same place as its département.
_OVERSEAS_REGIONS = {"01": "971", "02": "972", "03": "973", "04": "974", "06": "976"}


@dataclass
class Row:
    """A practice and, for each facet, the values it answers to."""

    pk: int
    values: dict = field(default_factory=lambda: defaultdict(set))
    spots: list = field(default_factory=list)


class Catalogue:
    """The practices `user` may open, filtered by a query string.

    A value that no practice answers to leaves none; one that means nothing is left out, and
    `remarks` says so.
    """

    def __init__(self, user, query):
        self.user = user
        self.query = query
        self.labels = {name: {} for name in FACETS}
        self.rows = self._load()
        self.selected = {}
        unknown = []
        for name in FACETS:
            asked = list(dict.fromkeys(filter(None, query.getlist(name))))[:MOST_CHOSEN]
            new = [value for value in asked if value not in self.labels[name]]
            if new:
                self.labels[name].update(self._labels_of(name, new))
            known = [value for value in asked if value in self.labels[name]]
            unknown += [value for value in asked if value not in self.labels[name]]
            if known:
                self.selected[name] = known
        self.remarks = unknown_remarks(unknown)
        sort = query.get("sort", "")
        self.sort = sort if sort in SORTS else "recent"

    # Reading

    def _load(self):
        visible = GoodPracticePage.objects.visible_to(self.user)
        rows = {}
        measures = {}
        for page in MeasurePage.objects.visible_to(self.user).only(
            "slug", "title", "axis"
        ):
            measures[page.pk] = page
        for pk, year, level, measure_id, is_taken_up in (
            visible.order_by()
            .with_adaptations()
            .values_list(
                "pk", "started_year", "state__level", "measure_id", "is_taken_up"
            )
        ):
            row = rows[pk] = Row(pk)
            if year:
                self._put(row, "year", str(year), str(year))
            level = level or PracticeLevel.TESTIMONY
            if is_taken_up:
                level = PracticeLevel.PROVEN
            self._put(row, "level", level, PracticeLevel(level).label)
            if measure := measures.get(measure_id):
                self._put(row, "measure", measure.slug, measure.title)
                self._put(row, "axis", measure.axis, MeasureAxis(measure.axis).label)
        ids = visible.order_by().values("pk")
        self._load_themes(rows, ids)
        for link in PageTargetGroup.objects.filter(page__in=ids).select_related(
            "target_group"
        ):
            if row := rows.get(link.page_id):
                group = link.target_group
                self._put(row, "target", group.slug, group.label)
        for link in (
            PageTerritory.objects.filter(page__in=ids)
            .select_related("territory__parent__parent")
            .order_by("page_id", "sort_order", "pk")
        ):
            if row := rows.get(link.page_id):
                self._put_territory(row, link.territory)
        return list(rows.values())

    def _load_themes(self, rows, ids):
        self.themes = {theme.path: theme for theme in Theme.objects.order_by("path")}
        step = Theme.steplen
        for page_id, path in PageTheme.objects.filter(page__in=ids).values_list(
            "page_id", "theme__path"
        ):
            row = rows.get(page_id)
            if row is None:
                continue
            for end in range(step, len(path) + 1, step):
                theme = self.themes[path[:end]]
                self._put(row, "theme", theme.slug, theme.label)

    def _put(self, row, name, value, label):
        row.values[name].add(value)
        self.labels[name][value] = label

    def _put_territory(self, row, territory):
        row.spots.append(territory)
        place = territory
        while place is not None:
            self._put(row, "territory", place.slug, place.full_name)
            if place.kind == TerritoryKind.REGION:
                self._put(row, "region", place.slug, place.name)
            elif place.kind == TerritoryKind.DEPARTMENT:
                self._put(row, "department", place.slug, place.name)
            place = place.parent

    def _labels_of(self, name, values):
        """{value: label} of those that mean something although no practice answers to them."""
        values = [value for value in values if _SLUG.fullmatch(value)]
        if name in _KINDS:
            places = Territory.objects.filter(slug__in=values)
            if kind := _KINDS[name]:
                places = places.filter(kind=kind)
            return {
                place.slug: place.name if kind else place.full_name
                for place in places.select_related("parent__parent")
            }
        if name in {"theme", "target"}:
            model = Theme if name == "theme" else TargetGroup
            return {
                one.slug: one.label for one in model.objects.filter(slug__in=values)
            }
        if name in {"level", "axis"}:
            choices = PracticeLevel if name == "level" else MeasureAxis
            return {one: choices(one).label for one in values if one in choices.values}
        if name == "measure":
            measures = MeasurePage.objects.visible_to(self.user).filter(slug__in=values)
            return {one.slug: one.title for one in measures}
        return {one: one for one in values if re.fullmatch(r"(1[89]|20)\d\d", one)}

    # Filtering and counting

    def _passes(self, row, but=None):
        return all(
            name == but or not row.values[name].isdisjoint(values)
            for name, values in self.selected.items()
        )

    @cached_property
    def found(self):
        """The rows that pass every filter."""
        return [row for row in self.rows if self._passes(row)]

    @property
    def is_filtered(self):
        return bool(self.selected)

    def queryset(self):
        """The practices found, in the order asked for, totally ordered."""
        return (
            GoodPracticePage.objects.visible_to(self.user)
            .filter(pk__in=[row.pk for row in self.found])
            .order_by(*SORTS[self.sort])
        )

    def counts(self, name):
        """How many practices each value of a facet would leave, the other facets applied."""
        counter = Counter()
        for row in self.rows:
            if self._passes(row, but=name):
                counter.update(row.values[name])
        return counter

    @cached_property
    def facets(self):
        """The groups of components/facets.html."""
        groups = [
            self._group("theme", _("Theme"), self._theme_options()),
            self._group("region", _("Région")),
            self._group("department", _("Département"), closed=True),
            self._group("target", _("Target group")),
            self._group("level", _("Level"), PracticeLevel.values),
            self._group("axis", _("Axis of the national measure"), MeasureAxis.values),
            self._group("measure", _("National measure"), closed=True),
            self._group(
                "year",
                pgettext("facet", "Begun in"),
                sorted(self.labels["year"], reverse=True),
                closed=True,
            ),
        ]
        return [group for group in groups if group["options"]]

    def _theme_options(self):
        """Themes of the first level, and those below a chosen one, in the order of the tree."""
        chosen = [
            path
            for path, theme in self.themes.items()
            if theme.slug in self.selected.get("theme", ())
        ]
        step = Theme.steplen
        shown = []
        for path, theme in self.themes.items():
            parent = path[:-step]
            is_open = any(
                one == path or one.startswith(parent) and parent for one in chosen
            )
            if len(path) == step or is_open or parent in chosen:
                shown.append(theme.slug)
        return shown

    def _group(self, name, label, order=None, closed=False):
        counts = self.counts(name)
        labels = self.labels[name]
        chosen = self.selected.get(name, [])
        if order is None:
            order = sorted(labels, key=lambda value: (-counts[value], labels[value]))
            order = chosen + [value for value in order if value not in chosen]
        options = [
            {
                "value": value,
                "label": self._option_label(name, value),
                "count": counts[value],
                "checked": value in chosen,
                # The titles of measures are contents, in French.
                "lang": "fr" if name == "measure" else "",
            }
            for value in order
            if value in labels and (counts[value] or value in chosen)
        ]
        return {
            "name": name,
            "label": label,
            "options": options,
            "max": max((option["count"] for option in options), default=0),
            "mark": "pratique",
            "closed": closed and not chosen,
        }

    def _option_label(self, name, value):
        label = self.labels[name][value]
        if name == "theme":
            depth = next(t.depth for t in self.themes.values() if t.slug == value)
            return "– " * (depth - 1) + str(label)
        return label

    @property
    def chips(self):
        """The filters that are set, each with the address that removes it."""
        return [
            {"label": self.labels[name][value], "url": self.url_without(name, value)}
            for name, values in self.selected.items()
            for value in values
        ]

    @property
    def pairs(self):
        """The filters as (name, value) pairs: what a shared address carries."""
        return [
            (name, value) for name, values in self.selected.items() for value in values
        ]

    def url(self, **changes):
        """The query string of the filters set, with `changes` (None removes)."""
        query = QueryDict(mutable=True)
        for name, values in self.selected.items():
            query.setlist(name, values)
        if self.sort != "recent":
            query["sort"] = self.sort
        for name, value in changes.items():
            if value is None:
                query.pop(name, None)
            elif isinstance(value, list):
                query.setlist(name, value)
            else:
                query[name] = value
        return f"?{query.urlencode()}" if query else "?"

    def url_without(self, name, value):
        rest = [one for one in self.selected[name] if one != value]
        return self.url(**{name: rest or None})

    @property
    def orders(self):
        """The ways to sort, for components/results_head.html."""
        labels = {
            "recent": _("most recently published"),
            "year": _("year begun"),
            "title": _("title"),
        }
        return [
            {
                "label": label,
                "url": self.url(sort=None if key == "recent" else key),
                "is_current": key == self.sort,
            }
            for key, label in labels.items()
        ]

    # Places

    @cached_property
    def points(self):
        """The practices found, on the map."""
        return Points(self.found)


class Points:
    """Practices gathered by place: dots of the map, insets of overseas, rows of the table."""

    def __init__(self, rows):
        self.total = len(rows)
        self.without_place = sum(1 for row in rows if not row.spots)
        dots, departments, overseas = {}, {}, Counter()
        for row in rows:
            row_dots, row_departments, row_overseas = {}, {}, set()
            for territory in row.spots:
                department = territory.department
                if department is not None:
                    row_departments[department.pk] = department
                code = _overseas_code(territory)
                if code:
                    row_overseas.add(code)
                elif territory.map_x is not None:
                    row_dots[territory.pk] = territory
            for place in list(row_dots.values()):
                # A commune's dot says enough: not its département's or région's beside it.
                while (place := place.parent) is not None:
                    row_dots.pop(place.pk, None)
            if not row_dots and not row_overseas:
                # An EPCI has no dot of its own: its département's stands for it.
                row_dots = {
                    pk: place
                    for pk, place in row_departments.items()
                    if place.map_x is not None
                }
            for pk, place in row_dots.items():
                dots.setdefault(pk, [place, 0])[1] += 1
            for pk, place in row_departments.items():
                departments.setdefault(pk, [place, 0])[1] += 1
            overseas.update(row_overseas)
        self.dots = sorted(dots.values(), key=lambda dot: (-dot[1], dot[0].name))
        self.departments = sorted(
            departments.values(), key=lambda one: (-one[1], one[0].name)
        )
        self.overseas_counts = overseas

    @property
    def department_count(self):
        return len(self.departments)


def _overseas_code(territory):
    if territory.kind == TerritoryKind.REGION:
        return _OVERSEAS_REGIONS.get(territory.insee_code, "")
    department = territory.department
    code = department.insee_code if department else ""
    return code if code in OVERSEAS else ""

"""What both directories share: the address read, the facets drawn, the filters removed."""

import re
from dataclasses import dataclass, field

from django import forms
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from network_site.core.filters import unknown_remarks, unknown_values
from network_site.core.text import fold
from network_site.members.enums import OrganizationKind
from network_site.taxonomies.enums import TerritoryKind
from network_site.taxonomies.models import Territory, Theme

LONGEST_WORDS = 100
MOST_WORDS = 8
# Of one facet in an address; more were not chosen on the page.
MOST_CHOSEN = 20
MOST_OPTIONS = 8
_SLUG = re.compile(r"[-\w]{1,120}")


class _Slugs(forms.Field):
    """Several slugs; what cannot be one is left out."""

    widget = forms.MultipleHiddenInput

    def clean(self, value):
        slugs = [one for one in value or () if _SLUG.fullmatch(one)]
        return list(dict.fromkeys(slugs))[:MOST_CHOSEN]


class _Choices(forms.MultipleChoiceField):
    """Several choices; what is not one of them is left out rather than refused."""

    def clean(self, value):
        known = {str(code) for code, _label in self.choices}
        return [code for code in dict.fromkeys(value or []) if code in known]


class FilterForm(forms.Form):
    """What an address of a directory may carry; anything else is ignored, never an error."""

    q = forms.CharField(required=False)
    kind = _Choices(required=False, choices=OrganizationKind.choices)
    theme = _Slugs(required=False)
    territory = _Slugs(required=False)
    language = _Slugs(required=False)
    organization = _Slugs(required=False)
    sort = forms.CharField(required=False)


@dataclass
class Option:
    """One line of a facet."""

    value: str
    label: str
    count: int
    checked: bool


@dataclass
class Group:
    """One facet, as hot/facet_groups.jinja draws it."""

    name: str
    label: str
    options: list = field(default_factory=list)
    mark: str = "discussion"
    closed: bool = False
    radio: bool = False

    @property
    def max(self):
        return max((option.count for option in self.options), default=0)


class DirectoryFilters:
    """The filters of one request, for one reader.

    Each facet is counted with the other filters applied and without its own. Subclasses say
    what is found (`queryset`) and how many of what (`_kind_counts` and the like).
    """

    orders = ("name",)

    def __init__(self, data, user):
        form = FilterForm(data)
        form.is_valid()
        values = form.cleaned_data
        self.user = user
        typed = values.get("q", "").replace("\x00", "")[:LONGEST_WORDS]
        self.words = " ".join(typed.split())
        self.folded = list(dict.fromkeys(fold(self.words).split()))[:MOST_WORDS]
        self.kinds = values.get("kind") or []
        self.order = (
            values.get("sort") if values.get("sort") in self.orders else self.orders[0]
        )
        self._theme_slugs = values.get("theme") or []
        self._territory_slugs = values.get("territory") or []
        self._values = values
        self._data = data

    @cached_property
    def remarks(self):
        """What of the address means nothing, in a sentence."""
        chosen = [(name, value) for name, value, _label in self.chosen]
        names = ("kind", "theme", "territory", "language", "organization")
        return unknown_remarks(unknown_values(self._data, chosen, names))

    # The words of the filters

    @cached_property
    def all_themes(self):
        return list(Theme.objects.order_by("path"))

    @cached_property
    def themes(self):
        return [theme for theme in self.all_themes if theme.slug in self._theme_slugs]

    @cached_property
    def _known_places(self):
        """The régions and départements, and what is chosen below them: one query."""
        large = Q(kind__in=(TerritoryKind.REGION, TerritoryKind.DEPARTMENT))
        chosen = Q(slug__in=self._territory_slugs)
        return list(Territory.objects.filter(large | chosen).order_by("name", "pk"))

    @cached_property
    def _places(self):
        """The régions and départements, as the facet lists them."""
        kinds = {TerritoryKind.REGION, TerritoryKind.DEPARTMENT}
        return [place for place in self._known_places if place.kind in kinds]

    @cached_property
    def territories(self):
        return [
            place for place in self._known_places if place.slug in self._territory_slugs
        ]

    @cached_property
    def small_places(self):
        """Chosen communes and intercommunal authorities, which the facet does not list."""
        known = {place.pk: place for place in self._places}
        small = [place for place in self.territories if place.pk not in known]
        for place in small:
            if place.parent_id in known:
                place.parent = known[place.parent_id]
        return small

    # The facets

    def _kind_group(self, label, counts):
        return Group(
            "kind",
            label,
            [
                Option(code, capfirst(words), counts.get(code, 0), code in self.kinds)
                for code, words in OrganizationKind.choices
                if counts.get(code) or code in self.kinds
            ],
        )

    @cached_property
    def _branches(self):
        """The paths of the first-level themes in which something is chosen."""
        return sorted({theme.path[: Theme.steplen] for theme in self.themes})

    def _theme_group(self, counts):
        """`counts` by path: a theme holds what its narrower ones hold.

        The narrower themes appear once their branch is chosen.
        """
        branches = set(self._branches)
        shown = [
            theme
            for theme in self.all_themes
            if (counts.get(theme.path) or theme in self.themes)
            and (theme.depth == 1 or theme.path[: Theme.steplen] in branches)
        ]
        # Beyond eight the list folds: what is chosen stays in sight.
        shown.sort(key=lambda theme: theme.path[: Theme.steplen] not in branches)
        return Group(
            "theme",
            _("Theme"),
            [
                Option(
                    theme.slug,
                    "– " * (theme.depth - 1) + theme.label,
                    counts.get(theme.path, 0),
                    theme in self.themes,
                )
                for theme in shown
            ],
        )

    def _territory_group(self, counts):
        """`counts` by pk: the régions, and the départements of those that are chosen."""
        chosen = {place.pk for place in self.territories}
        opened = {
            place.pk if place.kind == TerritoryKind.REGION else place.parent_id
            for place in self.territories
        }
        shown = []
        for place in self._places:
            if place.kind != TerritoryKind.REGION:
                continue
            inside = [
                one
                for one in self._places
                if one.parent_id == place.pk
                and place.pk in opened
                and (counts.get(one.pk) or one.pk in chosen)
            ]
            if inside or counts.get(place.pk) or place.pk in chosen:
                shown.append((place.pk not in opened, [place, *inside]))
        # Beyond eight the list folds: what is chosen stays in sight.
        shown.sort(key=lambda branch: branch[0])
        options = [
            Option(
                place.slug,
                place.name if place.kind == TerritoryKind.REGION else f"– {place.name}",
                counts.get(place.pk, 0),
                place.pk in chosen,
            )
            for _is_closed, branch in shown
            for place in branch
        ]
        options = [
            Option(place.slug, place.full_name, counts.get(place.pk, 0), True)
            for place in self.small_places
        ] + options
        return Group("territory", _("Territory"), options)

    # The address

    @cached_property
    def chosen(self):
        """(name, value, label) of each filter that is set, in the order of the address."""
        chosen = []
        if self.words:
            chosen.append(("q", self.words, _("“%(words)s”") % {"words": self.words}))
        for kind in self.kinds:
            chosen.append(("kind", kind, capfirst(OrganizationKind(kind).label)))
        for theme in self.themes:
            chosen.append(("theme", theme.slug, theme.label))
        for place in self.territories:
            chosen.append(("territory", place.slug, place.name))
        return chosen

    @property
    def pairs(self):
        """The filters as (name, value) pairs: what a shared address carries."""
        return [(name, value) for name, value, _label in self.chosen]

    def url(self, *, without=None, order=None):
        """A query string: the filters but `without`, a (name, value) pair, and the order."""
        pairs = [pair for pair in self.pairs if pair != without]
        order = order or self.order
        if order != self.orders[0]:
            pairs.append(("sort", order))
        return "?" + urlencode(pairs)

    @property
    def is_set(self):
        return bool(self.chosen)

    def chips(self):
        """The filters that are set: {label, url}, the address being that without it."""
        return [
            {"label": label, "url": self.url(without=(name, value))}
            for name, value, label in self.chosen
        ]

    @property
    def kept(self):
        """What the form of the filters carries besides its own fields."""
        return [("sort", self.order)] if self.order != self.orders[0] else []

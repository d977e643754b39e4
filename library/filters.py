"""The filters of the list of records: read from the address, applied, counted."""

import re
from collections import Counter
from dataclasses import dataclass, field

from django import forms
from django.db.models import BigIntegerField, Case, Count, F, Q, When
from django.db.models.functions import ExtractYear, Substr
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from library.enums import StatusGroup, StudyType, TextType
from library.models import LibrarySectionPage, RecordPage
from network_site.pages.filters import about_theme, in_territory, of_programme
from network_site.pages.models import PageTerritory, PageTheme
from network_site.taxonomies.enums import TerritoryKind
from network_site.taxonomies.models import Programme, Territory, Theme

NATIONAL = "national"
MOST_OPTIONS = 8
_SLUG = re.compile(r"[-\w]{1,120}")
ORDERS = {
    "recent": (F("document_date").desc(nulls_last=True), "title", "pk"),
    "oldest": (F("document_date").asc(nulls_last=True), "title", "pk"),
    "title": ("title", "pk"),
}


class _LooseChoices(forms.MultipleChoiceField):
    """Several choices; what is not one of them is left out rather than refused."""

    def clean(self, value):
        known = {str(code) for code, _label in self.choices}
        return [code for code in dict.fromkeys(value or []) if code in known]


class _LooseYear(forms.IntegerField):
    """A year, or nothing."""

    def clean(self, value):
        try:
            year = int(value)
        except (TypeError, ValueError):
            return None
        return year if 1000 <= year <= 9999 else None


class RecordFilterForm(forms.Form):
    """What an address of the list may carry; anything else is ignored, never an error."""

    q = forms.CharField(required=False)
    nature = _LooseChoices(
        required=False, choices=[*TextType.choices, *StudyType.choices]
    )
    status = _LooseChoices(required=False, choices=StatusGroup.choices)
    theme = forms.Field(required=False, widget=forms.MultipleHiddenInput)
    territory = forms.Field(required=False, widget=forms.MultipleHiddenInput)
    source = forms.Field(required=False, widget=forms.MultipleHiddenInput)
    programme = forms.CharField(required=False)
    year_from = _LooseYear(required=False)
    year_to = _LooseYear(required=False)
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
    """One facet, as components/facet_group.html draws it."""

    name: str
    label: str
    options: list = field(default_factory=list)
    mark: str = "texte"
    closed: bool = False
    radio: bool = False

    @property
    def max(self):
        return max((option.count for option in self.options), default=0)


class RecordFilters:
    """The filters of one request, for one reader.

    Each facet is counted with the other facets applied and without its own, among the
    records that this reader may open.
    """

    def __init__(self, data, user):
        form = RecordFilterForm(data)
        form.is_valid()
        values = form.cleaned_data
        self.user = user
        self.words = " ".join(values.get("q", "")[:200].replace("\x00", "").split())
        self.natures = values.get("nature") or []
        self.statuses = values.get("status") or []
        self.year_from, self.year_to = values.get("year_from"), values.get("year_to")
        if self.year_from and self.year_to and self.year_from > self.year_to:
            self.year_from, self.year_to = self.year_to, self.year_from
        self.order = values.get("sort") if values.get("sort") in ORDERS else "recent"
        self._theme_slugs = set(filter(_SLUG.fullmatch, values.get("theme") or []))
        self._territory_slugs = set(
            filter(_SLUG.fullmatch, values.get("territory") or [])
        )
        self._source_slugs = set(filter(_SLUG.fullmatch, values.get("source") or []))
        self._programme_slug = values.get("programme") or ""

    # The words of the filters

    @cached_property
    def all_themes(self):
        return list(Theme.objects.order_by("path"))

    @cached_property
    def themes(self):
        return [theme for theme in self.all_themes if theme.slug in self._theme_slugs]

    @cached_property
    def regions(self):
        return list(Territory.objects.regions())

    @cached_property
    def territories(self):
        slugs = self._territory_slugs - {NATIONAL}
        known = [region for region in self.regions if region.slug in slugs]
        rest = slugs - {region.slug for region in known}
        if rest:
            known += Territory.objects.filter(slug__in=sorted(rest)[:20])
        return known

    @cached_property
    def programme(self):
        if not _SLUG.fullmatch(self._programme_slug):
            return None
        return Programme.objects.filter(slug=self._programme_slug).first()

    @cached_property
    def all_sections(self):
        """The spaces of bodies, in the order of their names."""
        return list(
            LibrarySectionPage.objects.live()
            .select_related("organization")
            .order_by("organization__name", "pk")
        )

    @cached_property
    def sections(self):
        """Those whose records alone are asked for."""
        return [
            section
            for section in self.all_sections
            if section.organization.slug in self._source_slugs
        ]

    @property
    def is_national(self):
        return NATIONAL in self._territory_slugs

    # The rows

    def queryset(self, *, but=()):
        """Records that pass every filter, those named in `but` set aside."""
        records = RecordPage.objects.visible_to(self.user).with_status_group()
        for word in self.words.split():
            records = records.filter(
                Q(title__icontains=word)
                | Q(summary__icontains=word)
                | Q(reference__icontains=word)
                | Q(regulatorytextpage__nor__icontains=word)
            )
        if self.natures and "nature" not in but:
            records = records.filter(nature__in=self.natures)
        if self.statuses and "status" not in but:
            records = records.filter(status_group__in=self.statuses)
        if "year" not in but:
            if self.year_from:
                records = records.filter(document_date__year__gte=self.year_from)
            if self.year_to:
                records = records.filter(document_date__year__lte=self.year_to)
        if self.sections and "source" not in but:
            within = Q()
            for section in self.sections:
                within |= Q(path__startswith=section.path)
            records = records.filter(within)
        if self.programme:
            records = records.filter(of_programme(self.programme))
        if self.themes and "theme" not in but:
            under = Q()
            for theme in self.themes:
                under |= about_theme(theme)
            records = records.filter(under)
        if (self.territories or self.is_national) and "territory" not in but:
            within = Q()
            for territory in self.territories:
                within |= in_territory(territory)
            if self.is_national:
                within |= ~Q(pk__in=PageTerritory.objects.values("page_id"))
            records = records.filter(within)
        return records

    def results(self):
        """The records, in the order asked for."""
        return self.queryset().order_by(*ORDERS[self.order])

    # The counts

    @cached_property
    def _cells(self):
        """(nature, status group, year, how many): three facets from one query."""
        return list(
            self.queryset(but={"nature", "status", "year"})
            .order_by()
            .annotate(year=ExtractYear("document_date"))
            .values_list("nature", "status_group", "year")
            .annotate(total=Count("pk"))
        )

    def _passes_year(self, year):
        if self.year_from and (year is None or year < self.year_from):
            return False
        return not (self.year_to and (year is None or year > self.year_to))

    def _count(self, place, *, but):
        counts = Counter()
        for cell in self._cells:
            nature, status, year, total = cell
            if but != "nature" and self.natures and nature not in self.natures:
                continue
            if but != "status" and self.statuses and status not in self.statuses:
                continue
            if but != "year" and not self._passes_year(year):
                continue
            counts[cell[place]] += total
        return counts

    @cached_property
    def groups(self):
        """The facets, choices without any record left out unless they are set."""
        return [
            self._coded("nature", _("Nature"), 0, self.natures),
            self._coded("status", _("Status"), 1, self.statuses),
            self._theme_group(),
            self._territory_group(),
            self._source_group(),
        ]

    def _coded(self, name, label, place, chosen):
        counts = self._count(place, but=name)
        return Group(
            name,
            label,
            [
                Option(code, capfirst(words), counts[code], code in chosen)
                for code, words in RecordFilterForm.base_fields[name].choices
                if counts[code] or code in chosen
            ],
        )

    def _theme_group(self):
        links = PageTheme.objects.filter(
            page__in=self.queryset(but={"theme"}).order_by().values("pk")
        )
        counts = {}
        for depth in sorted({theme.depth for theme in self.all_themes}):
            # A narrower theme is found under its broader one, and a record once in each.
            counts.update(
                links.filter(theme__depth__gte=depth)
                .annotate(above=Substr("theme__path", 1, depth * Theme.steplen))
                .values_list("above")
                .annotate(total=Count("page_id", distinct=True))
            )
        shown = [
            theme
            for theme in self.all_themes
            if counts.get(theme.path) or theme.slug in self._theme_slugs
        ]
        if len(shown) > MOST_OPTIONS:
            # The narrower themes appear once their branch is chosen.
            chosen = {theme.path[: Theme.steplen] for theme in self.themes}
            shown = [
                theme
                for theme in shown
                if theme.depth == 1 or theme.path[: Theme.steplen] in chosen
            ]
            shown.sort(key=lambda theme: theme.path[: Theme.steplen] not in chosen)
        return Group(
            "theme",
            _("Theme"),
            [
                Option(
                    theme.slug,
                    "– " * (theme.depth - 1) + theme.label,
                    counts.get(theme.path, 0),
                    theme.slug in self._theme_slugs,
                )
                for theme in shown
            ],
        )

    def _territory_group(self):
        place = "territory_links__territory"
        counts = dict(
            self.queryset(but={"territory"})
            .order_by()
            .annotate(
                region=Case(
                    When(territory_links__isnull=True, then=0),
                    When(
                        **{f"{place}__kind": TerritoryKind.REGION},
                        then=F(f"{place}_id"),
                    ),
                    When(
                        **{f"{place}__parent__kind": TerritoryKind.REGION},
                        then=F(f"{place}__parent_id"),
                    ),
                    default=F(f"{place}__parent__parent_id"),
                    output_field=BigIntegerField(),
                )
            )
            .values_list("region")
            .annotate(total=Count("pk", distinct=True))
        )
        national = counts.get(0, 0)
        options = []
        if national or self.is_national:
            options.append(
                Option(NATIONAL, _("Whole country"), national, self.is_national)
            )
        chosen = {territory.pk for territory in self.territories}
        options += [
            Option(place.slug, place.name, counts.get(place.pk, 0), place.pk in chosen)
            for place in self.regions
            if counts.get(place.pk) or place.pk in chosen
        ]
        # Beyond eight the list folds: what is chosen stays in sight.
        options.sort(key=lambda option: not option.checked)
        return Group("territory", _("Territory"), options)

    def _source_group(self):
        """The bodies that bring records, each with what it brought."""
        if not self.all_sections:
            return Group("source", _("Source"))
        length = len(self.all_sections[0].path)
        counts = dict(
            self.queryset(but={"source"})
            .order_by()
            .annotate(above=Substr("path", 1, length))
            .values_list("above")
            .annotate(total=Count("pk"))
        )
        options = {}
        for section in self.all_sections:
            body = section.organization
            count, chosen = counts.get(section.path, 0), section in self.sections
            option = options.setdefault(
                body.slug, Option(body.slug, body.label, 0, chosen)
            )
            option.count += count
        shown = [one for one in options.values() if one.count or one.checked]
        shown.sort(key=lambda option: not option.checked)
        return Group("source", _("Source"), shown)

    @cached_property
    def years(self):
        """(year, count, is_in) for each year from the first to the last with a record."""
        counts = self._count(2, but="year")
        counts.pop(None, None)
        if not counts:
            return []
        return [
            (year, counts[year], self._passes_year(year))
            for year in range(min(counts), max(counts) + 1)
        ]

    # The address

    @cached_property
    def pairs(self):
        """The filters as (name, value) pairs, canonical: what a shared address carries."""
        pairs = [("q", self.words)] if self.words else []
        pairs += [("nature", code) for code in self.natures]
        pairs += [("status", code) for code in self.statuses]
        pairs += [("theme", theme.slug) for theme in self.themes]
        pairs += [("territory", NATIONAL)] if self.is_national else []
        pairs += [("territory", place.slug) for place in self.territories]
        slugs = dict.fromkeys(section.organization.slug for section in self.sections)
        pairs += [("source", slug) for slug in slugs]
        pairs += [("programme", self.programme.slug)] if self.programme else []
        pairs += [("year_from", self.year_from)] if self.year_from else []
        pairs += [("year_to", self.year_to)] if self.year_to else []
        return pairs

    def url(self, *, without=(), order=None):
        """A query string: the filters but those of `without`, and the order."""
        pairs = [pair for pair in self.pairs if pair not in without]
        order = order or self.order
        if order != "recent":
            pairs.append(("sort", order))
        return "?" + urlencode(pairs)

    @property
    def is_set(self):
        return bool(self.pairs)

    def chips(self):
        """The filters that are set: {label, url}, the address being that without it."""
        labels = {
            **{("nature", code): capfirst(_nature(code)) for code in self.natures},
            **{
                ("status", code): capfirst(StatusGroup(code).label)
                for code in self.statuses
            },
            **{("theme", theme.slug): theme.label for theme in self.themes},
            ("territory", NATIONAL): _("Whole country"),
            **{("territory", place.slug): place.name for place in self.territories},
            ("programme", self._programme_slug): self.programme
            and self.programme.label,
            **{
                ("source", section.organization.slug): _("Source: %(body)s")
                % {"body": section.organization.label}
                for section in self.sections
            },
            ("q", self.words): _("“%(words)s”") % {"words": self.words},
        }
        chips = [
            {"label": labels[pair], "url": self.url(without=[pair])}
            for pair in self.pairs
            if pair[0] not in {"year_from", "year_to"}
        ]
        years = [pair for pair in self.pairs if pair[0] in {"year_from", "year_to"}]
        if years:
            bounds = {"start": self.year_from, "end": self.year_to}
            if self.year_from and self.year_to:
                label = _("From %(start)s to %(end)s") % bounds
            elif self.year_from:
                label = _("Since %(start)s") % bounds
            else:
                label = _("Until %(end)s") % bounds
            chips.append({"label": label, "url": self.url(without=years)})
        return chips


def _nature(code):
    choices = TextType if code in TextType.values else StudyType
    return choices(code).label

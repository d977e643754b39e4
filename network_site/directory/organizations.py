"""The organisations of the directory, found by their names, past ones included."""

from collections import Counter

from django.db.models import Count, Q
from django.db.models.functions import Substr
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from network_site.core.text import fold
from network_site.directory.facets import DirectoryFilters, Option
from network_site.members.models import Organization, OrganizationAlias
from network_site.taxonomies.models import Territory, Theme

NATIONAL = "national"
# {pk: (updated_at, folded words)}: folding a text costs more than reading it.
_folded = {}


def _words_of_all():
    """{pk: folded names and summary} of the listed organisations, former names included."""
    listed = Organization.objects.listed()
    versions = dict(listed.order_by().values_list("pk", "updated_at"))
    stale = [
        pk for pk, version in versions.items() if _folded.get(pk, [None])[0] != version
    ]
    if stale:
        texts = ("name", "name_en", "acronym", "summary", "summary_en")
        for pk, version, *values in listed.filter(
            pk__in=stale if len(stale) < 500 else versions
        ).values_list("pk", "updated_at", *texts):
            _folded[pk] = version, fold(" ".join(values))
    words = {pk: _folded[pk][1] for pk in versions if pk in _folded}
    for pk, name in OrganizationAlias.objects.values_list("organization", "name"):
        if pk in words:
            words[pk] += f" {fold(name)}"
    return words


def within(territories):
    """The places that are one of `territories` or lie in one, as a queryset of keys."""
    condition = Q(pk__in=[])
    for place in territories:
        condition |= Q(pk=place.pk) | Q(parent=place.pk) | Q(parent__parent=place.pk)
    return Territory.objects.filter(condition).values("pk")


def under(themes):
    """The condition on Theme: one of `themes` or a narrower one."""
    condition = Q(pk__in=[])
    for theme in themes:
        condition |= Q(path__startswith=theme.path)
    return condition


class OrganizationFilters(DirectoryFilters):
    """The filters of the directory of organisations; what it shows is everyone's."""

    @property
    def is_national(self):
        return NATIONAL in self._territory_slugs

    @cached_property
    def chosen(self):
        chosen = super().chosen
        if self.is_national:
            chosen.append(("territory", NATIONAL, _("Whole country")))
        return chosen

    @cached_property
    def _found(self):
        """The keys of the organisations that have all the words, None without a word."""
        if not self.words:
            return None
        if not self.folded:
            return []
        return [
            pk
            for pk, text in _words_of_all().items()
            if all(word in text for word in self.folded)
        ]

    def queryset(self, *, but=()):
        """Listed organisations that pass every filter, those named in `but` set aside."""
        bodies = Organization.objects.listed()
        if self._found is not None:
            bodies = bodies.filter(pk__in=self._found)
        if self.kinds and "kind" not in but:
            bodies = bodies.filter(kind__in=self.kinds)
        if self.themes and "theme" not in but:
            links = Organization.themes.through.objects.filter(
                theme__in=Theme.objects.filter(under(self.themes)).values("pk")
            )
            bodies = bodies.filter(pk__in=links.values("organization"))
        if (self.territories or self.is_national) and "territory" not in but:
            place = Q(territory__in=within(self.territories))
            if self.is_national:
                place |= Q(territory=None)
            bodies = bodies.filter(place)
        return bodies

    def results(self):
        """The organisations by name, with what their cards need."""
        return (
            self.queryset()
            .select_related("territory", "logo")
            .prefetch_related("logo__renditions")
            .order_by("name", "pk")
        )

    @cached_property
    def groups(self):
        """The facets, choices without an organisation left out unless they are set."""
        kinds = Counter(
            dict(
                self.queryset(but={"kind"})
                .order_by()
                .values_list("kind")
                .annotate(Count("pk"))
            )
        )
        territory = self._territory_group(self._place_counts)
        if self._place_counts[None] or self.is_national:
            territory.options.insert(
                0,
                Option(
                    NATIONAL,
                    _("Whole country"),
                    self._place_counts[None],
                    self.is_national,
                ),
            )
        return [
            self._kind_group(_("Kind"), kinds),
            self._theme_group(self._theme_counts()),
            territory,
        ]

    @cached_property
    def _place_counts(self):
        """How many by place, that of a place in each that it lies in; None: national ones."""
        counts = Counter()
        rows = (
            self.queryset(but={"territory"})
            .order_by()
            .values_list("territory", "territory__parent", "territory__parent__parent")
            .annotate(total=Count("pk"))
        )
        for place, parent, above, total in rows:
            for one in {place, parent, above} - {None} or {None}:
                counts[one] += total
        return counts

    def _theme_counts(self):
        links = Organization.themes.through.objects.filter(
            organization__in=self.queryset(but={"theme"}).values("pk")
        )
        counts = {}
        for depth in sorted({theme.depth for theme in self.all_themes}):
            counts.update(
                links.filter(theme__depth__gte=depth)
                .annotate(above=Substr("theme__path", 1, depth * Theme.steplen))
                .values_list("above")
                .annotate(total=Count("organization_id", distinct=True))
            )
        return counts

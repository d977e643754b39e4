"""The people of the directory, as one reader may find and count them.

A field that a reader may not read neither filters nor counts: each filter goes with the
condition that shows its field (members.permissions), and so does each count.
"""

import json
from collections import Counter

from django.db import connection
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    Count,
    F,
    Q,
    Value,
    When,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Substr
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from network_site.directory.facets import DirectoryFilters, Group, Option
from network_site.members.languages import NAMES, language_choices, language_label
from network_site.members.models import Organization, Profile, SpokenLanguage
from network_site.members.permissions import (
    field_filter,
    fields_at,
    with_levels,
    words_filter,
)
from network_site.taxonomies.enums import TerritoryKind
from network_site.taxonomies.models import Territory, Theme

BY_NAME, RECENT = "name", "recent"
ORDERS = {
    BY_NAME: ("name_key", "pk"),
    RECENT: (F("decided_at").desc(nulls_last=True), "-pk"),
}
LONGEST_EXCERPT = 140


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


class PeopleFilters(DirectoryFilters):
    """The filters of the directory of people."""

    orders = (BY_NAME, RECENT)

    @cached_property
    def languages(self):
        return [code for code in self._values.get("language") or [] if code in NAMES]

    @cached_property
    def organizations(self):
        slugs = self._values.get("organization") or []
        if not slugs:
            return []
        listed = Organization.objects.listed().filter(slug__in=slugs)
        return list(listed.order_by("name", "pk"))

    @cached_property
    def chosen(self):
        chosen = super().chosen
        for body in self.organizations:
            chosen.append(("organization", body.slug, body.label))
        for code in self.languages:
            chosen.append(("language", code, capfirst(language_label(code))))
        return chosen

    @property
    def kept(self):
        bodies = [("organization", body.slug) for body in self.organizations]
        return bodies + super().kept

    # The rows

    @cached_property
    def _conditions(self):
        """{filter: its condition, the right to read the field included}."""
        conditions = {}
        user = self.user
        if self.folded:
            conditions["words"] = Q(pk__in=_values(self._found))
        elif self.words:
            # Signs without a word find nobody.
            conditions["words"] = Q(pk__in=[])
        if self.organizations:
            conditions["organization"] = field_filter(user, "organization") & Q(
                organization__in=[body.pk for body in self.organizations]
            )
        if self.kinds:
            conditions["kind"] = field_filter(user, "organization") & Q(
                organization__kind__in=self.kinds
            )
        if self.territories:
            conditions["territory"] = field_filter(user, "territory") & Q(
                territory__in=within(self.territories)
            )
        if self.themes:
            links = Profile.themes.through.objects.filter(
                theme__in=Theme.objects.filter(under(self.themes)).values("pk")
            )
            conditions["theme"] = field_filter(user, "themes") & Q(
                pk__in=links.values("profile")
            )
        if self.languages:
            spoken = SpokenLanguage.objects.filter(code__in=self.languages)
            conditions["language"] = field_filter(user, "languages") & Q(
                pk__in=spoken.values("profile")
            )
        return conditions

    @cached_property
    def _found(self):
        """The keys of those whose words the reader finds: read once for all the counts."""
        people = Profile.objects.approved().filter(words_filter(self.user, self.folded))
        return list(people.order_by().values_list("pk", flat=True))

    def queryset(self, *, but=(), field=""):
        """People who pass every filter, those named in `but` set aside.

        `field`: and of whom the reader reads this field.
        """
        people = Profile.objects.approved()
        conditions = [
            condition for name, condition in self._conditions.items() if name not in but
        ]
        if field:
            conditions.append(field_filter(self.user, field))
        # Whoever reads a field reads the sheet.
        for condition in conditions or [field_filter(self.user)]:
            people = people.filter(condition)
        return people

    def results(self):
        """The people, in the order asked for, with what their cards need."""
        people = self.queryset().select_related("user", "organization", "territory")
        return with_levels(people, self.user).order_by(*ORDERS[self.order])

    # The counts

    @cached_property
    def _cells(self):
        """(places a person is in that the reader reads, how many), but for the territories."""
        place, above = "territory", "territory__parent"
        small = [one.pk for one in self.small_places]
        cells = (
            self.queryset(but={"territory"})
            .order_by()
            .annotate(
                reads=Case(
                    When(field_filter(self.user, "territory"), then=Value(True)),
                    default=Value(False),
                    output_field=BooleanField(),
                ),
                region=Case(
                    _when(place, TerritoryKind.REGION),
                    _when(above, TerritoryKind.REGION),
                    default=F("territory__parent__parent_id"),
                ),
                department=Case(
                    _when(place, TerritoryKind.DEPARTMENT),
                    _when(above, TerritoryKind.DEPARTMENT),
                ),
                small=Case(When(territory__in=small, then=F("territory_id")))
                if small
                else Value(None, output_field=BigIntegerField()),
            )
            .values_list("reads", "region", "department", "small")
            .annotate(total=Count("pk"))
        )
        return [
            (set(places) - {None} if reads else set(), total)
            for reads, *places, total in cells
        ]

    @cached_property
    def total(self):
        """How many people pass every filter."""
        chosen = {place.pk for place in self.territories}
        return sum(
            total for places, total in self._cells if not chosen or places & chosen
        )

    @cached_property
    def groups(self):
        """The facets, choices without anybody left out unless they are set."""
        places = Counter()
        for inside, total in self._cells:
            for place in inside:
                places[place] += total
        return [
            self._theme_group(self._theme_counts()),
            self._territory_group(places),
            self._kind_group(_("Kind of organisation"), self._kind_counts()),
            self._language_group(),
        ]

    def _kind_counts(self):
        people = self.queryset(but={"kind"}, field="organization").order_by()
        rows = people.filter(organization__isnull=False).values_list(
            "organization__kind"
        )
        return Counter(dict(rows.annotate(total=Count("pk"))))

    def _theme_counts(self):
        links = Profile.themes.through.objects.filter(
            profile__in=self.queryset(but={"theme"}, field="themes").values("pk")
        )
        counts = self._by_branch(links, 1)
        if self._branches:
            inside = Q()
            for path in self._branches:
                inside |= Q(theme__path__startswith=path)
            for depth in self.inner_depths:
                counts.update(self._by_branch(links.filter(inside), depth))
        return counts

    @staticmethod
    def _by_branch(links, depth):
        """{path: how many people} of the themes at `depth`: each person once in a branch."""
        return dict(
            links.filter(theme__depth__gte=depth)
            .annotate(above=Substr("theme__path", 1, depth * Theme.steplen))
            .order_by()
            .values_list("above")
            .annotate(total=Count("profile_id", distinct=True))
        )

    def _language_group(self):
        spoken = SpokenLanguage.objects.filter(
            profile__in=self.queryset(but={"language"}, field="languages").values("pk")
        )
        counts = dict(
            spoken.order_by().values_list("code").annotate(total=Count("profile_id"))
        )
        options = [
            Option(code, capfirst(label), counts.get(code, 0), code in self.languages)
            for code, label in language_choices()
            if counts.get(code) or code in self.languages
        ]
        options.sort(key=lambda option: (not option.checked, -option.count))
        return Group("language", _("Language"), options)


def _when(place, kind):
    """The territory at the end of the path `place`, when it is of this kind."""
    return When(**{f"{place}__kind": kind}, then=F(f"{place}_id"))


def _values(keys):
    """`keys` as one parameter of a query: a list of thousands would be as many."""
    if connection.vendor == "postgresql":
        sql = "SELECT value::bigint FROM json_array_elements_text(%s::json)"
    else:
        sql = "SELECT value FROM json_each(%s)"
    return RawSQL(sql, [json.dumps(keys)])  # noqa: S611 - the keys are ours, and a parameter


def card_of(profile):
    """What components/card_personne.html shows of a profile that has its `reader_level`."""
    shown = fields_at(profile, profile.reader_level)
    body = profile.organization_label if "organization" in shown else ""
    place = profile.territory if "territory" in shown else None
    return {
        "title": profile.user.get_full_name() or _("Member"),
        "url": profile.get_absolute_url(),
        "function": profile.job_title if "job_title" in shown else "",
        "organisation": body,
        "territory": place.name if place else "",
        "help": profile.help_topics if "help_topics" in shown else "",
        "portrait": profile if "portrait" in shown and profile.portrait else None,
    }

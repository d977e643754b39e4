"""The people of the directory, as one reader may find and count them.

A field that a reader may not read neither filters nor counts: each filter goes with the
condition that shows its field (members.permissions), and so does each count.
"""

import json
from collections import Counter

import numpy as np
from django.db import connection
from django.db.models import F
from django.db.models.expressions import RawSQL
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from network_site.directory.facets import DirectoryFilters, Group, Option
from network_site.members.languages import NAMES, language_choices, language_label
from network_site.members.models import Organization, Profile
from network_site.members.permissions import (
    field_filter,
    fields_at,
    with_levels,
    words_filter,
)
from network_site.taxonomies.models import Territory

BY_NAME, RECENT = "name", "recent"
ORDERS = {
    BY_NAME: ("name_key", "pk"),
    RECENT: (F("decided_at").desc(nulls_last=True), "-pk"),
}


# The fields that are counted: {field: the column that holds what it says}.
_COUNTED = {
    "territory": "territory",
    "organization": "organization",
    "themes": "theme_keys",
    "languages": "language_keys",
}


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
    def _table(self):
        """Everybody whose sheet the reader may open, in columns: read once for every count.

        The right to read a field is that of members.permissions.fields_at: a visibility of
        the reader's level towards this person, or wider.
        """
        people = Profile.objects.approved().filter(field_filter(self.user))
        rows = (
            with_levels(people, self.user)
            .order_by()
            .values_list(
                "pk",
                "reader_level",
                *(f"{field}_visibility" for field in _COUNTED),
                *_COUNTED.values(),
            )
        )
        columns = list(zip(*rows, strict=True)) or [()] * (2 + 2 * len(_COUNTED))
        keys, levels = np.array(columns[0], np.int64), np.array(columns[1], np.int8)
        visibilities, values = columns[2 : 2 + len(_COUNTED)], columns[-len(_COUNTED) :]
        return keys, {
            field: Column(values[place], np.array(visibilities[place]) >= levels)
            for place, field in enumerate(_COUNTED)
        }

    @cached_property
    def _facets(self):
        """{name: what the people have of it}, each a facets.Column with its options."""
        _keys, columns = self._table
        themes, places = columns["themes"], columns["territory"]
        bodies, languages = columns["organization"], columns["languages"]
        above = {theme.pk: self._branch_of(theme) for theme in self.all_themes}
        themes.name(
            lambda text: {
                path for key in text.split() for path in above.get(int(key), ())
            }
        )
        inside = self._places_above(places.distinct)
        places.name(lambda key: inside.get(key, set()))
        kinds = dict(
            Organization.objects.filter(
                pk__in=as_values([key for key in bodies.distinct if key])
            ).values_list("pk", "kind")
        )
        bodies.name(lambda key: {key, kinds.get(key)} - {None})
        languages.name(lambda text: set(text.split()))
        return columns

    def _branch_of(self, theme):
        """The paths of a theme and of the broader ones."""
        step = type(theme).steplen
        return [theme.path[:end] for end in range(step, len(theme.path) + 1, step)]

    def _places_above(self, keys):
        """{key: the places that hold it, itself included}."""
        rows = Territory.objects.filter(
            pk__in=as_values([key for key in keys if key])
        ).values_list("pk", "parent", "parent__parent")
        return {row[0]: set(row) - {None} for row in rows}

    @cached_property
    def _masks(self):
        """{filter: who passes it}; a field that is not read lets nobody through."""
        keys, _columns = self._table
        masks = {}
        if self.words:
            masks["words"] = np.isin(keys, np.array(self._found, np.int64))
        chosen = {
            "organization": ("organization", {body.pk for body in self.organizations}),
            "kind": ("organization", set(self.kinds)),
            "territory": ("territory", {place.pk for place in self.territories}),
            "theme": ("themes", {theme.path for theme in self.themes}),
            "language": ("languages", set(self.languages)),
        }
        for name, (field, wanted) in chosen.items():
            if wanted:
                masks[name] = self._facets[field].having(wanted)
        return masks

    def _passing(self, but=""):
        """Who passes every filter, the one named `but` set aside."""
        keys, _columns = self._table
        passing = np.ones(len(keys), bool)
        for name, mask in self._masks.items():
            if name != but:
                passing &= mask
        return passing

    @cached_property
    def _found(self):
        """The keys of those in whose words the reader finds all that are asked."""
        if not self.folded:
            # Signs without a word find nobody.
            return []
        people = Profile.objects.approved().filter(words_filter(self.user, self.folded))
        return list(people.order_by().values_list("pk", flat=True))

    @cached_property
    def total(self):
        """How many people pass every filter."""
        return int(self._passing().sum())

    def results(self):
        """The people, in the order asked for, with what their cards need."""
        people = Profile.objects.approved().filter(field_filter(self.user))
        if self._masks:
            keys, _columns = self._table
            people = people.filter(pk__in=as_values(keys[self._passing()].tolist()))
        people = people.select_related("user", "organization", "territory")
        return with_levels(people, self.user).order_by(*ORDERS[self.order])

    # The counts

    @cached_property
    def groups(self):
        """The facets, choices without anybody left out unless they are set."""
        counts = {
            name: self._facets[field].counts(self._passing(name))
            for name, field in (
                ("theme", "themes"),
                ("territory", "territory"),
                ("kind", "organization"),
                ("language", "languages"),
            )
        }
        return [
            self._theme_group(counts["theme"]),
            self._territory_group(counts["territory"]),
            self._kind_group(_("Kind of organisation"), counts["kind"]),
            self._language_group(counts["language"]),
        ]

    def _language_group(self, counts):
        options = [
            Option(code, capfirst(label), counts[code], code in self.languages)
            for code, label in language_choices()
            if counts[code] or code in self.languages
        ]
        options.sort(key=lambda option: (not option.checked, -option.count))
        return Group("language", _("Language"), options)


class Column:
    """What each person has in one field: a code for each, and what each code stands for."""

    def __init__(self, values, reads):
        codes = {}
        self._codes = np.array(
            [codes.setdefault(value, len(codes)) for value in values], np.int64
        )
        self.distinct = list(codes)
        self._reads = reads

    def name(self, options_of):
        """Say what a value stands for: `options_of(value)` is a set of options."""
        self._options = [options_of(value) for value in self.distinct]

    def having(self, wanted):
        """Who has one of the options `wanted`, in a field that is read."""
        has = np.array([not wanted.isdisjoint(one) for one in self._options], bool)
        if not len(has):
            return self._reads
        return self._reads & has[self._codes]

    def counts(self, people):
        """{option: how many of `people` have it}, each person once."""
        totals = np.bincount(
            self._codes[people & self._reads], minlength=len(self.distinct)
        )
        counts = Counter()
        for place in np.flatnonzero(totals).tolist():
            for option in self._options[place]:
                counts[option] += int(totals[place])
        return counts


def as_values(keys):
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

"""The people of the directory, as one reader may find and count them.

A field that a reader may not read neither filters nor counts: each filter goes with the
condition that shows its field (members.permissions), and so does each count.
"""

from collections import Counter

import numpy as np
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from network_site.directory.facets import DirectoryFilters, Group, Option
from network_site.directory.snapshot import Levels, Seen, snapshot
from network_site.members.enums import FieldVisibility
from network_site.members.languages import NAMES, language_choices, language_label
from network_site.members.models import Organization, Profile
from network_site.members.permissions import (
    field_filter,
    fields_at,
    levels_of,
    peers_of,
    with_levels,
    words_filters,
)

BY_NAME, RECENT = "name", "recent"


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
    def _snapshot(self):
        return snapshot()

    @cached_property
    def _seen(self):
        others, peers = levels_of(self.user)
        return Seen(
            self._snapshot,
            Levels(others, peers, FieldVisibility.NOBODY),
            peers_of(self.user),
            self.user.pk,
        )

    @cached_property
    def _masks(self):
        """{filter: who passes it}; a field that is not read lets nobody through."""
        masks = {}
        if self.words:
            masks["words"] = np.isin(
                self._snapshot.keys, np.array(self._found, np.int64)
            )
        chosen = {
            "organization": ("organization", {body.pk for body in self.organizations}),
            "kind": ("organization", set(self.kinds)),
            "territory": ("territory", {place.pk for place in self.territories}),
            "theme": ("themes", {theme.path for theme in self.themes}),
            "language": ("languages", set(self.languages)),
        }
        for name, (field, wanted) in chosen.items():
            if wanted:
                has = self._snapshot.columns[field].having(wanted)
                masks[name] = has & self._seen.reads(field)
        return masks

    def _passing(self, but=""):
        """Who passes every filter, the one named `but` set aside."""
        passing = self._seen.sheets.copy()
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
        first, *others = (
            Profile.objects.approved().filter(condition).order_by().values_list("pk")
            for condition in words_filters(self.user, self.folded)
        )
        return [key for (key,) in first.union(*others).order_by()]

    @cached_property
    def keys(self):
        """The keys of those who pass every filter, in the order asked for."""
        everybody, passing = self._snapshot.keys, self._passing()
        if self.order == RECENT:
            recent = self._snapshot.recent
            return everybody[recent[passing[recent]]].tolist()
        return everybody[passing].tolist()

    def rows(self, keys):
        """The people of `keys` (some of `self.keys`), in their order, for their cards.

        The database is asked again whether the reader may open each sheet.
        """
        people = (
            Profile.objects.approved()
            .filter(field_filter(self.user), pk__in=keys)
            .select_related("user", "organization", "territory")
        )
        found = {profile.pk: profile for profile in with_levels(people, self.user)}
        return [found[key] for key in keys if key in found]

    # The counts

    @cached_property
    def groups(self):
        """The facets, choices without anybody left out unless they are set."""
        counts = {
            name: Counter(
                self._snapshot.columns[field].counts(
                    self._passing(name) & self._seen.reads(field)
                )
            )
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

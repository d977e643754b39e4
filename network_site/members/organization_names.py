"""The names of organisations, offered while one types."""

from typing import NamedTuple

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import get_language

from network_site.core.text import fold
from network_site.members.domains import known_domain_of
from network_site.members.models import Organization, OrganizationAlias

MOST = 8
SHORTEST = 2
LONGEST = 200
# Seconds during which a new organisation may not be offered yet.
FRESH = 60
_KEY = "members.organization_names"


class Offered(NamedTuple):
    """A listed organisation, with what is needed to offer it."""

    pk: int
    name: str
    name_en: str
    slug: str

    @property
    def label(self):
        """The name in the language of the interface."""
        if self.name_en and (get_language() or "").startswith("en"):
            return self.name_en
        return self.name

    @property
    def url(self):
        return reverse("organization", args=[self.slug])


def _entries():
    """[(folded words, [folded names], Offered)] of the listed organisations, by name."""
    found = cache.get(_KEY)
    if found is None:
        former = {}
        for pk, name in OrganizationAlias.objects.values_list("organization", "name"):
            former.setdefault(pk, []).append(name)
        found = []
        rows = Organization.objects.listed().order_by("name", "pk")
        for *own, acronym in rows.values_list(
            "pk", "name", "name_en", "slug", "acronym"
        ):
            one = Offered(*own)
            names = [one.name, one.name_en, acronym, *former.get(one.pk, [])]
            folded = [fold(name) for name in names if name]
            found.append((f" {' '.join(folded)}", folded, tuple(one)))
        cache.set(_KEY, found, FRESH)
    return found


def organizations_like(text):
    """At most MOST Offered whose names hold words that begin as those of `text`.

    Accents and capitals do not count. First those whose name, acronym or former name is
    `text`, then those that begin with it, then the others by name.
    """
    folded = fold(text[:LONGEST])
    if len(folded) < SHORTEST:
        return []
    starts = [f" {word}" for word in folded.split()]
    matches = [
        (folded not in names, not any(name.startswith(folded) for name in names), one)
        for haystack, names, one in _entries()
        if all(start in haystack for start in starts)
    ]
    # The order of names stays within each rank.
    matches.sort(key=lambda match: match[:2])
    return [Offered(*one) for _exact, _start, one in matches[:MOST]]


def organization_of_address(email):
    """The listed organisation whose domain is that of `email` (or of a bare domain); or None."""
    known = known_domain_of(email)
    organization = known and known.organization
    return organization if organization and organization.is_listed else None

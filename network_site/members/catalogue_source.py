"""What the catalogue holds of people and of organisations, and who reads what of a person."""

import numpy as np
from django.utils.translation import gettext_lazy as _

from network_site.catalogue.gates import Audience, audience
from network_site.catalogue.registry import (
    Built,
    Facet,
    Right,
    Source,
    Term,
    Vocabulary,
    Watch,
    add_facets,
    add_vocabulary,
    derived_facet,
    source,
)
from network_site.members.enums import FieldVisibility, OrganizationKind
from network_site.members.models import Organization, Profile, SpokenLanguage
from network_site.members.permissions import levels_of, peers_of

PERSON, ORGANIZATION = "person", "organization"
PEOPLE, ORGANIZATIONS = "members.profile", "members.organization"
# The vocabulary of organisations: what a facet or a card calls them.
BODIES = "body"
# The path of a person tells who reads the sheet, then each field that is counted, one sign each:
# "s/32210/". The database writes it in the statement that changes a visibility.
_PREFIX, _BODY_PREFIX = "s/", "o/"
# {field of a sheet: the facets by which it filters and counts}.
_FACETS = {
    "territory": ("territory",),
    "organization": ("employer", "employer_kind"),
    "themes": ("theme",),
    "languages": ("spoken",),
}
_VISIBILITIES = [f"{field}_visibility" for field in ("sheet", *_FACETS)]


def _bodies():
    return [
        Term(pk, slug, None, name, name_en, kind, code=acronym)
        for pk, slug, name, name_en, kind, acronym in Organization.objects.order_by(
            "name", "pk"
        ).values_list("pk", "slug", "name", "name_en", "kind", "acronym")
    ]


add_vocabulary(Vocabulary(BODIES, (Organization,), _bodies, is_flat=True))
add_facets(
    # Who issued a text, carries a practice, organises a day.
    Facet("body"),
    Facet("employer"),
    Facet("spoken"),
    Facet("organization_kind"),
)


@source
class PersonSource(Source):
    """Admitted people, each in their audience."""

    root = PEOPLE
    kinds = (PERSON,)
    labels = {PERSON: _("Members")}
    right = Right(
        Profile,
        "{row}.status = 'approved'",
        f"'{_PREFIX}'"
        + "".join(f" || {{row}}.{name}" for name in _VISIBILITIES)
        + " || '/'",
        ("status", *_VISIBILITIES),
    )
    watches = (
        Watch(
            Profile,
            "id",
            (
                "name_key",
                "status",
                "decided_at",
                "user_id",
                "territory_id",
                "organization_id",
                *_VISIBILITIES,
            ),
        ),
        Watch(Profile.themes.through, "profile_id"),
        Watch(SpokenLanguage, "profile_id"),
    )

    def ids(self):
        return Profile.objects.approved().order_by().values_list("pk", flat=True)

    def build(self, ids):
        themes = _linked(Profile.themes.through, "profile_id", "theme_id", ids)
        spoken = _linked(SpokenLanguage, "profile_id", "code", ids)
        for one in Profile.objects.approved().filter(pk__in=ids).order_by():
            signs = "".join(str(int(getattr(one, name))) for name in _VISIBILITIES)
            yield Built(
                one.pk,
                PERSON,
                f"{_PREFIX}{signs}/",
                True,
                # In the order of a list of names; folded already.
                title=one.name_key,
                facets={
                    "theme": themes.get(one.pk, []),
                    "spoken": spoken.get(one.pk, []),
                    "territory": [one.territory_id] if one.territory_id else [],
                    "employer": [one.organization_id] if one.organization_id else [],
                },
                keys={
                    "user": one.user_id,
                    "joined": one.decided_at.timestamp() if one.decided_at else None,
                },
            )


@source
class OrganizationSource(Source):
    """Organisations that have a sheet in the directory, read by everyone."""

    root = ORGANIZATIONS
    kinds = (ORGANIZATION,)
    labels = {ORGANIZATION: _("Organisations")}
    right = Right(Organization, "{row}.is_listed", f"'{_BODY_PREFIX}'", ("is_listed",))
    watches = (
        Watch(Organization, "id", ("name", "kind", "territory_id", "is_listed")),
        Watch(Organization.themes.through, "organization_id"),
    )

    def ids(self):
        return Organization.objects.order_by().values_list("pk", flat=True)

    def build(self, ids):
        link = Organization.themes.through
        themes = _linked(link, "organization_id", "theme_id", ids)
        for one in Organization.objects.filter(pk__in=ids).order_by():
            yield Built(
                one.pk,
                ORGANIZATION,
                _BODY_PREFIX,
                one.is_listed,
                title=one.name,
                facets={
                    "theme": themes.get(one.pk, []),
                    "territory": [one.territory_id] if one.territory_id else [],
                    "place": [one.territory_id] if one.territory_id else [],
                    "organization_kind": [one.kind],
                },
            )


def _linked(model, owner, value, ids):
    """{number: what is linked to it} in one query."""
    found = {}
    rows = model.objects.filter(**{f"{owner}__in": ids}).order_by("pk")
    for number, linked in rows.values_list(owner, value):
        found.setdefault(number, []).append(linked)
    return found


@derived_facet("employer_kind")
def employer_kinds(catalogue):
    """The kind of the organisation for which somebody works, listed in the directory or not."""
    kinds = {kind.value: [] for kind in OrganizationKind}
    for body in catalogue.terms(BODIES):
        kinds.setdefault(body.kind, []).append(body.pk)
    return {kind: catalogue.having("employer", pks) for kind, pks in kinds.items()}


@audience(PERSON)
def read_of_people(columns, user):
    """Whose sheet is closed to `user`, and whose fields (members.permissions.field_filter)."""
    others, peers = levels_of(user)
    places, signs = columns.signs_under(_PREFIX, len(_VISIBILITIES))
    visible = signs - np.uint8(ord("0"))
    levels = np.full(len(places), others, np.uint8)
    owners = columns.key("user")[places]
    if shared := peers_of(user):
        levels[np.isin(owners, list(shared))] = peers
    if user.pk:
        levels[owners == user.pk] = FieldVisibility.NOBODY
    closed = np.zeros(len(columns), bool)
    closed[places] = visible[:, 0] < levels
    veiled = {}
    for place, facets in enumerate(_FACETS.values(), start=1):
        mask = np.zeros(len(columns), bool)
        mask[places] = visible[:, place] < levels
        veiled |= dict.fromkeys(facets, mask)
    return Audience(closed, veiled)

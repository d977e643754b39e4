"""Whom to write to about what is asked: a unit's address, an organisation, a member.

What no longer exists is never offered as somebody to write to; where it is what was asked
for, the list says that it is gone.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Q, When
from django.urls import reverse
from django.utils.translation import gettext as _

from network_site.directory.people import card_of
from network_site.members import roles
from network_site.members.models import ContactPoint, Organization, Profile
from network_site.members.permissions import field_filter, with_levels

MOST_BODIES, MOST_GONE, MOST_PEOPLE = 4, 2, 3
# Looked at before the nearest are chosen.
CANDIDATES = 40
ORGANIZATION_MODEL, PROFILE_MODEL = "members.organization", "members.profile"


@dataclass
class Contact:
    """Somebody to write to: `email`, or `write_url` (the network passes the letter on)."""

    name: str
    url: str
    aside: str = ""
    why: str = ""
    email: str = ""
    write_url: str = ""
    checked: datetime | None = None
    # What is said of a body that no longer exists.
    gone: str = ""


def contacts(answer):
    """(those who can be written to, bodies without a way to write to, bodies that are gone)."""
    bodies = _organizations(answer)
    points = _points(answer)
    writable = [_point(one, answer) for one in points if not one.organization.dissolved]
    named = {one.organization_id for one in points if not one.organization.dissolved}
    others, gone = [], []
    for body in bodies:
        if body.dissolved:
            if body.is_named:
                gone.append(_body(body, answer))
        elif body.contact_email and _may_write(answer.user):
            if body.pk not in named:
                writable.append(_body(body, answer))
        else:
            others.append(_body(body, answer))
    people = _people(answer)
    return (
        [*writable[:MOST_BODIES], *people[:MOST_PEOPLE]],
        others[:MOST_BODIES],
        gone[:MOST_GONE],
    )


def _may_write(user):
    """Whether the relay is offered: to members, and to visitors, whom it leads to log in."""
    return not user.is_authenticated or roles.is_member(user)


def _themes(answer):
    """The numbers of the themes asked for and of those below them."""
    terms = answer.catalogue.terms("theme")
    return [one for pk in answer.themes for one in terms.within(pk)]


def _chain(answer):
    """The place and those that it lies in, the nearest first."""
    return answer.territories.above(answer.here.pk) if answer.here else ()


def _distance(answer, territory):
    """How far from the place a body of `territory` acts: 0 here, then outwards."""
    if answer.here is None or territory is None:
        # A national body acts here too, after those of the place.
        return 5
    if answer.here.pk in answer.territories.above(territory):
        return 0
    chain = _chain(answer)
    if territory in chain:
        return chain.index(territory)
    near = [
        rank
        for rank, pk in enumerate(chain)
        if pk in answer.territories.above(territory)
    ]
    return near[0] + 0.5 if near else 9


def _within(answer):
    return answer.territories.within(answer.here.pk) if answer.here else []


def _organizations(answer):
    hits = answer.hits(ORGANIZATION_MODEL)
    condition = Q(pk__in=list(hits)[:CANDIDATES])
    if themes := _themes(answer):
        condition |= Q(themes__in=themes)
    if not answer.words and not answer.theme:
        condition = Q(territory__in=[*_within(answer), *_chain(answer)])
    bodies = list(Organization.objects.listed().filter(condition).distinct()[:200])
    for body in bodies:
        body.is_named = body.pk in hits or not answer.words
        body.far = _distance(answer, body.territory_id)
    bodies = [body for body in bodies if body.far < 9 or body.pk in hits]
    return sorted(
        bodies, key=lambda one: (one.far, -hits.get(one.pk, 0), one.name, one.pk)
    )


def _points(answer):
    condition = Q()
    if themes := _themes(answer):
        condition |= Q(themes__in=themes)
    if answer.here is not None:
        condition |= Q(territory__in=[*_within(answer), *_chain(answer)])
    if not condition:
        return []
    found = ContactPoint.objects.filter(condition).select_related("organization")
    found = list(found.distinct().order_by("label", "pk")[:CANDIDATES])
    far = {one.pk: _distance(answer, one.territory_id) for one in found}
    return sorted(
        (one for one in found if far[one.pk] < 9),
        key=lambda one: (far[one.pk], one.label, one.pk),
    )


def _place(answer, territory):
    term = answer.territories.by_pk.get(territory)
    return answer.name(term) if term else ""


def _point(point, answer):
    return Contact(
        name=point.label,
        url=point.organization.get_absolute_url(),
        aside=point.organization.label,
        why=_place(answer, point.territory_id),
        email=point.email,
        checked=point.organization.updated_at,
    )


def _body(body, answer):
    writable = body.contact_email and not body.dissolved and _may_write(answer.user)
    return Contact(
        name=body.label,
        url=body.get_absolute_url(),
        aside=body.get_kind_display(),
        why=_place(answer, body.territory_id),
        write_url=reverse("organization_contact", args=[body.slug]) if writable else "",
        checked=body.updated_at,
        gone=_("It no longer exists (%(when)s).") % {"when": body.dissolved}
        if body.dissolved
        else "",
    )


def _people(answer):
    """Members whose sheet the reader opens and who take letters, the nearest first."""
    user = answer.user
    if not answer.is_asked or not _may_write(user):
        return []
    hits = answer.hits(PROFILE_MODEL) or answer.hits(PROFILE_MODEL, loose=True)
    condition = Q(pk__in=list(hits)[:CANDIDATES])
    if themes := _themes(answer):
        condition |= field_filter(user, "themes") & Q(themes__in=themes)
    if answer.here is not None:
        condition |= field_filter(user, "territory") & Q(
            territory__in=[*_within(answer), *_chain(answer)]
        )
    # Who leads the network answers to whoever finds nobody nearer.
    leads = Q(user__groups__role__code=roles.FACILITATORS)
    people = (
        Profile.objects.approved()
        .visible_to(user)
        .filter(condition | leads, accepts_contact=True, user__is_active=True)
        .annotate(is_nearer=Case(When(condition, then=1), default=0))
        .select_related("user", "organization", "territory")
        .order_by("-is_nearer", "pk")
        .distinct()
    )
    if user.is_authenticated:
        people = people.exclude(user=user)
    people = list(
        {one.pk: one for one in with_levels(people, user)[:CANDIDATES]}.values()
    )
    people = [one for one in people if one.is_nearer] or people
    for one in people:
        is_read = min(one.territory_visibility, one.sheet_visibility)
        one.far = 7
        if is_read >= one.reader_level:
            one.far = _distance(answer, one.territory_id)
    people.sort(key=lambda one: (one.far, -hits.get(one.pk, 0), one.pk))
    return [_person(one) for one in people]


def _person(profile):
    card = card_of(profile)
    said = [card["function"], card["organisation"]]
    return Contact(
        name=card["title"],
        url=card["url"],
        aside=", ".join(filter(None, map(str, said))),
        why=card["territory"],
        write_url=reverse("person_contact", args=[profile.pk]),
    )

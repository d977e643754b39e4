"""Which roles of the back office a person holds (docs/permissions.md)."""

from enum import StrEnum

from network_site.members import roles
from network_site.members.enums import BodyRole
from network_site.members.models import BodyGroup


class Staff(StrEnum):
    # Whoever may enter, a group of an administrator's own making included.
    ANY = "any"
    CONTRIBUTOR = "contributor"
    BODY_CONTRIBUTOR = "body contributor"
    BODY_CURATOR = "body curator"
    CURATOR = "curator"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    FACILITATOR = "facilitator"


_OF_THE_NETWORK = {
    roles.CONTRIBUTORS: Staff.CONTRIBUTOR,
    roles.CURATORS: Staff.CURATOR,
    roles.REVIEWERS: Staff.REVIEWER,
    roles.EDITORS: Staff.EDITOR,
    roles.FACILITATORS: Staff.FACILITATOR,
}
_OF_A_BODY = {
    BodyRole.CONTRIBUTOR: Staff.BODY_CONTRIBUTOR,
    BodyRole.CURATOR: Staff.BODY_CURATOR,
}


def staff_roles(user):
    """The roles of `user` in the back office; empty for whoever may not enter it."""
    if not user.has_perm("wagtailadmin.access_admin"):
        return frozenset()
    held = {Staff.ANY}
    codes = roles.codes_of(user)
    held.update(role for code, role in _OF_THE_NETWORK.items() if code in codes)
    of_bodies = BodyGroup.objects.filter(group__user=user).order_by()
    held.update(_OF_A_BODY[role] for role in of_bodies.values_list("role", flat=True))
    return frozenset(held)

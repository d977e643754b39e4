"""Who may see and decide what about people: one rule for lists, one for an object."""

from django.db.models import Q

from network_site.members import roles
from network_site.members.enums import MembershipStatus


def profile_filter(user):
    """The condition under which `user` sees a profile in a list."""
    if not user.is_authenticated:
        return Q(pk__in=[])
    if user.is_superuser:
        return Q()
    own = Q(user=user)
    if roles.is_member(user):
        own |= Q(status=MembershipStatus.APPROVED)
    return own


def can_view_profile(user, profile):
    """Whether `user` may open `profile`: members see members, all see themselves."""
    if not user.is_authenticated:
        return False
    if user.is_superuser or profile.user_id == user.pk:
        return True
    return profile.status == MembershipStatus.APPROVED and roles.is_member(user)


def can_decide_admission(user):
    """Whether `user` may admit or refuse: facilitators."""
    return roles.is_facilitator(user)

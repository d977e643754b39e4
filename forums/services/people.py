"""Who is in a private space: the same group opens all that it reads."""

from django.db import transaction

from network_site.members.groups import is_space
from network_site.members.models import Profile
from network_site.members.services import spaces


@transaction.atomic
def add_person(*, forum, user, by, through_employer=False):
    """Open the private space to `user`; returns whether anything changed.

    `through_employer`: the place is given to who represents their present organisation, and
    ends with it; otherwise it is the person's own. Raises spaces.NotASpace, spaces.NotAMember,
    and ValueError when the person has no organisation of the directory to represent.
    """
    organization = None
    if through_employer:
        organization = (
            Profile.objects.select_related("organization").get(user=user).organization
        )
        if organization is None:
            raise ValueError("no organisation of the directory")
    return spaces.grant_space(
        user=user, group=forum.group, by=by, organization=organization
    )


@transaction.atomic
def remove_person(*, forum, user, by):
    """Take the place of `user` back; returns whether they had one. By themselves, they leave.

    Raises spaces.NotASpace: nobody is taken out of a role here.
    """
    if not is_space(forum.group):
        raise spaces.NotASpace(forum.group.name)
    # Whoever comes back later does not look after the space again by themselves.
    for other in forum.group.forums.all():
        other.facilitators.remove(user)
    return spaces.withdraw_space(
        user=user,
        group=forum.group,
        by=by,
        why=spaces.LEFT if by == user else spaces.REMOVED,
    )

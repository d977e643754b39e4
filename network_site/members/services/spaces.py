"""Places in private spaces: given, taken back, and why."""

from django.db import transaction

from network_site.catalogue.marks import touch
from network_site.core.outbox import emit
from network_site.journal.enums import Action
from network_site.journal.services import record
from network_site.members import roles
from network_site.members.groups import is_space
from network_site.members.models import SpaceGrant

# Why a place was taken back: codes of the journal and of the mails.
REMOVED, LEFT, EMPLOYER = "removed", "left", "employer"


class NotASpace(ValueError):
    """The group is a role of the network, a body's own, or holds rights: it is no space's."""


class NotAMember(ValueError):
    """Only an admitted member has a place in a space."""


@transaction.atomic
def grant_space(*, user, group, by, organization=None):
    """Give `user` a place in `group`, through `organization` or (None) as their own.

    Returns whether anything changed: a second submission does nothing. Raises NotASpace,
    NotAMember. Whether `by` may do so is the space's own rule.
    """
    if not is_space(group):
        raise NotASpace(group.name)
    if not roles.is_member(user):
        raise NotAMember(user.pk)
    grant, created = SpaceGrant.objects.select_for_update().get_or_create(
        user=user,
        group=group,
        defaults={"organization": organization, "granted_by": by},
    )
    was_in = user.groups.filter(pk=group.pk).exists()
    if not created and was_in and grant.organization == organization:
        return False
    grant.organization, grant.granted_by = organization, by
    grant.save(update_fields=["organization", "granted_by"])
    user.groups.add(group)
    roles.forget_groups(user)
    record(
        Action.SPACE_GRANTED,
        actor=by,
        subject=user,
        about=group,
        organization=organization.pk if organization else None,
    )
    _changed(user)
    if not was_in:
        emit("space.granted", grant_id=grant.pk)
    return True


@transaction.atomic
def withdraw_space(*, user, group, by, why=REMOVED):
    """Take the place of `user` in `group` back; returns whether they had one.

    `why` is REMOVED, LEFT (by themselves) or EMPLOYER (then the mail of the change of employer
    says it, and none is sent here).
    """
    SpaceGrant.objects.filter(user=user, group=group).delete()
    if not user.groups.filter(pk=group.pk).exists():
        return False
    user.groups.remove(group)
    roles.forget_groups(user)
    record(Action.SPACE_WITHDRAWN, actor=by, subject=user, about=group, reason=why)
    _changed(user)
    if why == REMOVED:
        emit("space.withdrawn", user_id=user.pk, group_id=group.pk)
    return True


def _changed(user):
    # Who shares a space with them reads more of their sheet, or no longer does.
    profile = getattr(user, "profile", None)
    if profile is not None:
        touch(profile)

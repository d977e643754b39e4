"""Which groups are those of private spaces.

A group is a role of the network (models.Role), a body's own (models.BodyGroup), one that an
administrator made to give rights, or a private space's: one of the first three never is one of
the last. Whoever looks after a space chooses its people, hence a space's group holds no right
at all, and a group that holds any is no space's, whatever it is given to.
"""

from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef, Q
from wagtail.models import (
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
)

# What says that a group may do something: (model, the column that names the group).
RIGHTS = (
    (Group.permissions.through, "group"),
    (GroupPagePermission, "group"),
    (GroupCollectionPermission, "group"),
    (GroupSitePermission, "group"),
    # Whoever answers in a workflow edits what waits there.
    (GroupApprovalTask.groups.through, "group"),
)


def with_rights():
    """The condition "this group may do something"."""
    condition = Q()
    for model, column in RIGHTS:
        condition |= Q(Exists(model.objects.filter(**{column: OuterRef("pk")})))
    return condition


def space_groups():
    """The groups that are those of private spaces."""
    return Group.objects.filter(
        ~with_rights(), role__isnull=True, body_group__isnull=True
    )


def is_space(group):
    """Whether `group` is that of a private space, used by one already or not."""
    return group.pk is not None and space_groups().filter(pk=group.pk).exists()


def uses_of(group):
    """The names of the relations by which something names `group`: readers, places, a space.

    What it may do, what it is and who is in it are left out.
    """
    rights = {model for model, _column in RIGHTS}
    found = set()
    for relation in Group._meta.related_objects:
        through = getattr(relation, "through", None)
        if (
            relation.name in {"user", "role", "body_group"}
            or relation.related_model in rights
            or through in rights
        ):
            continue
        things = relation.related_model._default_manager
        if things.filter(**{relation.field.name: group}).exists():
            found.add(relation.name)
    return found

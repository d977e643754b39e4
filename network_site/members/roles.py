"""The roles of the network, and who holds them; docs/permissions.md says what each may do.

A role is its code: the group that holds it bears a name that an administrator may change.
Ask `groups__role__code=roles.FACILITATORS` for its people, `group_of` for the group.
"""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Prefetch, Q

from network_site.catalogue.kept import kept
from network_site.core.compiled import compiled
from network_site.members.enums import RoleCode
from network_site.members.models import BodyGroup, Role

MEMBERS = RoleCode.MEMBER
CONTRIBUTORS = RoleCode.CONTRIBUTOR
CURATORS = RoleCode.CURATOR
EDITORS = RoleCode.EDITOR
REVIEWERS = RoleCode.REVIEWER
FACILITATORS = RoleCode.FACILITATOR

# Those whose group opens the back office.
STAFF = (CONTRIBUTORS, CURATORS, REVIEWERS, EDITORS, FACILITATORS)
ALL = (MEMBERS, *STAFF)

# What each group is called first, in French as the admin shows the names of groups as they are.
_FIRST_NAMES = {
    MEMBERS: "Membres",
    CONTRIBUTORS: "Contributeurs",
    CURATORS: "Curation",
    EDITORS: "Rédaction nationale",
    REVIEWERS: "Relecture",
    FACILITATORS: "Animation",
}


def groups_with_roles():
    """For prefetch_related(): `groups`, read with what `code_of` asks, in one query."""
    return Prefetch("groups", Group.objects.select_related("role"))


@transaction.atomic
def create_groups():
    """Return {code: Group}, with those made that are missing; what stands stays as it is."""
    groups = {
        role.code: role.group for role in Role.objects.select_related("group").all()
    }
    for code in ALL:
        if code not in groups:
            groups[code] = Group.objects.get_or_create(name=_FIRST_NAMES[code])[0]
            Role.objects.create(code=code, group=groups[code])
    return groups


def group_of(code):
    """The group that holds the role `code`; raises Role.DoesNotExist."""
    return Role.objects.select_related("group").get(code=code).group


def code_of(group):
    """The role that `group` holds, "" for none; no query when read with its `role`."""
    role = getattr(group, "role", None)
    return role.code if role is not None else ""


def remember_groups(users):
    """Give each of `users` their groups, as the functions below read them, in one query."""
    users = list(users)
    by_key = {user.pk: [] for user in users}
    rows = get_user_model().groups.through.objects.filter(user__in=by_key)
    rows = rows.values_list("user_id", "group_id", "group__role__code")
    for user_id, group_id, code in rows:
        by_key[user_id].append((group_id, code))
    for user in users:
        user._group_ids = frozenset(pk for pk, _code in by_key[user.pk])
        user._role_codes = frozenset(code for _pk, code in by_key[user.pk] if code)
    return users


_with_groups = compiled(
    lambda pk: (
        get_user_model()
        .objects.filter(pk=pk)
        .annotate(one_group=F("groups"), one_role=F("groups__role__code"))
        .order_by()
    )
)


def read_with_groups(pk):
    """The user of this key with their groups, as the functions below read them, in one
    statement; None without one."""
    rows = _with_groups.objects(int(pk))
    if not rows:
        return None
    user = rows[0]
    user._group_ids = frozenset(row.one_group for row in rows if row.one_group)
    user._role_codes = frozenset(row.one_role for row in rows if row.one_role)
    return user


def forget_groups(user):
    """Forget what was read on this instance: their groups have changed."""
    for name in ("_group_ids", "_role_codes", "_space_group_ids"):
        if hasattr(user, name):
            delattr(user, name)


def group_ids(user):
    """The keys of the groups of `user`, read once a request; empty for a visitor."""
    if not user.is_authenticated:
        return frozenset()
    if not hasattr(user, "_group_ids"):
        remember_groups([user])
    return user._group_ids


def codes_of(user):
    """The roles (codes) of `user`, read once a request; empty for a visitor."""
    if not user.is_authenticated:
        return frozenset()
    if not hasattr(user, "_role_codes"):
        remember_groups([user])
    return user._role_codes


def is_member(user):
    """Whether `user` has been admitted to the network."""
    return user.is_authenticated and (user.is_superuser or MEMBERS in codes_of(user))


def is_facilitator(user):
    """Whether `user` runs the network: admissions, moderation, days."""
    return user.is_authenticated and (
        user.is_superuser or FACILITATORS in codes_of(user)
    )


def is_reviewer(user):
    """Whether `user` examines practices before they are published."""
    return user.is_authenticated and (
        user.is_superuser or bool({REVIEWERS, FACILITATORS} & codes_of(user))
    )


def _opens():
    """Of a group: a body's, or one to which an administrator gave access to the admin."""
    access = Group.permissions.through.objects.filter(
        group=OuterRef("pk"),
        permission__content_type__app_label="wagtailadmin",
        permission__codename="access_admin",
    )
    return Q(body_group__isnull=False) | Exists(access)


def opens_back_office(user):
    """Whether a group of `user` opens the admin: a role's, a body's, or another with that right."""
    if not user.is_authenticated:
        return False
    codes = codes_of(user)
    if user.is_superuser or codes.intersection(STAFF):
        return True
    # Most members have no other group than theirs: nothing more is asked.
    if len(group_ids(user)) == len(codes):
        return False
    return bool(group_ids(user) & _opening())


@kept("back_office", Role, BodyGroup, Group.permissions.through)
def _opening():
    """The keys of the groups that open the admin."""
    return frozenset(back_office_groups().values_list("pk", flat=True))


def back_office_groups():
    """The groups that open the admin: those of roles, of bodies, and others with that right."""
    return Group.objects.filter(Q(role__code__in=STAFF) | _opens())

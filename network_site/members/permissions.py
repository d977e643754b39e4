"""Who may see and decide what about people: one rule for lists, one for an object.

Each field of a sheet has its audience (enums.FieldVisibility) and is never shown more widely
than the sheet itself. A reader stands at a level: EVERYONE for a visitor, MEMBERS for a
member, SPACES for a member of one of the person's private spaces, NOBODY for the person. A
field is read by whoever stands at its visibility or below.
"""

from django.db.models import Case, Exists, OuterRef, Q, SmallIntegerField, Value, When
from django.db.models.functions import Cast

from network_site.members import roles
from network_site.members.enums import FieldVisibility, MembershipStatus
from network_site.members.groups import space_groups
from network_site.members.models import Profile

# Each has its "<name>_visibility" column.
FIELDS = (
    "job_title",
    "organization",
    "territory",
    "themes",
    "help_topics",
    "languages",
    "presentation",
    "portrait",
)


def space_group_ids(user):
    """The keys of the private spaces' groups of `user` (members.groups)."""
    ids = getattr(user, "_space_group_ids", None)
    if ids is None:
        # Most members have no other group than theirs: nothing more is asked.
        others = len(roles.group_ids(user)) > len(roles.codes_of(user))
        mine = space_groups().filter(user=user).values_list("pk", flat=True)
        ids = user._space_group_ids = frozenset(mine if others else ())
    return ids


def _level_of(user):
    """The level of `user` towards people with whom they share no space."""
    if roles.is_member(user):
        return FieldVisibility.MEMBERS
    return FieldVisibility.EVERYONE


def _shares_a_space(user, prefix=""):
    """The condition "this profile's person is in one of the private spaces of `user`"."""
    memberships = Profile.user.field.related_model.groups.through.objects.filter(
        user=OuterRef(f"{prefix}user"), group__in=space_group_ids(user)
    )
    return Exists(memberships)


def _shown_at(level, field, prefix):
    condition = Q(**{f"{prefix}sheet_visibility__gte": level})
    if field:
        condition &= Q(**{f"{prefix}{field}_visibility__gte": level})
    return condition


def field_filter(user, field="", prefix=""):
    """The condition under which `user` reads `field` of a profile; "" is the sheet itself.

    `prefix` leads to the profile from another model ("profile__").
    """
    approved = Q(**{f"{prefix}status": MembershipStatus.APPROVED})
    if user.is_authenticated and user.is_superuser:
        return Q()
    condition = approved & _shown_at(_level_of(user), field, prefix)
    if not user.is_authenticated:
        return condition
    if roles.is_member(user) and space_group_ids(user):
        condition |= (
            approved
            & _shown_at(FieldVisibility.SPACES, field, prefix)
            & Q(_shares_a_space(user, prefix))
        )
    return condition | Q(**{f"{prefix}user": user})


def words_filters(user, words):
    """The conditions, any of which suffices, that all of `words` stand in what `user` reads.

    `words` are folded; those of a field are found by its readers only. Apart from each other,
    since a database looks each up by its own way, and one that joins them by none.
    """

    def found_in(column):
        condition = Q()
        for word in words:
            condition &= Q(**{f"{column}__contains": word})
        return condition

    approved = Q(status=MembershipStatus.APPROVED)
    if user.is_authenticated and user.is_superuser:
        return [found_in("words_spaces")]
    level = _level_of(user)
    column = "words_members" if level == FieldVisibility.MEMBERS else "words_everyone"
    conditions = [approved & _shown_at(level, "", "") & found_in(column)]
    if not user.is_authenticated:
        return conditions
    own = Q(user=user) & found_in("words_spaces")
    if roles.is_member(user) and space_group_ids(user):
        memberships = Profile.user.field.related_model.groups.through.objects
        peers = memberships.filter(group__in=space_group_ids(user)).values("user")
        shown = approved & _shown_at(FieldVisibility.SPACES, "", "")
        conditions.append(shown & Q(user__in=peers) & found_in("words_spaces"))
    return [*conditions, own]


def with_levels(profiles, user):
    """`profiles` (admitted ones) with `reader_level`: what reading_level gives, in one query."""
    if not user.is_authenticated:
        level = Value(FieldVisibility.EVERYONE)
    elif user.is_superuser:
        level = Value(FieldVisibility.NOBODY)
    else:
        cases = [When(user=user, then=Value(FieldVisibility.NOBODY))]
        if roles.is_member(user) and space_group_ids(user):
            cases.append(
                When(_shares_a_space(user), then=Value(FieldVisibility.SPACES))
            )
        level = Case(*cases, default=Value(_level_of(user)))
    return profiles.annotate(reader_level=Cast(level, output_field=SmallIntegerField()))


def levels_of(user):
    """The levels at which `user` reads: (most people, members of the same spaces)."""
    if user.is_authenticated and user.is_superuser:
        return FieldVisibility.NOBODY, FieldVisibility.NOBODY
    return _level_of(user), FieldVisibility.SPACES


def peers_of(user):
    """The keys of the people who share a private space with `user`; empty for who is no member."""
    if not user.is_authenticated or user.is_superuser or not roles.is_member(user):
        return frozenset()
    if not space_group_ids(user):
        return frozenset()
    memberships = Profile.user.field.related_model.groups.through.objects.filter(
        group__in=space_group_ids(user)
    )
    return frozenset(memberships.values_list("user", flat=True))


def profile_filter(user):
    """The condition under which `user` sees a profile in a list."""
    return field_filter(user)


def reading_level(user, profile):
    """At which level `user` reads `profile`; None when its status shows it to nobody else."""
    if user.is_authenticated and (user.is_superuser or profile.user_id == user.pk):
        return FieldVisibility.NOBODY
    if profile.status != MembershipStatus.APPROVED:
        return None
    if not roles.is_member(user):
        return FieldVisibility.EVERYONE
    if space_group_ids(user) & space_group_ids(profile.user):
        return FieldVisibility.SPACES
    return FieldVisibility.MEMBERS


def fields_at(profile, level):
    """The fields of `profile` shown at `level`, as a frozenset; empty when the sheet is not."""
    if level is None or profile.sheet_visibility < level:
        return frozenset()
    return frozenset(
        field for field in FIELDS if getattr(profile, f"{field}_visibility") >= level
    )


def visible_fields(user, profile):
    """The fields of `profile` that `user` reads."""
    return fields_at(profile, reading_level(user, profile))


def can_view_profile(user, profile):
    """Whether `user` may open the sheet `profile`."""
    level = reading_level(user, profile)
    return level is not None and profile.sheet_visibility >= level


def can_decide_admission(user):
    """Whether `user` may admit or refuse: facilitators."""
    return roles.is_facilitator(user)


def can_sponsor(user):
    """Whether `user` may answer for somebody who wishes to join: an active member."""
    return user.is_active and user.left_at is None and roles.is_member(user)

"""The groups of the network, made by migration; docs/permissions.md says what each may do.

Groups carry French names because the admin shows them as they are.
"""

MEMBERS = "Membres"
CONTRIBUTORS = "Contributeurs"
CURATORS = "Curation"
EDITORS = "Rédaction nationale"
REVIEWERS = "Relecture"
FACILITATORS = "Animation"

# Those whose group opens the back office.
STAFF = (CONTRIBUTORS, CURATORS, REVIEWERS, EDITORS, FACILITATORS)
ALL = (MEMBERS, *STAFF)


def group_names(user):
    """The names of the groups of `user`, read once a request; empty for a visitor."""
    if not user.is_authenticated:
        return frozenset()
    names = getattr(user, "_role_names", None)
    if names is None:
        # With their keys, which the visibility of pages asks for (pages.visibility).
        rows = list(user.groups.values_list("pk", "name"))
        user._group_ids = frozenset(pk for pk, _name in rows)
        names = user._role_names = frozenset(name for _pk, name in rows)
    return names


def is_member(user):
    """Whether `user` has been admitted to the network."""
    return user.is_authenticated and (user.is_superuser or MEMBERS in group_names(user))


def is_facilitator(user):
    """Whether `user` runs the network: admissions, moderation, days."""
    return user.is_authenticated and (
        user.is_superuser or FACILITATORS in group_names(user)
    )


def is_editor(user):
    """Whether `user` publishes texts for a national service."""
    return user.is_authenticated and (user.is_superuser or EDITORS in group_names(user))


def is_reviewer(user):
    """Whether `user` examines practices before they are published."""
    return user.is_authenticated and (
        user.is_superuser or bool({REVIEWERS, FACILITATORS} & group_names(user))
    )

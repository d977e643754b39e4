"""Who composes, who sends, who answers proposals: docs/permissions.md."""

from network_site.members import roles


def can_send(user):
    """Whether `user` may send an issue: facilitators."""
    return user.is_active and user.has_perm("newsletters.send_dispatch")


def can_decide_contributions(user):
    """Whether `user` may answer what members propose: those who compose."""
    return user.is_active and user.has_perm("newsletters.decide_contribution")


def can_propose(user):
    """Whether `user` may propose something for the next issue: members."""
    return roles.is_member(user)

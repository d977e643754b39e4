"""Who may do what at an exchange day (docs/permissions.md)."""

from network_site.members import roles
from network_site.pages.visibility import can_view_page


def can_register(user, event):
    """Whether `user` may hold a place: an admitted member who may open the page."""
    return roles.is_member(user) and can_view_page(user, event)


def can_manage(user, event):
    """Whether `user` reads the list of registrations and may cancel the day.

    Facilitators, for the days they may open: a day of a private space stays with its group.
    """
    return roles.is_facilitator(user) and can_view_page(user, event)


def can_cancel(user, registration):
    """Whether `user` may give a place back: its own person, or a facilitator."""
    return user.pk == registration.user_id or can_manage(user, registration.event)

"""Who may write to whom through the relay: one answer for the button, the form and the mail."""

from network_site.directory.models import ContactBlock, ContactMessage
from network_site.members import roles
from network_site.members.enums import MembershipStatus
from network_site.members.permissions import can_view_profile


def has_written(sender, recipient):
    """Whether `sender` wrote to `recipient` lately: whoever writes is answered."""
    return ContactMessage.objects.filter(
        sender=sender, recipient=recipient, erased_at=None
    ).exists()


def can_see_contact(user, profile):
    """Whether `user` may know of this person's form: they read the sheet, or may answer."""
    if not roles.is_member(user) or profile.user_id == user.pk:
        return False
    return can_view_profile(user, profile) or has_written(profile.user, user)


def receives_from(profile, sender):
    """Whether the person takes a message from `sender`, who sees their form.

    A refused sender is told no more than that the person receives no message.
    """
    user = profile.user
    if (
        not user.is_active
        or user.left_at
        or profile.status != MembershipStatus.APPROVED
    ):
        return False
    if ContactBlock.objects.filter(recipient=user, sender=sender).exists():
        return False
    return profile.accepts_contact or has_written(user, sender)


def organization_receives_from(organization, sender):
    """Whether the organisation has a contact point, and takes a message from `sender`."""
    return (
        bool(organization.contact_email)
        and not ContactBlock.objects.filter(
            organization=organization, sender=sender
        ).exists()
    )

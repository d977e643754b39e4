"""Who keeps what about organisations: delegates their sheet, facilitators the rest."""

from network_site.members import roles
from network_site.members.models import OrganizationDelegate


def can_keep_organizations(user):
    """Whether `user` names delegates, joins organisations, ends an employment: facilitators."""
    return roles.is_facilitator(user)


def is_delegate(user, organization):
    """Whether `user`, a member, keeps the sheet of `organization`."""
    return (
        roles.is_member(user)
        and OrganizationDelegate.objects.filter(
            user=user.pk, organization=organization
        ).exists()
    )


def can_edit_sheet(user, organization):
    """Whether `user` writes the texts of the sheet and sees who tells what about its members."""
    return can_keep_organizations(user) or is_delegate(user, organization)

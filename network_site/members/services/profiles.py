"""What a member says of themselves."""

from django.db import transaction

from network_site.core.outbox import emit
from network_site.members.services.organizations import find_organization


@transaction.atomic
def update_profile(*, profile, first_name, last_name, **fields):
    """Change what a member says of themselves; `fields` are Profile's own."""
    themes = fields.pop("themes", None)
    organization_name = fields.pop("organization_name", None)
    if organization_name is not None:
        profile.organization = find_organization(organization_name)
        profile.organization_name = "" if profile.organization else organization_name
    for name, value in fields.items():
        setattr(profile, name, value)
    profile.save()
    if themes is not None:
        profile.themes.set(themes)
    user = profile.user
    user.first_name, user.last_name = first_name, last_name
    user.save(update_fields=["first_name", "last_name"])
    emit("object.changed", model="members.profile", pk=profile.pk)
    return profile

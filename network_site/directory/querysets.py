"""Who works where, as far as a reader may know."""

from network_site.members.models import Profile
from network_site.members.permissions import field_filter, with_levels


def members_of(organization, user):
    """The members of `organization` whose organisation `user` reads, by name."""
    people = (
        Profile.objects.approved()
        .filter(field_filter(user, "organization"), organization=organization)
        .select_related("user", "organization", "territory")
    )
    return with_levels(people, user).order_by("name_key", "pk")

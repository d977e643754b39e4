from network_site.media.owners import owner
from network_site.members.models import Organization


@owner("members.Organization")
def sees_an_organisation(user, pks):
    """A logo is shown on its organisation's sheet, which everyone reads."""
    return Organization.objects.listed().filter(pk__in=pks).exists()

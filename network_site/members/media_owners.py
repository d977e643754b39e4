from network_site.media.owners import holder
from network_site.members.models import Organization


@holder
def shows_a_logo(user, item):
    """A logo is shown on its organisation's sheet, which everyone reads."""
    return (
        item._meta.label_lower
        == Organization.logo.field.related_model._meta.label_lower
        and Organization.objects.listed().filter(logo=item).exists()
    )

from network_site.home.models import Branding
from network_site.media.models import SiteImage
from network_site.media.owners import holder


@holder
def shows_the_logo(user, item):
    """The logo stands on every page."""
    return isinstance(item, SiteImage) and Branding.objects.filter(logo=item).exists()

from wagtail.models import Page

from network_site.media.owners import owner
from network_site.pages.visibility import visible_page_filter


@owner("wagtailcore.Page")
def sees_a_page(user, pks):
    """A file of a page is for those who may open the page."""
    return Page.objects.filter(visible_page_filter(user), pk__in=pks).exists()

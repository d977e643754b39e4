from wagtail.models import Page
from wagtail.permissions import policy_registry

from network_site.media.owners import owner
from network_site.pages.visibility import visible_page_filter


@owner("wagtailcore.Page")
def sees_a_page(user, pks):
    """A file of a page is for those who may open the page, and for those who edit it."""
    if Page.objects.filter(visible_page_filter(user), pk__in=pks).exists():
        return True
    if not user.has_perm("wagtailadmin.access_admin"):
        return False
    editable = policy_registry.get_by_type(Page).instances_user_has_permission_for(
        user, "change"
    )
    return editable.filter(pk__in=pks).exists()

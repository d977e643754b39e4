"""To which pages somebody may link in the back office."""

from django.db.models import Q
from wagtail.models import Page
from wagtail.permissions import policy_registry

from network_site.pages.visibility import visible_page_filter


def linkable_pages(pages, user):
    """Those of `pages` that `user` may read, or works on.

    Wagtail's chooser names every page, the drafts of others included.
    """
    if user.is_superuser:
        return pages
    mine = policy_registry.get_by_type(Page).explorable_instances(user)
    allowed = Page.objects.filter(
        visible_page_filter(user) | Q(pk__in=mine.order_by().values("pk"))
    )
    # One condition on a field: the search of the chooser understands no other.
    return pages.filter(pk__in=allowed.values("pk"))

"""The address of a new page, from its title."""

from wagtail.models import Page

from network_site.core.slugs import free_slug, slug_of
from network_site.pages.free_addresses import is_free


class _Taken:
    """The slugs that a page under `parent` may not have."""

    def __init__(self, parent, base, page):
        self.parent, self.page = parent, page
        siblings = Page.objects.child_of(parent).filter(slug__startswith=base)
        if page is not None:
            siblings = siblings.not_page(page)
        self.slugs = set(siblings.values_list("slug", flat=True))

    def __contains__(self, slug):
        return slug in self.slugs or not is_free(slug, self.parent, self.page)


def free_page_slug(parent, title, *, longest=80, otherwise="page", page=None):
    """A slug that no other page than `page` has under `parent`, and that the site leaves free."""
    base = slug_of(title, longest=longest, otherwise=otherwise)
    if parent is None:
        return base
    return free_slug(base, _Taken(parent, base, page))

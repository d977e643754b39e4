"""The address of a new page, from its title."""

from wagtail.models import Page

from network_site.core.slugs import free_slug, slug_of


def free_page_slug(parent, title, *, longest=80, otherwise="page", reserved=()):
    """A slug that no page under `parent` has, nor is among `reserved`."""
    base = slug_of(title, longest=longest, otherwise=otherwise)
    taken = set(
        Page.objects.child_of(parent)
        .filter(slug__startswith=base)
        .values_list("slug", flat=True)
    )
    return free_slug(base, taken | set(reserved))

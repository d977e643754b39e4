"""The page at an address, in one statement whatever its depth.

Wagtail asks for the child of each page on the way, then for that child's own row. The slugs of
an address are few, and indexed: all pages that bear one of them are read at once, and those
that stand below one another are the way.
"""

from django.http import Http404
from wagtail.models import Page


def route_below(root, request, slugs):
    """The RouteResult of the page that `slugs` lead to below the page `root`.

    A page that reads the rest of its address itself (its class has a `route` of its own) is
    handed the rest. Raises Http404 where the way ends.
    """
    found = {
        (page.path[: -Page.steplen], page.slug): page
        for page in Page.objects.filter(
            path__startswith=root.path,
            depth__gt=root.depth,
            depth__lte=root.depth + len(slugs),
            slug__in=set(slugs),
        )
    }
    parent = root
    for position, slug in enumerate(slugs):
        page = found.get((parent.path, slug))
        if page is None:
            raise Http404
        # As Wagtail leaves it: asking for the parent asks no database.
        page._cached_parent_obj = parent
        rest = slugs[position + 1 :]
        if rest and (page.specific_class or Page).route is not Page.route:
            return page.specific_deferred.route(request, rest)
        parent = page
    return parent.specific.route(request, [])

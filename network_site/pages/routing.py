"""The page at an address, in one statement whatever its depth.

Wagtail asks for the child of each page on the way, then for that child's own row. The slugs of
an address are few, and indexed: all pages that bear one of them are read at once, and those
that stand below one another are the way.
"""

from django.http import Http404
from wagtail.models import Page

from network_site.core.compiled import compiled

# Deeper addresses than the tree has are written out each time.
_DEEPEST = 6


def _below(*slugs, depth, levels):
    return Page.objects.filter(
        depth__gt=depth, depth__lte=depth + levels, slug__in=slugs
    )


_pages_below = compiled(_below)


def route_below(root, request, slugs):
    """The RouteResult of the page that `slugs` lead to below the page `root`.

    A page that reads the rest of its address itself (its class has a `route` of its own) is
    handed the rest. Raises Http404 where the way ends.
    """
    wanted, shape = (
        list(dict.fromkeys(slugs)),
        {"depth": root.depth, "levels": len(slugs)},
    )
    pages = (
        _pages_below.objects(*wanted, **shape)
        if len(slugs) <= _DEEPEST
        else _below(*wanted, **shape)
    )
    found = {(page.path[: -Page.steplen], page.slug): page for page in pages}
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
    return _specific(parent).route(request, [])


_by_key = {}


def _specific(page):
    """As `page.specific`."""
    model = page.specific_class
    if model is None or isinstance(page, model):
        return page.specific
    if model not in _by_key:
        _by_key[model] = compiled(lambda pk: model._default_manager.filter(pk=pk))
    found = _by_key[model].objects(page.pk)
    if not found:
        raise Http404
    found[0]._cached_parent_obj = page._cached_parent_obj
    return found[0]

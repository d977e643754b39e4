"""The site of a request and the root of its pages, from memory.

Wagtail asks the database for the site at each request, then for its root, and a file for the
beginnings of the addresses. A network has one site: the request is given it, under the names
by which Wagtail keeps it there.
"""

import copy

from django.utils.functional import SimpleLazyObject
from wagtail.models import Page, Site
from wagtail.models.sites import SiteRootPath

from network_site.catalogue.kept import kept

# What leads to the pages below. Whatever else of the root is asked for is read then.
_ROOT_FIELDS = ("path", "depth", "url_path", "slug", "content_type", "locale")


@kept("sites", Site, (Page, ("path", "url_path", "slug")))
def _sites():
    """(Sites with their roots, beginnings of the addresses) as Wagtail orders them."""
    sites = list(
        Site.objects.select_related(
            "root_page__content_type", "root_page__locale"
        ).order_by("-root_page__url_path", "-is_default_site", "hostname")
    )
    paths = []
    for site in sites:
        page = site.root_page
        paths.append(
            SiteRootPath(
                site.pk, page.url_path, site.root_url, page.locale.language_code
            )
        )
        model = page.specific_class or Page
        site.root_page = model.objects.only(*_ROOT_FIELDS).get(pk=page.pk)
    return sites, paths


def site_of(request):
    """The Site of a request, of the request's own; None without one."""
    sites, _paths = _sites()
    if len(sites) != 1 or not sites[0].is_default_site:
        return Site._find_for_request(request)
    site = copy.copy(sites[0])
    site.root_page = copy.copy(site.root_page)
    return site


def root_paths():
    """As Wagtail's Site.get_site_root_paths."""
    return _sites()[1]


class SiteMiddleware:
    """Gives each request its site, found when first asked for."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request._wagtail_site = SimpleLazyObject(lambda: site_of(request))
        request._wagtail_cached_site_root_paths = SimpleLazyObject(root_paths)
        return self.get_response(request)

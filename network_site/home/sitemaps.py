"""Public addresses for search engines; nothing restricted ever stands there."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from wagtail.models import Page

from library.models import LibrarySectionPage
from network_site.pages.visibility import visible_page_filter


class PageSitemap(Sitemap):
    """Published pages that a visitor may open."""

    def items(self):
        return (
            Page.objects.filter(visible_page_filter(AnonymousUser()), depth__gt=1)
            # The space of a body leads to the one list: it has no page of its own.
            .exclude(pk__in=LibrarySectionPage.objects.values("pk"))
            .order_by("path")
            .only(
                "pk", "url_path", "last_published_at", "path", "depth", "slug", "locale"
            )
        )

    def location(self, item):
        # Below the home page, whatever its own address is in the tree.
        return f"/{item.url_path.split('/', 2)[2]}"

    def lastmod(self, item):
        return item.last_published_at


sitemaps = {"pages": PageSitemap}

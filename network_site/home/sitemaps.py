"""Public addresses for search engines; nothing restricted ever stands there."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.urls import get_script_prefix
from django.utils.translation import get_language
from wagtail.models import Page

from library.models import LibrarySectionPage
from network_site.core.languages import in_language
from network_site.pages.visibility import visible_page_filter


class PageSitemap(Sitemap):
    """Published pages that a visitor may open, in each language of the interface."""

    i18n = True
    alternates = True

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
        path = f"/{item.url_path.split('/', 2)[2]}"
        root = get_script_prefix().rstrip("/")
        return root + in_language(path, get_language())

    def lastmod(self, item):
        return item.last_published_at

    def _urls(self, page, protocol, domain):
        # Django's own x-default takes the first "/fr/" out of an address.
        urls = super()._urls(page, protocol, domain)
        for url in urls:
            default = next(
                one
                for one in url["alternates"]
                if one["lang_code"] == settings.LANGUAGE_CODE
            )
            url["alternates"].append({**default, "lang_code": "x-default"})
        return urls


sitemaps = {"pages": PageSitemap}

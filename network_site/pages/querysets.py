from wagtail.models import PageManager, PageQuerySet

from network_site.pages.visibility import visible_page_filter


class SitePageQuerySet(PageQuerySet):
    """Pages, with the one rule of who sees them."""

    def visible_to(self, user):
        """Published pages that `user` may open."""
        return self.filter(visible_page_filter(user))

    def with_terms(self):
        """The links to themes, territories and programmes that cards and margins show."""
        return self.prefetch_related(
            "theme_links__theme", "territory_links__territory__parent"
        )


SitePageManager = PageManager.from_queryset(SitePageQuerySet)

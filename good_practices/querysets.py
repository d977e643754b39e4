from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Prefetch

from network_site.pages.models import PageTerritory
from network_site.pages.querysets import SitePageQuerySet
from network_site.pages.visibility import visible_page_filter


class PracticeQuerySet(SitePageQuerySet):
    def with_places(self):
        """What a card names: the territories, in one query, and whether it was taken up."""
        return self.with_adaptations().prefetch_related(
            Prefetch(
                "territory_links",
                PageTerritory.objects.select_related("territory__parent__parent"),
            )
        )

    def with_adaptations(self):
        """Add `is_taken_up`: an adaptation that everybody may read is published."""
        adaptations = (
            self.model._base_manager.filter(live=True, adapted_from=OuterRef("pk"))
            .filter(visible_page_filter(AnonymousUser()))
            .order_by()
        )
        return self.annotate(is_taken_up=Exists(adaptations))

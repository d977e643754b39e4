from django.db.models import Prefetch

from network_site.pages.models import PageTerritory
from network_site.pages.querysets import SitePageQuerySet


class PracticeQuerySet(SitePageQuerySet):
    def with_places(self):
        """The territories that a card names, in one query."""
        return self.prefetch_related(
            Prefetch(
                "territory_links",
                PageTerritory.objects.select_related("territory__parent__parent"),
            )
        )

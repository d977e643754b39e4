from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _
from modelsearch.index import get_indexed_models


class SearchConfig(AppConfig):
    name = "network_site.search"
    label = "site_search"
    verbose_name = _("search")

    def ready(self):
        """Let every app declare what can be found in it."""
        autodiscover_modules("search_sources")
        # modelsearch would queue a task at each save, which would find nothing to do:
        # the outbox says what changed. (This app is ready before wagtail.search.)
        for model in get_indexed_models():
            model.search_auto_update = False

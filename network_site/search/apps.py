from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "network_site.search"
    label = "site_search"
    verbose_name = _("search")

    def ready(self):
        """Let every app declare what can be found in it."""
        autodiscover_modules("search_sources")

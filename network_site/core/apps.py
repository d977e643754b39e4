from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "network_site.core"
    label = "core"
    verbose_name = _("core")

    def ready(self):
        """Fill the registries that other apps feed, once every model is loaded."""
        autodiscover_modules("outbox_handlers")
        autodiscover_modules("timetable")
        autodiscover_modules("worker_lanes")
        import_module("network_site.core.housekeeping")
        import_module("network_site.core.date_fields").use_everywhere()
        import_module("network_site.core.slug_fields").use_everywhere()

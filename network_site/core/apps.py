from importlib import import_module

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

# Before any module of addresses is read: <number:…> stands in them.
from network_site.core import numbers  # noqa: F401


class CoreConfig(AppConfig):
    name = "network_site.core"
    label = "core"
    verbose_name = _("core")

    def ready(self):
        """Fill the registries that other apps feed, once every model is loaded."""
        autodiscover_modules("outbox_handlers")
        autodiscover_modules("timetable")
        autodiscover_modules("worker_lanes")
        autodiscover_modules("health")
        import_module("network_site.core.housekeeping")
        import_module("network_site.core.lookups")
        checks = import_module("network_site.core.checks")
        for check in (
            checks.operator_is_reached,
            checks.proxies_are_counted,
            checks.folders_are_written,
        ):
            register(check, Tags.security, deploy=True)
        import_module("network_site.core.date_fields").use_everywhere()
        import_module("network_site.core.slug_fields").use_everywhere()
        import_module("network_site.core.forms").say_what_is_missing()

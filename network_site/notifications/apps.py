from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "network_site.notifications"
    label = "notifications"
    verbose_name = _("notifications")

    def ready(self):
        """Let every app declare what it tells and what of it can be followed."""
        autodiscover_modules("notifications")

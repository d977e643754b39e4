from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "network_site.media"
    label = "site_media"
    verbose_name = _("media")

    def ready(self):
        from network_site.media.owners import discover

        discover()

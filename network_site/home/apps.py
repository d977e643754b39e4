from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "network_site.home"
    label = "home"
    verbose_name = _("home")

    def ready(self):
        # What is kept of it is told of changes by the triggers that the catalogue installs.
        from network_site.home import branding  # noqa: F401

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    name = "network_site.demo"
    label = "demo"
    verbose_name = _("demo")

    def ready(self):
        from network_site.demo.checks import nobody_has_the_published_password

        register(nobody_has_the_published_password, Tags.security, deploy=True)

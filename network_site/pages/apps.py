from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "network_site.pages"
    label = "pages"
    verbose_name = _("pages")

    def ready(self):
        from network_site.pages import addresses, receivers, workflow_mail  # noqa: F401
        from network_site.pages.choosing import register_choosers

        addresses.discover()
        # Each space says what its pages show in the lists of others.
        autodiscover_modules("cards")
        workflow_mail.connect()
        register_choosers()

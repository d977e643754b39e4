from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class MailingConfig(AppConfig):
    name = "network_site.mailing"
    label = "mailing"
    verbose_name = _("mails")

    def ready(self):
        """Let every app say which mails of the queue it builds, and whose wishes it knows."""
        autodiscover_modules("mail_builders", "mail_wishes")

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _


class JournalConfig(AppConfig):
    name = "network_site.journal"
    label = "journal"
    verbose_name = _("journal of decisions")
    default = True

    def ready(self):
        from network_site.journal.checks import journal_is_kept

        register(journal_is_kept, Tags.database)

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class JournalConfig(AppConfig):
    name = "network_site.journal"
    label = "journal"
    verbose_name = _("journal of decisions")
    default = True

    def ready(self):
        from network_site.journal.checks import journal_is_kept

        register(journal_is_kept, Tags.database)


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's people and groups, whose changes of rights are written in the journal."""

    user_viewset = "network_site.journal.admin_rights.UserViewSet"
    group_viewset = "network_site.journal.admin_rights.GroupViewSet"

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class MembersConfig(AppConfig):
    name = "network_site.members"
    label = "members"
    verbose_name = _("members")
    default = True

    def ready(self):
        from network_site.members import merging, places, proofs
        from network_site.members.checks import second_factors_are_readable

        places.discover()
        merging.discover()
        proofs.connect()
        register(second_factors_are_readable, Tags.database)


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's people and groups: changes of rights are written, groups are of a kind."""

    user_viewset = "network_site.journal.admin_rights.UserViewSet"
    group_viewset = "network_site.members.admin_groups.GroupViewSet"

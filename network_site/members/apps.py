from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "network_site.members"
    label = "members"
    verbose_name = _("members")

    def ready(self):
        from network_site.members import merging, places, proofs

        places.discover()
        merging.discover()
        proofs.connect()

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "network_site.media"
    label = "site_media"
    verbose_name = _("media")

    def ready(self):
        from network_site.media import owners, triggers
        from network_site.media.checks import files_tell_their_readers

        owners.discover()
        register(files_tell_their_readers, Tags.database)
        pre_migrate.connect(triggers.before_migrations, sender=self)
        post_migrate.connect(triggers.after_migrations, sender=self)

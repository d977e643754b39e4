from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "network_site.catalogue"
    label = "catalogue"
    verbose_name = _("catalogue")

    def ready(self):
        from network_site.catalogue.checks import catalogue_is_fed
        from network_site.catalogue.triggers import (
            install_after_migrations,
            remove_before_migrations,
        )

        autodiscover_modules("catalogue_source")
        # Migrations that make a table anew on SQLite lose its triggers.
        pre_migrate.connect(remove_before_migrations, sender=self)
        post_migrate.connect(install_after_migrations, sender=self)
        register(catalogue_is_fed, Tags.database)

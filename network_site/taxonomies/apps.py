from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TaxonomiesConfig(AppConfig):
    name = "network_site.taxonomies"
    label = "taxonomies"
    verbose_name = _("taxonomies")

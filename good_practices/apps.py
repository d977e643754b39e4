from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GoodPracticesConfig(AppConfig):
    name = "good_practices"
    verbose_name = _("good practices")

    def ready(self):
        from good_practices import permissions  # noqa: F401

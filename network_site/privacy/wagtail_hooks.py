from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from network_site.privacy.admin_views import durations


@hooks.register("register_admin_urls")
def privacy_urls():
    return [path("donnees-personnelles/", durations, name="privacy_admin_durations")]


class _DurationsMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.is_superuser


@hooks.register("register_reports_menu_item")
def durations_item():
    return _DurationsMenuItem(
        _("Personal data: durations"),
        reverse("privacy_admin_durations"),
        name="personal-data",
        icon_name="lock",
        order=900,
    )

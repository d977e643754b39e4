from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from network_site.catalogue.admin_views import catalogue_report


@hooks.register("register_admin_urls")
def catalogue_urls():
    return [path("catalogue/", catalogue_report, name="catalogue_report")]


class _ReportMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.is_superuser


@hooks.register("register_reports_menu_item")
def report_item():
    return _ReportMenuItem(
        _("State of the lists"),
        reverse("catalogue_report"),
        name="catalogue",
        icon_name="list-ul",
        order=910,
    )

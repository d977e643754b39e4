"""The back office holds only what the role needs."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from network_site.home.admin_guards.panels import without_unknown_pages
from network_site.home.wagtail_words import label_columns

label_columns()

# Of use to administrators only; an editor's menu is shorter without them.
_ADMINISTRATORS_ONLY = {"help", "reports"}


@hooks.register("construct_main_menu")
def keep_what_the_role_needs(request, menu_items):
    if not request.user.is_superuser:
        menu_items[:] = [
            item for item in menu_items if item.name not in _ADMINISTRATORS_ONLY
        ]


@hooks.register("construct_homepage_panels", order=-10)
def name_only_known_pages(request, panels):
    panels[:] = without_unknown_pages(panels)


@hooks.register("register_admin_menu_item")
def back_to_the_site():
    return MenuItem(_("The site"), reverse("dashboard"), icon_name="home", order=10_000)

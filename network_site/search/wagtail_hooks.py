from django.urls import include, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.widgets import Button
from wagtail.snippets.models import register_snippet

from network_site.core.outbox import emit
from network_site.search import admin_urls, synonyms
from network_site.search.admin_panels import IndexPanel
from network_site.search.keys import object_key
from network_site.search.models import Synonym
from network_site.search.reports import may_read_counts
from network_site.search.viewsets import SynonymViewSet

register_snippet(SynonymViewSet)


@hooks.register("register_admin_urls")
def search_urls():
    return [path("recherche/", include(admin_urls))]


class _CountsMenuItem(MenuItem):
    def is_shown(self, request):
        return may_read_counts(request.user)


class _SynonymsMenuItem(MenuItem):
    def is_shown(self, request):
        return SynonymViewSet().permission_policy.user_has_any_permission(
            request.user, ("add", "change", "delete", "view")
        )


@hooks.register("register_search_menu_item")
def synonyms_item():
    return _SynonymsMenuItem(
        _("Synonyms and acronyms"),
        reverse("wagtailsnippets_site_search_synonym:list"),
        name="synonyms",
        icon_name="bars",
        order=10,
    )


@hooks.register("register_search_menu_item")
def unanswered_item():
    return _CountsMenuItem(
        _("Searches without an answer"),
        reverse("search_admin:unanswered"),
        name="searches-unanswered",
        icon_name="help",
        order=20,
    )


@hooks.register("register_search_menu_item")
def leading_item():
    return _CountsMenuItem(
        _("Searches that led to a record"),
        reverse("search_admin:leading"),
        name="searches-leading",
        icon_name="link",
        order=30,
    )


@hooks.register("register_admin_menu_item")
def search_menu():
    return SubmenuMenuItem(
        pgettext_lazy("menu", "Search"),
        Menu(register_hook_name="register_search_menu_item"),
        name="site-search",
        icon_name="search",
        order=410,
    )


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def leading_button(page, user, next_url=None, **kwargs):
    """From a record in the back office to the searches that led to it."""
    if page.live and not page.is_root() and may_read_counts(user):
        address = reverse("search_admin:leading")
        yield Button(
            _("Searches that led here"),
            f"{address}?{urlencode({'object': object_key(page)})}",
            icon_name="search",
            priority=70,
        )


@hooks.register("construct_homepage_panels")
def index_panel(request, panels):
    panels.append(IndexPanel())


def _answer_anew():
    """This process reads the lines again, and the pages that are kept are drawn again."""
    synonyms.forget()
    emit("synonyms.changed")


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def synonym_written(request, instance):
    if isinstance(instance, Synonym):
        _answer_anew()


@hooks.register("after_delete_snippet")
def synonyms_deleted(request, instances):
    if any(isinstance(instance, Synonym) for instance in instances):
        _answer_anew()

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page
from wagtail.permissions import policy_registry, register_permission_policy

from network_site.pages.known import KnownPagesPolicy
from network_site.pages.linking import linkable_pages
from network_site.pages.visibility import can_view_page

register_permission_policy(Page, KnownPagesPolicy(Page))


@hooks.register("before_serve_page", order=-10)
def refuse_unless_visible(page, request, serve_args, serve_kwargs):
    """One rule for the page itself and for the lists that lead to it.

    Wagtail's "any login" restriction would admit people whose request is still waiting, and
    its refusal of a logged-in reader is a loop through the login page.
    """
    if can_view_page(request.user, page):
        return None
    if not request.user.is_authenticated:
        return redirect_to_login(
            request.get_full_path(), settings.WAGTAIL_FRONTEND_LOGIN_URL
        )
    raise PermissionDenied(
        _(
            "This page is kept for some members of the network, and your account is not among them."
        )
    )


@hooks.register("construct_page_chooser_queryset")
def offer_what_one_may_read(pages, request):
    return linkable_pages(pages, request.user)


@hooks.register("construct_explorer_page_queryset")
def explore_where_one_works(parent_page, pages, request):
    """Wagtail opens any branch under the highest one a person works on, and names its page."""
    if not request.user.is_superuser:
        mine = policy_registry.get_by_type(Page).explorable_instances(request.user)
        if not mine.filter(pk=parent_page.pk).exists():
            raise PermissionDenied
    return pages

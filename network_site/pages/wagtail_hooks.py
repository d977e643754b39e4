from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from wagtail import hooks

from network_site.pages.linking import linkable_pages
from network_site.pages.visibility import can_view_page


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

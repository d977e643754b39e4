"""Every request to the back office, against the list of its addresses."""

from django.apps import apps
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied, reject_request
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.models import Page

from network_site.core.middleware import is_admin_path
from network_site.home.admin_guards.addresses import (
    ADDRESSES,
    CLOSED,
    FINDS_ANOTHER_PAGE,
    PAGE_ARGUMENT_OF,
    PAGE_ARGUMENTS,
    PUBLIC,
    TELLING_OF_A_PAGE,
)
from network_site.home.admin_guards.staff import staff_roles
from network_site.home.wagtail_words import say_in_words
from network_site.pages.free_addresses import AddressTaken
from network_site.pages.known import known, reading
from network_site.pages.publishing import NotPublishable


class BackOfficeMiddleware:
    """Refuse what the list does not open to the person, and pages of which they may not know.

    A visitor is led to the log-in; others to their first page of the back office with a word,
    as Wagtail does, or home when they have none. A closed address does not exist (404).
    An address that nobody listed is refused to all but administrators, who hold every right
    anyway.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not is_admin_path(request.path_info):
            return self.get_response(request)
        with reading(request.user):
            return say_in_words(self.get_response(request))

    def process_view(self, request, view, args, kwargs):
        if not is_admin_path(request.path_info):
            return None
        name = request.resolver_match.view_name
        if name in PUBLIC:
            return None
        if not request.user.is_authenticated:
            return reject_request(request)
        held = staff_roles(request.user)
        if not held:
            # As Wagtail's own door: a word, then the log-in, which leads home.
            messages.error(
                request, _("You do not have permission to access the admin.")
            )
            return reject_request(request)
        if name in ADDRESSES and ADDRESSES[name] is CLOSED:
            raise Http404
        if request.user.is_superuser:
            return None
        if not ADDRESSES.get(name, frozenset()) & held:
            return permission_denied(request)
        asked = Page.objects.filter(pk__in=_page_keys(name, kwargs))
        if known(asked, request.user).count() != asked.count():
            return permission_denied(request)
        return None

    def process_exception(self, request, exception):
        """A draft that lacks what readers need stays one, and its form says what it lacks.

        A page that may not stand where it was sent stays where it is.
        """
        if isinstance(exception, AddressTaken):
            messages.error(request, " ".join(exception.messages))
            return redirect("wagtailadmin_pages:move", exception.page.pk)
        if not isinstance(exception, NotPublishable):
            return None
        page = exception.page
        lacking = format_html_join(
            " ",
            "{}{}",
            (
                (format_html(_("{}: "), label) if label else "", words)
                for label, words in exception.sentences()
            ),
        )
        messages.error(
            request,
            format_html(
                _("“{title}” is not published. {lacking}"),
                title=page.title,
                lacking=lacking,
            ),
        )
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # A window over the page, which leads where it is told.
            return render_modal_workflow(
                request,
                None,
                None,
                None,
                json_data={"step": "success", "redirect": url},
            )
        return redirect(url)


def _page_keys(name, kwargs):
    """The keys of the pages that an address names, or whose things it names."""
    if name in FINDS_ANOTHER_PAGE:
        return set()
    names = {*PAGE_ARGUMENTS, PAGE_ARGUMENT_OF.get(name)}
    keys = {kwargs[one] for one in names & kwargs.keys()}
    if name in TELLING_OF_A_PAGE:
        model, field = TELLING_OF_A_PAGE[name]
        thing = apps.get_model(model).objects.filter(pk=kwargs["pk"])
        keys.update(thing.values_list(field, flat=True))
    return keys

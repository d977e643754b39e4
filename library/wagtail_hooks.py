from django.contrib import messages
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.widgets import Button

from library.admin_body_spaces import BodySpaceMenuItem
from library.models import RecordPage, RegulatoryTextPage
from library.permissions import can_manage_body_spaces
from library.viewsets import LibraryViewSetGroup
from network_site.media.enums import TextState
from network_site.members.models import Organization
from network_site.pages.known import known


@hooks.register("register_admin_viewset")
def register_viewsets():
    return LibraryViewSetGroup()


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def legal_status_button(page, user, next_url=None, **kwargs):
    """From a text to the form that says where it stands."""
    if page.specific_class is RegulatoryTextPage and user.has_perm(
        "library.add_legalstatusentry"
    ):
        yield Button(
            gettext_lazy("Legal status"),
            f"{reverse('legal_statuses:add')}?page={page.pk}",
            icon_name="history",
            priority=60,
        )
        yield Button(
            gettext_lazy("Provisions"),
            f"{reverse('provisions:add')}?page={page.pk}",
            icon_name="list-ol",
            priority=61,
        )


@hooks.register("register_snippet_listing_buttons")
def body_space_button(snippet, user, next_url=None):
    """From an organisation to its space in the library."""
    if isinstance(snippet, Organization) and can_manage_body_spaces(user):
        yield Button(
            gettext_lazy("Space in the library"),
            reverse("body_spaces:body", args=[snippet.pk]),
            icon_name="folder-open-inverse",
            priority=60,
        )


@hooks.register("construct_snippet_action_menu")
def body_space_action(menu_items, request, context):
    """The same from the form of the organisation."""
    instance = context.get("instance")
    if isinstance(instance, Organization) and can_manage_body_spaces(request.user):
        menu_items.append(BodySpaceMenuItem(order=80))


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn_of_duplicates(request, page):
    """Name the records that may be the same text, each with its link."""
    page = page.specific
    if not isinstance(page, RecordPage):
        return
    others = known(RecordPage.objects.likely_duplicates_of(page), request.user)
    for other in others[:3]:
        messages.warning(
            request,
            format_html(
                _(
                    "“{title}” ({identity}) may be the same record:"
                    ' <a href="{url}">open it</a> before going further.'
                ),
                title=other.title,
                identity=other.identity,
                url=reverse("wagtailadmin_pages:edit", args=[other.pk]),
            ),
        )


_WHAT_IS_WRONG = {
    TextState.NO_TEXT: gettext_lazy(
        "“%(title)s” has no text that a screen reader or the search can read: it is"
        " probably a scan. Add a readable version if there is one."
    ),
    TextState.ENCRYPTED: gettext_lazy(
        "“%(title)s” asks for a password: nobody can read it here, nor the search. Put the"
        " file without its password in its place."
    ),
    TextState.DAMAGED: gettext_lazy(
        "“%(title)s” is damaged: it may not open. Put a whole file in its place."
    ),
    TextState.UNREAD: gettext_lazy(
        "“%(title)s” could not be read by the site, so that the search does not know its"
        " words: it may be very long. Check that it opens."
    ),
}


@hooks.register("before_edit_page")
def warn_of_unreadable_files(request, page):
    """Tell the curator which files no screen reader and no search can read."""
    page = page.specific
    if request.method != "GET" or not isinstance(page, RecordPage):
        return
    for link in page.files.select_related("document"):
        if words := _WHAT_IS_WRONG.get(link.document.text_state):
            messages.warning(
                request, words % {"title": link.label or link.document.title}
            )

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button

from events.models import EventPage
from events.permissions import can_manage


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def registrations_button(page, user, next_url=None, **kwargs):
    """From a day in the back office to the list of who registered."""
    page = page.specific if page.specific_class is EventPage else page
    if isinstance(page, EventPage) and page.live and can_manage(user, page):
        yield Button(
            _("Registrations"),
            reverse("events:participants", args=[page.slug]),
            icon_name="group",
            priority=60,
        )

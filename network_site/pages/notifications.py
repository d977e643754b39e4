"""The mails about pages that are examined before they are published."""

from django.utils.translation import gettext_lazy

from network_site.members import roles
from network_site.registries.enums import Category
from network_site.registries.notifications import (
    Notification,
    notification,
)


@notification
class PageToExamine(Notification):
    name = "pages.page_to_examine"
    category = Category.LIBRARY
    label = gettext_lazy("A page is waiting to be examined")
    audience = gettext_lazy("Those who examine what is proposed for publication")
    can_be_switched_off = True
    for_roles = (roles.EDITORS,)


@notification
class PageChangesAsked(Notification):
    name = "pages.page_changes_asked"
    category = Category.LIBRARY
    label = gettext_lazy("Changes are asked of a page you proposed")
    audience = gettext_lazy("The person who proposed the page")


@notification
class PagePublished(Notification):
    name = "pages.page_published"
    category = Category.LIBRARY
    label = gettext_lazy("A page you proposed is published")
    audience = gettext_lazy("The person who proposed the page")


@notification
class PageComments(Notification):
    """Sent by Wagtail, whose own profile page switches it off."""

    name = "pages.comments"
    category = Category.LIBRARY
    label = gettext_lazy("Somebody comments a page you work on")
    audience = gettext_lazy("Those who take part in the comments of the page")

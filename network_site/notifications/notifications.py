"""What of the shared site can be followed: terms, bodies, pages, and whole spaces."""

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from network_site.core.numbers import whole_numbers
from network_site.core.templatetags.address_tags import space_url
from network_site.members.models import Organization
from network_site.pages.visibility import visible_page_filter
from network_site.registries.enums import Category
from network_site.registries.notifications import (
    Followable,
    Notification,
    followable,
    notification,
)
from network_site.taxonomies.models import Territory, Theme

SPACES = (Category.LIBRARY, Category.PRACTICES, Category.EVENTS, Category.FORUMS)


@notification
class Digest(Notification):
    """The summary of what is followed; stopped by its rhythm, not by its name."""

    name = "notifications.digest"
    category = Category.ACCOUNT
    label = _("Your summary")
    audience = _(
        "Those who follow something, at the rhythm they chose, when something waits"
    )


class _Rows(Followable):
    """Rows that everybody may see."""

    def rows(self):
        raise NotImplementedError

    def load(self, pks, user):
        return {
            str(one.pk): one for one in self.rows().filter(pk__in=whole_numbers(pks))
        }


@followable
class FollowedTheme(_Rows):
    kind = "theme"
    precision = 20
    plural = _("Themes")
    verb = _("Follow this theme")
    following = _("You follow this theme")

    def rows(self):
        return Theme.objects.all()

    def label(self, obj):
        return obj.label


@followable
class FollowedTerritory(_Rows):
    kind = "territory"
    precision = 20
    plural = _("Territories")
    verb = _("Follow this territory")
    following = _("You follow this territory")

    def rows(self):
        return Territory.objects.all()


@followable
class FollowedOrganization(_Rows):
    kind = "organization"
    precision = 30
    plural = _("Organisations")
    verb = _("Follow this organisation")
    following = _("You follow this organisation")

    def rows(self):
        return Organization.objects.listed()

    def label(self, obj):
        return obj.label


@followable
class FollowedPage(Followable):
    """A text, a practice, a day: hears of what happens to it, and of what is said of it."""

    kind = "page"
    precision = 50
    plural = _("Texts, practices and days")
    verb = _("Follow this page")
    following = _("You follow this page")

    def load(self, pks, user):
        pages = Page.objects.filter(
            visible_page_filter(user), pk__in=whole_numbers(pks)
        ).defer_streamfields()
        return {str(page.pk): page for page in pages}

    def label(self, obj):
        return obj.title

    def url(self, obj):
        return obj.get_url() or "/"


@followable
class FollowedSpace(Followable):
    """A whole space, by its code."""

    kind = "space"
    precision = 10
    plural = _("Spaces")
    verb = _("Follow this space")
    following = _("You follow this space")

    def load(self, pks, user):
        return {code: Category(code) for code in pks if code in set(SPACES)}

    def label(self, obj):
        return str(obj.label)

    def url(self, obj):
        return space_url(obj.value)

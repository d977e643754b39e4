"""What the catalogue of practices tells: a practice is published, changes, is taken up."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from good_practices.models import GoodPracticePage
from network_site.members import roles
from network_site.notifications.page_items import PageItem
from network_site.pages.catalogue_source import PAGE
from network_site.pages.visibility import tokens_of_both, tokens_of_pages
from network_site.registries.enums import (
    Category,
    Reason,
)
from network_site.registries.notifications import (
    InCatalogue,
    Notification,
    Target,
    notification,
)


class _PracticeItem(PageItem):
    category = Category.PRACTICES
    model = GoodPracticePage
    space = "practices"
    mark = "pratique"

    def queryset(self):
        return super().queryset().select_related("state", "organization")

    def organization_id(self, page):
        return page.organization_id


@notification
class Practice(_PracticeItem):
    name = "good_practices.practice"
    label = gettext_lazy("A good practice is published")
    audience = gettext_lazy(
        "Those who follow good practices, a theme, a territory or the body that carries it"
    )
    what = gettext_lazy("New practice")

    def new_in_search(self, page):
        return page

    def context(self, page):
        return _joined(page.place_label, page.summary)


def _joined(first, second):
    """The place and the summary of a practice, either of which may be missing."""
    if first and second:
        return _("%(place)s: %(summary)s") % {"place": first, "summary": second}
    return str(first or second)


@notification
class PracticeChanged(_PracticeItem):
    """Its level was set anew, or it stopped: the line says where it stands now."""

    name = "good_practices.practice_changed"
    label = gettext_lazy("A practice you follow or wrote changes level or stops")
    audience = gettext_lazy("Those who follow the practice, and its author")
    what = gettext_lazy("Practice changed")

    def targets(self, page):
        return [Target("page", str(page.pk))]

    def addressed_to(self, page):
        return {page.owner_id: Reason.OWN} if page.owner_id else {}

    def context(self, page):
        words = _("Level: %(level)s") % {"level": page.level.label}
        if page.ended:
            return _("%(words)s. Stopped: %(date)s") % {
                "words": words,
                "date": page.ended,
            }
        return words


@notification
class PracticeTakenUp(_PracticeItem):
    """A practice adapted from another is published; the object is the new one."""

    name = "good_practices.practice_taken_up"
    label = gettext_lazy("A practice you follow or wrote is taken up elsewhere")
    audience = gettext_lazy("Those who follow the first practice, and its author")
    what = gettext_lazy("Practice taken up elsewhere")

    def in_catalogue(self):
        return InCatalogue(
            PAGE, GoodPracticePage.objects.all(), ("pk", "adapted_from_id")
        )

    def queryset(self):
        return (
            super()
            .queryset()
            .filter(adapted_from__live=True)
            .select_related("state", "organization", "adapted_from")
        )

    def load(self, ids):
        pages = super().load(ids)
        former = tokens_of_pages({page.adapted_from for page in pages.values()})
        # The title of the first is told with the second.
        for page in pages.values():
            page.reader_tokens = tokens_of_both(
                page.reader_tokens, former[page.adapted_from_id]
            )
        return pages

    def targets(self, page):
        return [Target("page", str(page.adapted_from_id))]

    def addressed_to(self, page):
        owner_id = page.adapted_from.owner_id
        return {owner_id: Reason.OWN} if owner_id else {}

    def line(self, page):
        words = _("Adapted from “%(title)s”") % {"title": page.adapted_from.title}
        return replace(super().line(page), context=_joined(page.place_label, words))


@notification
class PracticeToExamine(Notification):
    name = "good_practices.practice_to_examine"
    category = Category.PRACTICES
    label = gettext_lazy("A practice is waiting to be examined")
    audience = gettext_lazy("Those who examine practices")
    for_roles = (roles.REVIEWERS, roles.FACILITATORS)
    can_be_switched_off = True


@notification
class PracticeChangesAsked(Notification):
    name = "good_practices.practice_changes_asked"
    category = Category.PRACTICES
    label = gettext_lazy("Changes are asked of your practice")
    audience = gettext_lazy("The author of the practice")


@notification
class PracticePublished(Notification):
    name = "good_practices.practice_published"
    category = Category.PRACTICES
    label = gettext_lazy("Your practice is published")
    audience = gettext_lazy("The author of the practice")

"""What the library tells: a record that is published, what becomes of it afterwards."""

from dataclasses import replace

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from library.models import LegalStatusEntry, RecordPage
from library.querysets import said_links
from network_site.core.templatetags.date_tags import date_mid
from network_site.notifications.page_items import PageItem, path_of_page
from network_site.pages.catalogue_source import PAGE
from network_site.pages.enums import RelationKind
from network_site.pages.models import RelatedPage
from network_site.pages.visibility import tokens_of_both, tokens_of_pages
from network_site.registries.enums import Category
from network_site.registries.notifications import (
    InCatalogue,
    ItemNotification,
    Line,
    Notification,
    Target,
    notification,
)

# A published record that does this to another changes what the other's followers know.
SUPERSEDING = (RelationKind.REPLACES, RelationKind.AMENDS)


@notification
class Record(PageItem):
    name = "library.record"
    category = Category.LIBRARY
    label = gettext_lazy("A text or a study enters the library")
    audience = gettext_lazy(
        "Those who follow the library, a theme, a territory or the body that issued it"
    )
    model = RecordPage
    space = "library"
    mark = "texte"
    what = gettext_lazy("New text")

    def new_in_search(self, page):
        return page

    def queryset(self):
        return super().queryset().for_cards()

    def organization_id(self, page):
        return page.publisher_id

    def line(self, page):
        line = super().line(page)
        if not page.is_study:
            return line
        return replace(line, what=_("New study"))

    def context(self, page):
        return _joined(page.overline, page.summary)


def _joined(first, second):
    """Two pieces of a line of context, either of which may be missing."""
    if first and second:
        return _("%(first)s. %(second)s") % {
            "first": str(first).rstrip("."),
            "second": second,
        }
    return str(first or second)


@notification
class LegalStatusChanged(ItemNotification):
    """One line of the legal history; the object is the LegalStatusEntry."""

    name = "library.status_changed"
    category = Category.LIBRARY
    label = gettext_lazy("A text you follow is repealed, modified or in force again")
    audience = gettext_lazy("Those who follow the text")

    def in_catalogue(self):
        return InCatalogue(PAGE, LegalStatusEntry.objects.all(), ("page_id",))

    def load(self, ids):
        entries = list(
            LegalStatusEntry.objects.filter(pk__in=ids, page__live=True)
            .select_related("page")
            .prefetch_related("page__theme_links__theme")
        )
        tokens = tokens_of_pages({entry.page for entry in entries})
        for entry in entries:
            entry.reader_tokens = tokens[entry.page_id]
        return {entry.pk: entry for entry in entries}

    def tokens(self, entry):
        return entry.reader_tokens

    def targets(self, entry):
        # Not its themes: who follows a whole field did not ask for the history of each text.
        return [Target("page", str(entry.page_id))]

    def line(self, entry):
        page = entry.page
        words = entry.get_status_display()
        if entry.effective_on:
            words = _("%(status)s as of %(date)s") % {
                "status": words,
                "date": date_mid(entry.effective_on),
            }
        return Line(
            mark="texte",
            what=_("Legal status changed"),
            title=page.title,
            path=path_of_page(page),
            context=_joined(words[:1].upper() + words[1:], entry.note),
            theme=next((link.theme.label for link in page.theme_links.all()), ""),
            lang=page.lang,
            occurred_at=entry.created_at,
        )


@notification
class RecordReplaced(PageItem):
    """A new record replaces or amends others; the object is the new one."""

    name = "library.record_replaced"
    category = Category.LIBRARY
    label = gettext_lazy("A text you follow is replaced or amended by another")
    audience = gettext_lazy("Those who follow the former text")
    model = RecordPage
    space = "library"
    mark = "texte"

    def in_catalogue(self):
        # As many texts as it replaces must be open to the reader.
        return None

    def load(self, ids):
        records = super().load(ids)
        links = list(
            said_links(RelatedPage.objects.all())
            .filter(page_id__in=records, kind__in=SUPERSEDING, target__live=True)
            .select_related("target")
            .order_by("-kind", "sort_order", "pk")
        )
        former = tokens_of_pages({link.target for link in links})
        for record in records.values():
            record.superseded = [link for link in links if link.page_id == record.pk]
            # The former titles are told with the new one.
            for link in record.superseded:
                record.reader_tokens = tokens_of_both(
                    record.reader_tokens, former[link.target_id]
                )
        return {pk: record for pk, record in records.items() if record.superseded}

    def targets(self, page):
        return [Target("page", str(link.target_id)) for link in page.superseded]

    def line(self, page):
        titles = [
            _("“%(title)s”") % {"title": link.target.title} for link in page.superseded
        ]
        if page.superseded[0].kind == RelationKind.REPLACES:
            what, words = _("Text replaced"), _("Replaces %(titles)s")
        else:
            what, words = _("Text amended"), _("Amends %(titles)s")
        return replace(
            super().line(page),
            what=what,
            context=words % {"titles": get_text_list(titles, _("and"))},
        )


@notification
class BodyRoleGiven(Notification):
    name = "library.body_role_given"
    category = Category.ACCOUNT
    label = gettext_lazy("You contribute to the library, or publish in it, for a body")
    audience = gettext_lazy("The person who is given the role")


@notification
class BodyRoleWithdrawn(Notification):
    name = "library.body_role_withdrawn"
    category = Category.ACCOUNT
    label = gettext_lazy("A role in the library is withdrawn from you")
    audience = gettext_lazy("The person who had the role")

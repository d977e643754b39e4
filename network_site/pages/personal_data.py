"""Pages keep their authors by their account; copies of pages in memory forget at once."""

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from network_site.pages.reader_cache import shelf
from network_site.registries.personal_data import (
    Dependent,
    PersonalData,
    ReceiptLine,
    Section,
    personal_data,
)


@personal_data
class Pages(PersonalData):
    name = "pages.page"
    label = _("Pages that you wrote")
    purpose = _("To share what the network knows")
    models = (
        "pages.EditorialPage",
        "pages.StandardPage",
        "home.HomePage",
        "home.Branding",
        "newsletters.NewsletterIndexPage",
        "newsletters.NewsletterIssuePage",
        "library.LibraryIndexPage",
        "library.LibrarySectionPage",
        "good_practices.PracticeIndexPage",
        "good_practices.MeasureIndexPage",
        "good_practices.MeasurePage",
        "events.EventIndexPage",
    )
    kept = _("As long as they are of use to the network")
    on_leaving = _("They stay, signed as you choose below.")
    fields = {
        "title": _("Title"),
        "address": _("Address"),
        "created": _("Created"),
        "published": _("Published"),
    }

    def export(self, user):
        return Section(
            [
                {
                    "title": page.title,
                    "address": page.url_path,
                    "created": page.latest_revision_created_at,
                    "published": page.first_published_at,
                }
                for page in Page.objects.filter(owner=user).order_by("pk")
            ]
        )

    def erase(self, leaving):
        kept = Page.objects.filter(owner_id=leaving.user_id).count()
        yield ReceiptLine(
            self.label,
            kept=kept,
            why_kept=_("They serve the network, and no longer name you.")
            if not leaving.keeps_name
            else _("They serve the network; you let your name stand."),
        )

    def settle(self, leaving):
        # Other processes see that something changed by the last row of the outbox.
        shelf.clear()

    def dependents(self, user):
        mine = Page.objects.filter(owner=user, live=False).exclude(
            first_published_at=None
        )
        for page in mine.order_by("pk")[:20]:
            yield Dependent(_("Page that you took down"), page.title)

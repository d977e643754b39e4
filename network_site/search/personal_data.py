"""Saved searches, counts of questions, and the index itself, which is no table."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from network_site.registries.personal_data import (
    PersonalData,
    ReceiptLine,
    Retention,
    Section,
    personal_data,
)
from network_site.search import indexing, pending, trends
from network_site.search.engine import IndexUnavailable
from network_site.search.models import QueryCount, QueryTrace, SavedSearch
from network_site.search.stores import get_store


@personal_data
class SavedSearches(PersonalData):
    name = "search.saved"
    label = _("Saved searches")
    purpose = _("To tell you what is new about a question of yours")
    models = ("site_search.SavedSearch",)
    kept = _("As long as you keep them")
    on_leaving = _("Erased.")
    fields = {
        "name": _("Name"),
        "criteria": _("What is looked for"),
        "saved": _("Saved"),
    }

    def export(self, user):
        return Section(
            [
                {"name": one.name, "criteria": one.criteria, "saved": one.created_at}
                for one in SavedSearch.objects.filter(user=user).order_by("pk")
            ]
        )

    def erase(self, leaving):
        count, _rows = SavedSearch.objects.filter(user_id=leaving.user_id).delete()
        yield ReceiptLine(self.label, count)

    def count(self):
        return SavedSearch.objects.count()


@personal_data
class Questions(PersonalData):
    name = "search.counts"
    label = _("Questions asked to the search")
    purpose = _("To know what the library lacks, without knowing who asked")
    models = (
        "site_search.QueryCount",
        "site_search.QueryTrace",
        "site_search.CountingKey",
    )
    retention = Retention(
        timedelta(weeks=trends.KEPT_WEEKS),
        _(
            "People are told apart by marks that the week's end makes unreadable; a question"
            " of fewer than three people goes with the week"
        ),
        "network_site.search.timetable.close_counted_weeks",
    )
    on_leaving = _("Nothing leads back to you.")

    def count(self):
        return QueryCount.objects.count()

    def overdue(self, now):
        week = trends.week_of(now - timedelta(days=1))
        traces = QueryTrace.objects.filter(counted__week__lt=week).count()
        old = QueryCount.objects.filter(
            week__lt=week - timedelta(weeks=trends.KEPT_WEEKS)
        )
        return traces + old.count()


@personal_data
class Index(PersonalData):
    name = "search.index"
    label = _("Search index")
    purpose = _("To find pages, discussions and members by their words")
    kept = _("As long as what is indexed")
    on_leaving = _("Written anew without you.")
    order = 94

    def erase(self, leaving):
        # Its files are written anew by settle(), when the database no longer says anything.
        yield ReceiptLine(_("Words of the search index"), 1)

    def settle(self, leaving):
        """Write what changed, then merge: a deleted word must not lie in an old segment."""
        try:
            indexing.update(pending.waiting_keys())
            get_store().purge()
        except IndexUnavailable:
            # A rebuild reads the database, which has forgotten.
            return

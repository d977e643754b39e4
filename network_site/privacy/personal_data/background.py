"""What the site notes of its own work: effects to come, tasks, runs of the timetable."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from network_site.core.housekeeping import (
    HANDLED_KEPT_FOR,
    RUNS_KEPT_FOR,
    TASK_RESULTS_KEPT_FOR,
)
from network_site.core.models import OutboxEntry, TimetableRun
from network_site.privacy.services.sweep import sweep
from network_site.registries.personal_data import (
    PersonalData,
    ReceiptLine,
    Retention,
    personal_data,
)

# The rows of the night are forgotten once a day.
_A_DAY = timedelta(days=1)


class _Background(PersonalData):
    """Rows that hold keys and, when something failed, what the program said of it."""

    on_leaving = _("They hold no name; what an error report cites of you is cleared.")


@personal_data
class Effects(_Background):
    name = "core.outbox"
    label = _("Effects of what was done")
    purpose = _("To send mails and keep the search up to date, without losing any")
    models = ("core.OutboxEntry",)
    retention = Retention(
        HANDLED_KEPT_FOR,
        _("30 days once done"),
        "network_site.core.housekeeping.prune_background_rows",
    )

    def count(self):
        return OutboxEntry.objects.count()

    def overdue(self, now):
        before = now - HANDLED_KEPT_FOR - _A_DAY
        return OutboxEntry.objects.filter(handled_at__lt=before).count()


@personal_data
class Tasks(_Background):
    name = "core.tasks"
    label = _("Results of the slow work")
    purpose = _("To see that an import or a copy of data was made")
    models = ("django_tasks_database.DBTaskResult",)
    retention = Retention(
        TASK_RESULTS_KEPT_FOR,
        _("14 days once done"),
        "network_site.core.housekeeping.prune_background_rows",
    )

    def count(self):
        return DBTaskResult.objects.count()

    def overdue(self, now):
        before = now - TASK_RESULTS_KEPT_FOR - _A_DAY
        return DBTaskResult.objects.finished().filter(finished_at__lt=before).count()


@personal_data
class Runs(_Background):
    name = "core.timetable"
    label = _("Runs of the timetable")
    purpose = _("To do each night's work once")
    models = ("core.TimetableRun",)
    retention = Retention(
        RUNS_KEPT_FOR,
        _("7 days"),
        "network_site.core.housekeeping.prune_background_rows",
    )

    def count(self):
        return TimetableRun.objects.count()

    def overdue(self, now):
        return TimetableRun.objects.filter(
            due_at__lt=now - RUNS_KEPT_FOR - _A_DAY
        ).count()


@personal_data
class NamedInWords(PersonalData):
    name = "privacy.words"
    label = _("Your name and address in the words of others")
    purpose = _("Contacts, mentions, signatures, versions of pages, error reports")
    kept = _("As long as what they stand in")
    on_leaving = _(
        "Your address is taken out everywhere. Your full name is replaced in pages,"
        " messages and all their versions, unless you let it stand."
    )
    order = 90
    has_own_transactions = True

    def erase(self, leaving):
        swept = sweep(leaving, address_gone="")
        yield ReceiptLine(self.label, swept.cleared)
        yield ReceiptLine(
            _("Your name in published works"),
            kept=swept.published,
            why_kept=_(
                "Texts and studies of the library are publications, of which you may be an"
                " author: freedom of information and archives (GDPR, article 17.3). Write to"
                " the editors if you wish otherwise."
            ),
        )
        yield ReceiptLine(
            _("Your family name alone, in the words of others"),
            kept=swept.alone,
            why_kept=_(
                "Other people may bear it: a machine cannot tell. Write to us to have it taken"
                " out where it is yours."
            ),
        )
        yield ReceiptLine(
            _("Addresses of pages made of your name"),
            kept=swept.addresses,
            why_kept=_(
                "Links to these pages would break. Write to us to have them changed."
            ),
        )

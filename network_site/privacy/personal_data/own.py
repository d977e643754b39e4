"""What this app keeps itself: copies of data, departures and their receipts."""

from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from network_site.privacy.enums import ExportStatus
from network_site.privacy.models import Departure, Export
from network_site.privacy.services import exports
from network_site.registries.personal_data import (
    PersonalData,
    ReceiptLine,
    Retention,
    Section,
    personal_data,
)


@personal_data
class Copies(PersonalData):
    name = "privacy.export"
    label = _("Copies of your data")
    purpose = _("To hand you what is kept of you")
    models = ("privacy.Export",)
    retention = Retention(
        timedelta(days=settings.EXPORT_KEPT_DAYS),
        _("7 days, then the file is erased"),
        "network_site.privacy.timetable.erase_old_copies",
    )
    on_leaving = _("Erased.")
    order = 30
    fields = {"asked": _("Asked"), "state": _("State")}

    def export(self, user):
        return Section(
            [
                {"asked": one.asked_at, "state": one.get_status_display()}
                for one in Export.objects.filter(user=user).order_by("pk")
            ]
        )

    def erase(self, leaving):
        found = list(Export.objects.filter(user_id=leaving.user_id))
        for export in found:
            exports.throw_away(export)
            export.delete()
        yield ReceiptLine(self.label, len(found))

    def count(self):
        return Export.objects.filter(status=ExportStatus.READY).count()

    def overdue(self, now):
        return Export.objects.filter(
            status=ExportStatus.READY, expires_at__lt=now - timedelta(hours=2)
        ).count()


@personal_data
class Receipts(PersonalData):
    name = "privacy.departure"
    label = _("Receipts of departures")
    purpose = _("To prove that the erasure was made")
    models = ("privacy.Departure",)
    retention = Retention(
        timedelta(days=365 * 5),
        _(
            "5 years, without a name (limitation of civil actions: Civil Code, article 2224)"
        ),
    )
    on_leaving = _("The receipt stays, without your name or address.")
    order = 96
    fields = {
        "asked": _("Asked"),
        "due": _("Carried out from"),
        "given_up": _("Given up"),
    }

    def export(self, user):
        return Section(
            [
                {"asked": one.asked_at, "due": one.due_at, "given_up": one.cancelled_at}
                for one in Departure.objects.filter(user=user).order_by("pk")
            ]
        )

    def erase(self, leaving):
        # Those given up say nothing any more.
        Departure.objects.filter(
            user_id=leaving.user_id, cancelled_at__isnull=False
        ).delete()
        yield ReceiptLine(
            self.label,
            kept=1,
            why_kept=_("It proves that the erasure was made, and names nobody."),
        )

    def count(self):
        return Departure.objects.filter(erased_at__isnull=False).count()

    def _old(self, now):
        before = now - self.retention.after
        return Departure.objects.filter(
            erased_at__lt=before
        ) | Departure.objects.filter(cancelled_at__lt=now - timedelta(days=365))

    def overdue(self, now):
        return self._old(now - timedelta(days=1)).count()

    def forget(self, now):
        self._old(now).delete()

"""The library publishes; of people it keeps who recorded a legal status, and who checked it."""

from django.utils.translation import gettext_lazy as _

from library.models import LegalStatusEntry
from network_site.registries.personal_data import (
    PersonalData,
    ReceiptLine,
    Section,
    personal_data,
)


@personal_data
class LegalStatus(PersonalData):
    name = "library.legal_status"
    label = _("Legal statuses that you recorded")
    purpose = _("To say who checked whether a text is in force")
    models = (
        "library.LegalStatusEntry",
        "library.RecordPage",
        "library.RegulatoryTextPage",
        "library.StudyPage",
    )
    kept = _("As long as the text")
    on_leaving = _("They stay, signed as you choose below.")
    published_works = (
        "library.RecordPage",
        "library.RegulatoryTextPage",
        "library.StudyPage",
    )
    fields = {
        "text": _("Text"),
        "status": _("Status"),
        "since": _("Since"),
        "note": _("Note"),
        "checked_by": _("Checked by"),
    }

    def export(self, user):
        return Section(
            [
                {
                    "text": one.page_id,
                    "status": one.get_status_display(),
                    "note": one.note,
                    "checked_by": one.checked_by,
                }
                for one in LegalStatusEntry.objects.filter(recorded_by=user).order_by(
                    "pk"
                )
            ]
        )

    def erase(self, leaving):
        kept = LegalStatusEntry.objects.filter(recorded_by_id=leaving.user_id).count()
        yield ReceiptLine(
            self.label,
            kept=kept,
            why_kept=_("They are facts about texts; they lead to your empty account."),
        )

    def count(self):
        return LegalStatusEntry.objects.count()

"""The contact relay: what one wrote to a colleague, and whom one no longer hears from."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from network_site.directory.models import ContactBlock, ContactMessage
from network_site.directory.services import ROWS_KEPT_FOR, WORDS_KEPT_FOR
from network_site.registries.personal_data import (
    PersonalData,
    ReceiptLine,
    Retention,
    Section,
    personal_data,
)

_JOB = "network_site.directory.timetable.erase_old_messages"
_A_DAY = timedelta(days=1)


@personal_data
class Messages(PersonalData):
    name = "directory.message"
    label = _("Messages of the contact relay")
    purpose = _("To write to a colleague without knowing their address")
    models = ("directory.ContactMessage", "directory.ContactBlock")
    retention = Retention(
        WORDS_KEPT_FOR, _("The words: 30 days; who wrote to whom: one year"), _JOB
    )
    on_leaving = _("Erased, those that you wrote and those that you received.")
    order = 38
    fields = {
        "subject": _("Subject"),
        "text": _("Text"),
        "sent": _("Sent"),
        "refused": _("You refuse one sender since"),
    }

    def export(self, user):
        """What one wrote; what one received was written by others, and lies in a mailbox."""
        return Section(
            [
                {"subject": one.subject, "text": one.body, "sent": one.sent_at}
                for one in ContactMessage.objects.filter(sender=user).order_by("pk")
            ]
            + [
                {"refused": one.created_at}
                for one in ContactBlock.objects.filter(recipient=user).order_by("pk")
            ]
        )

    def erase(self, leaving):
        user = leaving.user_id
        sent, _rows = ContactMessage.objects.filter(sender_id=user).delete()
        received, _rows = ContactMessage.objects.filter(recipient_id=user).delete()
        mine, _rows = ContactBlock.objects.filter(recipient_id=user).delete()
        ContactBlock.objects.filter(sender_id=user).delete()
        yield ReceiptLine(self.label, sent + received + mine)

    def count(self):
        return ContactMessage.objects.count()

    def overdue(self, now):
        now -= _A_DAY
        words = ContactMessage.objects.filter(
            sent_at__lt=now - WORDS_KEPT_FOR, erased_at=None
        )
        rows = ContactMessage.objects.filter(sent_at__lt=now - ROWS_KEPT_FOR)
        return words.count() + rows.count()

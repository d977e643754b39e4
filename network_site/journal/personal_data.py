"""The journal of decisions keeps keys and no name: it stays, and names nobody any more."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network_site.journal.models import Entry
from network_site.journal.triggers import RETENTION_DAYS
from network_site.registries.personal_data import (
    PersonalData,
    ReceiptLine,
    Retention,
    Section,
    personal_data,
)


@personal_data
class Journal(PersonalData):
    name = "journal.entry"
    label = _("Journal of decisions")
    purpose = _("To know who decided what about people, rights and data")
    models = ("journal.Entry",)
    retention = Retention(
        timedelta(days=RETENTION_DAYS),
        _("Three years, by keys and without a name"),
        "network_site.journal.timetable.forget_decisions_of_long_ago",
    )
    on_leaving = _(
        "It stays, by keys: with your account empty, it no longer names you."
    )
    fields = {
        "at": _("When"),
        "action": _("What"),
        "role": _("You were"),
    }

    def export(self, user):
        entries = Entry.objects.filter(Q(actor_id=user.pk) | Q(subject_id=user.pk))
        return Section(
            [
                {
                    "at": one.at,
                    "action": one.get_action_display(),
                    # Who else took part is somebody else.
                    "role": _("who decided")
                    if one.actor_id == user.pk
                    else _("whom it concerned"),
                }
                for one in entries.order_by("pk")
            ]
        )

    def erase(self, leaving):
        kept = Entry.objects.filter(
            Q(actor_id=leaving.user_id) | Q(subject_id=leaving.user_id)
        ).count()
        yield ReceiptLine(
            self.label,
            kept=kept,
            why_kept=_(
                "Decisions must remain accountable (GDPR, article 5.2); the entries hold"
                " keys, which lead to an empty account."
            ),
        )

    def count(self):
        return Entry.objects.count()

    def overdue(self, now):
        before = now - self.retention.after - timedelta(days=1)
        return Entry.objects.filter(at__lt=before).count()

"""What is kept of the mails sent to people, and of those that came back."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network_site.mailing.enums import MailStatus
from network_site.mailing.models import AddressHealth, Bounce, OutgoingMail
from network_site.registries.personal_data import (
    PersonalData,
    ReceiptLine,
    Retention,
    Section,
    personal_data,
)

_JOB = "network_site.mailing.timetable.forget_old_mails"
# The job passes once a day.
_A_DAY = timedelta(days=1)


def _of(leaving, field="address"):
    """The rows that name one of the person's addresses."""
    condition = Q(pk__in=[])
    for address in leaving.addresses:
        condition |= Q(**{f"{field}__iexact": address})
    return condition


@personal_data
class Mails(PersonalData):
    name = "notifications.mails"
    label = _("Journal of the mails")
    purpose = _("To send each mail once, and to know why one did not arrive")
    models = ("notifications.OutgoingMail",)
    retention = Retention(
        timedelta(days=settings.MAIL_JOURNAL_DAYS),
        _("180 days; the text of the mails is not kept"),
        _JOB,
    )
    on_leaving = _("Erased.")
    order = 70
    erases_again = True
    fields = {
        "subject": _("Subject"),
        "address": _("Address"),
        "status": _("Status"),
        "written": _("Written"),
        "sent": _("Sent"),
    }

    def export(self, user):
        return Section(
            [
                {
                    "subject": one.subject,
                    "address": one.address,
                    "status": one.get_status_display(),
                    "written": one.created_at,
                    "sent": one.sent_at,
                }
                for one in OutgoingMail.objects.filter(user=user).order_by("pk")
            ]
        )

    def erase(self, leaving):
        count, _rows = OutgoingMail.objects.filter(
            Q(user_id=leaving.user_id) | _of(leaving)
        ).delete()
        yield ReceiptLine(self.label, count)

    def count(self):
        return OutgoingMail.objects.count()

    def overdue(self, now):
        limit = now - self.retention.after - _A_DAY
        waiting = [MailStatus.QUEUED, MailStatus.SENDING]
        return (
            OutgoingMail.objects.filter(created_at__lt=limit)
            .exclude(status__in=waiting)
            .count()
        )


@personal_data
class Returns(PersonalData):
    name = "notifications.returns"
    label = _("Mails that came back")
    purpose = _("To stop writing to an address that refuses")
    models = ("notifications.Bounce", "notifications.AddressHealth")
    retention = Retention(
        timedelta(days=settings.MAIL_JOURNAL_DAYS),
        _("180 days; an address that refuses for good, until somebody lifts it"),
        _JOB,
    )
    on_leaving = _("Erased.")
    order = 69
    erases_again = True
    fields = {
        "address": _("Address"),
        "received": _("Received"),
        "for_good": _("For good"),
        "said": _("What the server said"),
    }

    def export(self, user):
        found = Bounce.objects.filter(address__iexact=user.email).order_by("pk")
        return Section(
            [
                {
                    "address": one.address,
                    "received": one.received_at,
                    "for_good": one.is_hard,
                    "said": one.diagnostic,
                }
                for one in found
            ]
        )

    def erase(self, leaving):
        bounces, _rows = Bounce.objects.filter(
            _of(leaving) | Q(mail__user_id=leaving.user_id)
        ).delete()
        health, _rows = AddressHealth.objects.filter(_of(leaving)).delete()
        yield ReceiptLine(self.label, bounces + health)

    def count(self):
        return Bounce.objects.count() + AddressHealth.objects.count()

    def overdue(self, now):
        limit = now - self.retention.after - _A_DAY
        healthy = AddressHealth.objects.filter(
            suspended_at=None, last_bounced_at__lt=limit
        )
        return Bounce.objects.filter(received_at__lt=limit).count() + healthy.count()

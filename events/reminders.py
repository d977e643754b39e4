"""Who is to be reminded of their day."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from events.models import Registration
from network_site.core.outbox import emit_many
from network_site.core.timetable import PARIS

DAYS_BEFORE = 2


def call_reminders(*, now=None):
    """Ask for a reminder to everyone who has a seat at a day of the day after tomorrow.

    Not to those who registered today: they have just read the same. Returns how many rows
    were written; a second call on one day writes them again, and the mail leaves once.
    """
    today = (now or timezone.now()).astimezone(PARIS).date()
    day = today + timedelta(days=DAYS_BEFORE)
    rows = (
        Registration.objects.confirmed()
        .filter(
            event__live=True,
            event__starts_at__gte=_midnight(day),
            event__starts_at__lt=_midnight(day + timedelta(days=1)),
            created_at__lt=_midnight(today),
        )
        .exclude(event__state__is_cancelled=True)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    return len(
        emit_many(
            "registration.reminder_due",
            [{"registration_id": pk, "day": day.isoformat()} for pk in rows],
        )
    )


def _midnight(day):
    """The moment at which `day` begins in Paris."""
    return datetime.combine(day, time.min, tzinfo=PARIS)

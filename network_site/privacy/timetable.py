"""What is done by the clock about people's data."""

from django.utils import timezone

from network_site.core.timetable import daily, every
from network_site.privacy.services import departures, erasure, exports, inactivity
from network_site.registries.personal_data import (
    DAILY_JOB,
    categories,
)


@every(minutes=10)
def carry_out_departures():
    """Erase the accounts whose fourteen days are over."""
    erasure.call_due()


@every(minutes=60)
def erase_old_copies():
    """Erase copies of data after their seven days."""
    exports.expire()


@daily(at="04:20")
def end_what_was_begun():
    """Carry on the erasures that a killed worker left half-way."""
    erasure.take_up_again()


@daily(at="09:00")
def remind_those_who_leave():
    """Three days before, whoever leaves is reminded that they may stay."""
    departures.remind()


@daily(at="08:30")
def follow_unused_accounts():
    """Two notices, then the erasure of accounts that nobody uses."""
    inactivity.run()


@daily(at="03:10")
def forget_past_due():
    """What has no job of its own and is past its time goes."""
    now = timezone.now()
    for category in categories():
        if category.retention and category.retention.job == DAILY_JOB:
            category.forget(now)

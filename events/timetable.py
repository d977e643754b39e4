"""What must be done by the clock."""

from events import services
from events.reminders import call_reminders
from network_site.core.timetable import daily


@daily(at="08:00")
def remind_of_days():
    """Two days before, everyone who has a seat is reminded of it."""
    call_reminders()


@daily(at="03:20")
def forget_access_needs():
    """Needs for access are erased thirty days after the day, without anyone acting."""
    services.forget_access_needs()

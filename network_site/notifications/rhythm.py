"""When a summary is due: wall time in Paris, across the changes of the clock.

Nothing is ever counted from the last run of a job: a summary is due at a wall time (7 h, Tuesday
8 h), the next one is the first such time after now, and what it holds is what was not told yet.
A late, early, doubled or skipped run therefore neither loses nor repeats anything.
"""

from datetime import UTC, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from network_site.core.timetable import PARIS
from network_site.notifications.enums import Rhythm
from network_site.notifications.models import DigestSchedule, MailSettings
from network_site.registries.enums import Category

# The network's own hours.
HOURS = {Rhythm.DAILY: 7, Rhythm.WEEKLY: 8, Rhythm.MONTHLY: 8}
TUESDAY = 1
# The longest wait for a first Tuesday of the month, and one day for the hour.
LONGEST = 36


def next_slot(rhythm, hour, after):
    """The first time after `after` at which a summary of `rhythm` is due.

    `rhythm` is daily, weekly (Tuesdays) or monthly (first Tuesdays); `hour` of the wall in
    Paris, None for the network's own. Returns an aware datetime; raises ValueError for a
    rhythm without summaries.
    """
    if rhythm not in HOURS:
        raise ValueError(f"No summary at the rhythm {rhythm!r}")
    at = time(HOURS[rhythm] if hour is None else hour)
    first = after.astimezone(PARIS).date()
    for days in range(LONGEST + 1):
        day = first + timedelta(days=days)
        slot = datetime.combine(day, at, tzinfo=PARIS)
        if _is_day_of(rhythm, day) and slot > after:
            return slot.astimezone(UTC)
    raise AssertionError("A month without a first Tuesday")


def _is_day_of(rhythm, day):
    if rhythm == Rhythm.DAILY:
        return True
    return day.weekday() == TUESDAY and (rhythm == Rhythm.WEEKLY or day.day <= 7)


def is_paused(settings, now):
    """Whether `settings` ask for silence at `now`; both days belong to the pause."""
    if settings.paused_from is None and settings.paused_until is None:
        return False
    today = now.astimezone(PARIS).date()
    has_begun = settings.paused_from is None or settings.paused_from <= today
    has_ended = settings.paused_until is not None and settings.paused_until < today
    return has_begun and not has_ended


def summary_rhythm(settings, category):
    """The rhythm of the summary in which items of `category` wait, None for never.

    Who wants mails at once still has a summary, for what a pause held back: every day.
    """
    rhythm = settings.rhythm_of(category)
    if rhythm == Rhythm.NONE:
        return None
    return Rhythm.DAILY if rhythm == Rhythm.AT_ONCE else Rhythm(rhythm)


def rhythms_in_use(settings):
    """The rhythms at which the person of `settings` may have a summary."""
    found = {summary_rhythm(settings, category) for category in Category.values}
    return found - {None}


@transaction.atomic
def reschedule(user, now=None):
    """Write down anew when the summaries of `user` are due, after a change of settings.

    A slot that was due and not yet served stays due: changing one's mind at 7.02 loses
    nothing.
    """
    now = now or timezone.now()
    settings = MailSettings.objects.filter(user=user).first() or MailSettings(user=user)
    wanted = rhythms_in_use(settings)
    schedules = DigestSchedule.objects.filter(user=user)
    schedules.exclude(rhythm__in=wanted).delete()
    known = dict(schedules.values_list("rhythm", "due_at"))
    for rhythm in sorted(wanted):
        due_at = next_slot(rhythm, settings.hour, now)
        if rhythm not in known:
            DigestSchedule.objects.get_or_create(
                user=user, rhythm=rhythm, defaults={"due_at": due_at}
            )
        elif known[rhythm] > now:
            schedules.filter(rhythm=rhythm).update(due_at=due_at)


def ensure_schedules(wanted, now):
    """Make the missing schedules of `wanted`, a mapping {user's pk: (settings, rhythms)}.

    Those that exist stay as they are. Two queries whatever their number.
    """
    known = set(
        DigestSchedule.objects.filter(user_id__in=wanted).values_list(
            "user_id", "rhythm"
        )
    )
    missing = [
        DigestSchedule(
            user_id=user_id,
            rhythm=rhythm,
            due_at=next_slot(rhythm, settings.hour, now),
        )
        for user_id, (settings, rhythms) in wanted.items()
        for rhythm in sorted(rhythms)
        if (user_id, rhythm) not in known
    ]
    if missing:
        DigestSchedule.objects.bulk_create(missing, ignore_conflicts=True)

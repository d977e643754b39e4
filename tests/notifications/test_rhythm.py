"""When a summary is due: wall time in Paris, whatever the clock and the worker do."""

from datetime import UTC, date, datetime, timedelta

import pytest

from network_site.core.timetable import PARIS
from network_site.notifications.enums import Rhythm
from network_site.notifications.models import DigestSchedule, MailSettings
from network_site.notifications.rhythm import is_paused, next_slot, reschedule
from network_site.registries.enums import Category


def paris(*parts):
    return datetime(*parts, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("after", "slot"),
    [
        (paris(2026, 3, 2, 6, 59), paris(2026, 3, 2, 7)),
        (paris(2026, 3, 2, 7, 0), paris(2026, 3, 3, 7)),
        (paris(2026, 3, 2, 7, 30), paris(2026, 3, 3, 7)),
        # The clock goes forward in the night of 28 to 29 March, back in that of 24 to 25 October.
        (paris(2026, 3, 28, 12), paris(2026, 3, 29, 7)),
        (paris(2026, 10, 24, 12), paris(2026, 10, 25, 7)),
        (paris(2026, 12, 31, 8), paris(2027, 1, 1, 7)),
    ],
)
def test_a_daily_summary_is_due_at_seven_on_the_wall(after, slot):
    assert next_slot(Rhythm.DAILY, None, after) == slot


@pytest.mark.parametrize(
    ("after", "slot"),
    [
        (paris(2026, 3, 2, 14), paris(2026, 3, 3, 8)),
        (paris(2026, 3, 3, 7, 59), paris(2026, 3, 3, 8)),
        (paris(2026, 3, 3, 8), paris(2026, 3, 10, 8)),
        (paris(2026, 3, 24, 9), paris(2026, 3, 31, 8)),
        (paris(2026, 10, 20, 9), paris(2026, 10, 27, 8)),
    ],
)
def test_a_weekly_summary_is_due_on_tuesdays_at_eight(after, slot):
    assert next_slot(Rhythm.WEEKLY, None, after) == slot


@pytest.mark.parametrize(
    ("after", "slot"),
    [
        # A month that begins on a Tuesday, and one whose first Tuesday is the seventh.
        (paris(2026, 8, 31, 23), paris(2026, 9, 1, 8)),
        (paris(2026, 7, 1), paris(2026, 7, 7, 8)),
        (paris(2026, 7, 7, 8), paris(2026, 8, 4, 8)),
        (paris(2026, 12, 1, 9), paris(2027, 1, 5, 8)),
    ],
)
def test_a_monthly_summary_is_due_on_the_first_tuesday(after, slot):
    assert next_slot(Rhythm.MONTHLY, None, after) == slot


def test_the_hour_may_be_ones_own():
    assert next_slot(Rhythm.DAILY, 18, paris(2026, 3, 2, 14)) == paris(2026, 3, 2, 18)
    assert next_slot(Rhythm.WEEKLY, 5, paris(2026, 3, 2, 14)) == paris(2026, 3, 3, 5)


@pytest.mark.parametrize("rhythm", [Rhythm.AT_ONCE, Rhythm.NONE, "yearly"])
def test_what_has_no_summary_has_no_slot(rhythm):
    with pytest.raises(ValueError, match="No summary"):
        next_slot(rhythm, None, paris(2026, 3, 2))


@pytest.mark.parametrize("rhythm", [Rhythm.DAILY, Rhythm.WEEKLY, Rhythm.MONTHLY])
@pytest.mark.parametrize("hour", [None, 5, 21])
def test_each_slot_of_four_years_stands_at_its_hour_and_none_is_missed(rhythm, hour):
    at, days = datetime(2026, 1, 1, tzinfo=UTC), []
    while at < datetime(2030, 1, 1, tzinfo=UTC):
        following = next_slot(rhythm, hour, at)
        # From one second before it, the same slot is the next one.
        assert next_slot(rhythm, hour, following - timedelta(seconds=1)) == following
        at = following
        local = at.astimezone(PARIS)
        assert local.minute == local.second == 0
        assert local.hour == (hour or {"daily": 7}.get(rhythm, 8))
        days.append(local.date())
    gaps = {(later - day).days for day, later in zip(days, days[1:], strict=False)}
    assert gaps == {"daily": {1}, "weekly": {7}, "monthly": {28, 35}}[rhythm]


def test_both_days_of_a_pause_belong_to_it():
    settings = MailSettings(
        paused_from=date(2026, 8, 1), paused_until=date(2026, 8, 15)
    )
    assert not is_paused(settings, paris(2026, 7, 31, 23, 59))
    assert is_paused(settings, paris(2026, 8, 1, 0, 0))
    assert is_paused(settings, paris(2026, 8, 15, 23, 59))
    assert not is_paused(settings, paris(2026, 8, 16, 0, 0))
    assert not is_paused(MailSettings(), paris(2026, 8, 1))


@pytest.mark.django_db
def test_changing_ones_mind_moves_what_is_to_come_and_keeps_what_is_due(member):
    now = paris(2026, 3, 2, 14)
    settings = MailSettings.objects.create(user=member, rhythm=Rhythm.WEEKLY)

    def due():
        return dict(DigestSchedule.objects.values_list("rhythm", "due_at"))

    reschedule(member, now)
    assert due() == {"weekly": paris(2026, 3, 3, 8)}
    settings.hour = 18
    settings.category_rhythms = {Category.FORUMS: Rhythm.AT_ONCE}
    settings.save()
    reschedule(member, now)
    # Mails at once have a daily summary in reserve, for what a pause holds back.
    assert due() == {"weekly": paris(2026, 3, 3, 18), "daily": paris(2026, 3, 2, 18)}
    settings.hour = None
    settings.save()
    reschedule(member, paris(2026, 3, 2, 18, 2))
    assert due() == {"weekly": paris(2026, 3, 3, 8), "daily": paris(2026, 3, 2, 18)}
    settings.rhythm, settings.category_rhythms = Rhythm.NONE, {}
    settings.save()
    reschedule(member, now)
    assert due() == {}

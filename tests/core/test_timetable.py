"""Jobs run when they are due, once over all workers, also when clocks change."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from network_site.core import timetable
from network_site.core.models import TimetableRun
from network_site.core.timetable import PARIS

pytestmark = pytest.mark.django_db


@pytest.fixture
def jobs(monkeypatch):
    found = {}
    monkeypatch.setattr(timetable, "_jobs", found)
    return found


def at(*numbers):
    return datetime(*numbers, tzinfo=PARIS)


def test_a_job_runs_once_for_each_time_it_is_due(jobs):
    ran = []

    @timetable.every(minutes=5)
    def job():
        ran.append(1)

    now = datetime(2026, 11, 22, 9, 3, tzinfo=UTC)
    timetable.run_due("worker-1-a", now)
    timetable.run_due("worker-2-b", now + timedelta(seconds=30))
    assert len(ran) == 1
    timetable.run_due("worker-2-b", now + timedelta(minutes=5))
    assert len(ran) == 2


def test_two_workers_that_claim_the_same_run_do_not_both_have_it(jobs, monkeypatch):
    @timetable.every(minutes=5)
    def job():
        pass

    (declared,) = timetable.declared_jobs()
    due = declared.last_due(timezone.now())
    assert timetable._claim(declared, due, "worker-1-a") is not None
    # The second one looked before the first had written: only the constraint helps.
    monkeypatch.setattr(
        TimetableRun.objects, "filter", lambda **k: TimetableRun.objects.none()
    )
    assert timetable._claim(declared, due, "worker-2-b") is None


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (at(2026, 11, 22, 7, 0), at(2026, 11, 22, 7, 0)),
        (at(2026, 11, 22, 6, 59), at(2026, 11, 21, 7, 0)),
        # The clock goes forward on 28 March 2027 and back on 31 October 2027.
        (at(2027, 3, 28, 7, 30), at(2027, 3, 28, 7, 0)),
        (at(2027, 3, 28, 6, 30), at(2027, 3, 27, 7, 0)),
        (at(2027, 10, 31, 7, 30), at(2027, 10, 31, 7, 0)),
    ],
)
def test_a_daily_job_follows_the_clock_of_paris(jobs, now, due):
    @timetable.daily(at="07:00")
    def job():
        pass

    (declared,) = timetable.declared_jobs()
    assert declared.last_due(now.astimezone(UTC)) == due


def test_a_daily_job_missed_overnight_runs_and_one_missed_longer_does_not(jobs):
    ran = []

    @timetable.daily(at="07:00")
    def job():
        ran.append(1)

    timetable.run_due("worker-1-a", at(2026, 11, 22, 20, 0))
    assert ran == []
    timetable.run_due("worker-1-a", at(2026, 11, 23, 9, 0))
    assert ran == [1]


def test_a_failing_job_leaves_its_error_and_the_next_job_runs(jobs):
    ran = []

    @timetable.every(minutes=1)
    def a_bad_job():
        raise ValueError("no such page")

    @timetable.every(minutes=1)
    def job():
        ran.append(1)

    timetable.run_due("worker-1-a")
    assert ran == [1]
    assert "no such page" in TimetableRun.objects.get(job__endswith="a_bad_job").error


def test_a_run_left_by_a_killed_worker_is_taken_over_a_bounded_number_of_times(jobs):
    ran = []

    @timetable.every(minutes=1)
    def job():
        ran.append(1)

    (declared,) = timetable.declared_jobs()
    timetable._claim(declared, declared.last_due(timezone.now()), "worker-1-dead")
    timetable.take_over_abandoned("worker-2-b", {"worker-2-b", "worker-1-dead"})
    assert ran == [], "its owner is alive"
    timetable.take_over_abandoned("worker-2-b", {"worker-2-b"})
    assert ran == [1]
    TimetableRun.objects.update(finished_at=None, attempts=timetable.MAX_ATTEMPTS)
    timetable.take_over_abandoned("worker-3-c", {"worker-3-c"})
    assert ran == [1]


def test_the_housekeeping_jobs_run_without_an_error():
    for job in timetable.declared_jobs():
        if job.name.startswith("network_site.core."):
            job.call()


def test_old_background_rows_are_forgotten_and_failures_kept():
    from network_site.core.housekeeping import prune_background_rows
    from network_site.core.models import OutboxEntry

    long_ago = timezone.now() - timedelta(days=40)
    OutboxEntry.objects.create(kind="old", handled_at=long_ago)
    OutboxEntry.objects.create(kind="recent", handled_at=timezone.now())
    OutboxEntry.objects.create(kind="dead", is_dead=True)
    TimetableRun.objects.create(job="x", due_at=long_ago, claimed_by="w")
    prune_background_rows()
    assert set(OutboxEntry.objects.values_list("kind", flat=True)) == {"recent", "dead"}
    assert not TimetableRun.objects.exists()

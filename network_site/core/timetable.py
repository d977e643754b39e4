"""Jobs at fixed times, declared in each app's timetable.py and run by the worker.

    @every(minutes=5)
    def release_expired_offers(): ...

    @daily(at="07:00")
    def send_reminders(): ...

A run is a row, unique for a job and the time it was due, so that several workers never
run one twice. A job is short and idempotent: when its worker is killed it runs again.
"""

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from network_site.core import claims
from network_site.core.models import TimetableRun

logger = logging.getLogger(__name__)

PARIS = ZoneInfo("Europe/Paris")
MAX_ATTEMPTS = 3
# A worker that was down overnight still runs the morning's jobs; older ones are past.
DAILY_GRACE = timedelta(hours=12)


@dataclass(frozen=True)
class Job:
    name: str
    call: Callable
    minutes: int | None = None
    at: time | None = None

    def last_due(self, now):
        """The latest time, not after `now`, at which this job should have run."""
        if self.minutes:
            step = self.minutes * 60
            return datetime.fromtimestamp(
                int(now.timestamp()) // step * step, tz=now.tzinfo
            )
        today = now.astimezone(PARIS).date()
        due = datetime.combine(today, self.at, tzinfo=PARIS)
        if due > now:
            due = datetime.combine(today - timedelta(days=1), self.at, tzinfo=PARIS)
        return due

    def is_missed(self, due, now):
        """Whether it is too late to run what was due."""
        return self.minutes is None and now - due > DAILY_GRACE


_jobs: dict[str, Job] = {}


def _declare(function, **when):
    name = f"{function.__module__}.{function.__qualname__}"
    _jobs[name] = Job(name, function, **when)
    return function


def every(*, minutes):
    """Run the decorated function every `minutes`, counted from midnight UTC."""
    return lambda function: _declare(function, minutes=minutes)


def daily(*, at):
    """Run the decorated function every day at `at` ("07:00"), Paris time."""
    return lambda function: _declare(function, at=time.fromisoformat(at))


def declared_jobs():
    return [_jobs[name] for name in sorted(_jobs)]


def run_due(claimed_by, now=None):
    """Run each job that is due and that nobody has taken; return their names."""
    now = now or timezone.now()
    ran = []
    for job in declared_jobs():
        due = job.last_due(now)
        if job.is_missed(due, now):
            continue
        run = _claim(job, due, claimed_by)
        if run is not None:
            _run(job, run)
            ran.append(job.name)
    return ran


def _claim(job, due, claimed_by):
    """Take the run of `job` at `due`, or None when another worker has it."""
    if TimetableRun.objects.filter(job=job.name, due_at=due).exists():
        return None
    run = TimetableRun(job=job.name, due_at=due, claimed_by=claimed_by)
    return claims.insert_once(run)


def _run(job, run):
    try:
        job.call()
    except Exception:
        run.error = traceback.format_exc()
        logger.exception("Timetable job %s failed", job.name)
    run.finished_at = timezone.now()
    run.save(update_fields=["error", "finished_at"])


def take_over_abandoned(claimed_by, worker_ids_alive):
    """Run again what a killed worker left half-way, at most MAX_ATTEMPTS times."""
    jobs = {job.name: job for job in declared_jobs()}
    abandoned = TimetableRun.objects.filter(
        finished_at=None, attempts__lt=MAX_ATTEMPTS, job__in=jobs
    ).exclude(claimed_by__in=worker_ids_alive)
    for run in abandoned:
        mine = {"claimed_by": claimed_by, "attempts": run.attempts + 1}
        if claims.swap(run, "claimed_by", "attempts", **mine):
            _run(jobs[run.job], run)

"""The table of durations as the administrator reads it: rules, next runs, rows past due."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from network_site.core.models import TimetableRun
from network_site.core.timetable import declared_jobs
from network_site.registries.personal_data import categories


@dataclass
class Row:
    """A category of personal data, and where it stands against its rule."""

    name: str
    label: str
    purpose: str
    rule: str
    count: int
    overdue: int | None = None
    next_run: datetime | None = None
    last_run: datetime | None = None
    has_failed: bool = False


def rows(now=None):
    """A Row for each category that keeps something, those past due first."""
    now = now or timezone.now()
    jobs = {job.name: job for job in declared_jobs()}
    last = {}
    for run in TimetableRun.objects.order_by("due_at"):
        last[run.job] = run
    found = []
    for category in categories():
        retention = category.retention
        if not (retention or category.kept):
            continue
        row = Row(
            name=category.name,
            label=category.label,
            purpose=category.purpose,
            rule=retention.rule if retention else category.kept,
            count=category.count(),
        )
        if retention:
            job = jobs[retention.job]
            run = last.get(job.name)
            row.overdue = category.overdue(now)
            row.next_run = _next_run(job, now)
            row.last_run = run.finished_at if run else None
            row.has_failed = bool(run and run.error)
        found.append(row)
    return sorted(found, key=lambda row: (not row.overdue, row.name))


def _next_run(job, now):
    step = timedelta(minutes=job.minutes) if job.minutes else timedelta(days=1)
    due = job.last_due(now)
    while due <= now:
        # A day of the calendar, whatever the season does to the clock.
        due = job.last_due(due + step + timedelta(hours=2 if not job.minutes else 0))
        step += timedelta(hours=1)
    return due

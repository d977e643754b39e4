"""Tables without a domain word: what must be done, when, and by which worker."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network_site.core.claims import free


class OutboxEntryQuerySet(models.QuerySet):
    def pending(self):
        """Rows that still have work to do, whether or not it is time."""
        return self.filter(handled_at=None, is_dead=False)

    def due(self, now=None):
        """Pending rows whose time has come and that nobody is working on."""
        now = now or timezone.now()
        return self.pending().filter(free(now), next_attempt_at__lte=now)

    def dead(self):
        return self.filter(is_dead=True)


class OutboxEntry(models.Model):
    """An effect that must follow a write, recorded in the same transaction."""

    kind = models.CharField(_("kind of effect"), max_length=80)
    payload = models.JSONField(_("payload"), default=dict)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    done_handlers = models.JSONField(_("handlers done"), default=list)
    claimed_by = models.CharField(_("claimed by"), max_length=64, blank=True)
    claimed_until = models.DateTimeField(_("claimed until"), null=True, blank=True)
    last_error = models.TextField(_("last error"), blank=True)
    handled_at = models.DateTimeField(_("handled at"), null=True, blank=True)
    is_dead = models.BooleanField(_("given up"), default=False)

    objects = OutboxEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("outbox entry")
        verbose_name_plural = _("outbox entries")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["next_attempt_at", "id"],
                condition=models.Q(handled_at=None, is_dead=False),
                name="core_outbox_pending",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.payload}"


class TimetableRun(models.Model):
    """One run of one job of the timetable; the constraint lets one worker have it."""

    job = models.CharField(_("name of the job"), max_length=120)
    due_at = models.DateTimeField(_("time it was due"))
    claimed_by = models.CharField(_("claimed by"), max_length=64)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=1)
    started_at = models.DateTimeField(_("started at"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    error = models.TextField(_("error of the run"), blank=True)

    class Meta:
        verbose_name = _("timetable run")
        verbose_name_plural = _("timetable runs")
        ordering = ["-due_at", "job"]
        constraints = [
            models.UniqueConstraint(
                fields=["job", "due_at"], name="core_timetable_once"
            ),
        ]

    def __str__(self):
        return f"{self.job} {self.due_at:%Y-%m-%d %H:%M}"


class WorkerHeartbeat(models.Model):
    """A running worker, and the last time it said so."""

    worker_id = models.CharField(_("worker"), max_length=64, unique=True)
    host = models.CharField(_("host name"), max_length=255)
    pid = models.PositiveIntegerField(_("process number"))
    started_at = models.DateTimeField(_("started at"), default=timezone.now)
    beat_at = models.DateTimeField(_("last heard of"), default=timezone.now)

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")
        ordering = ["-beat_at"]

    def __str__(self):
        return self.worker_id

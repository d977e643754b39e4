"""The timetable's jobs that belong to no space in particular."""

import logging
from datetime import timedelta

from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Revision

from network_site.core.models import OutboxEntry, TimetableRun
from network_site.core.timetable import daily, every

logger = logging.getLogger(__name__)

# Long enough to explain yesterday's mail, short enough to stay small.
HANDLED_KEPT_FOR = timedelta(days=30)
RUNS_KEPT_FOR = timedelta(days=7)
TASK_RESULTS_KEPT_FOR = timedelta(days=14)


@every(minutes=1)
def publish_scheduled_pages():
    """Publish and unpublish what an editor has scheduled (Wagtail's own command).

    What can no longer be published when its hour comes (another text bears its NOR
    meanwhile) stays a draft, and holds back nothing that comes after it.
    """
    due = Revision.objects.filter(approved_go_live_at__lt=timezone.now())
    for revision in due.order_by("approved_go_live_at"):
        try:
            with transaction.atomic():
                revision.publish(log_action="wagtail.publish.scheduled")
        except ValidationError as error:
            logger.warning("Revision %s not published: %s", revision.pk, list(error))
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    call_command("publish_scheduled", verbosity=0)


@daily(at="03:20")
def clear_sessions():
    call_command("clearsessions", verbosity=0)


@daily(at="03:30")
def prune_background_rows():
    """Forget handled effects and past runs; what failed is kept to be looked at."""
    now = timezone.now()
    OutboxEntry.objects.filter(handled_at__lt=now - HANDLED_KEPT_FOR).delete()
    TimetableRun.objects.filter(due_at__lt=now - RUNS_KEPT_FOR).delete()
    DBTaskResult.objects.finished().filter(
        finished_at__lt=now - TASK_RESULTS_KEPT_FOR
    ).delete()


@every(minutes=30)
def prune_cache():
    """Throw away the entries of the cache that ran out; some engines do it themselves."""
    prune = getattr(caches["default"], "prune", None)
    if prune is not None:
        prune()

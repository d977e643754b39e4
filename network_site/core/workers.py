"""Who is at work in the background, and what the dead have left behind."""

import os
import socket
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Max
from django.tasks import TaskResultStatus
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.models import DBTaskResult

from network_site.core import claims, lanes
from network_site.core.models import WorkerHeartbeat
from network_site.core.outbox import release_claims_of

BEAT_EVERY = timedelta(seconds=5)
SILENT_AFTER = timedelta(seconds=90)
MAX_TASK_ATTEMPTS = 3


@dataclass(frozen=True)
class Identity:
    """The name a worker signs its claims with."""

    worker_id: str
    host: str
    pid: int

    @classmethod
    def of_this_process(cls):
        pid = os.getpid()
        return cls(f"worker-{pid}-{get_random_string(12)}", socket.gethostname(), pid)


_current = {"id": ""}


def begin(identity):
    """Make `identity` the worker that this process is."""
    _current["id"] = identity.worker_id


def current_id():
    """The id of the worker that this process is; "" in any other process."""
    return _current["id"]


def beat(identity):
    """Say that the worker is alive."""
    WorkerHeartbeat.objects.update_or_create(
        worker_id=identity.worker_id,
        defaults={
            "host": identity.host,
            "pid": identity.pid,
            "beat_at": timezone.now(),
        },
    )


def sign_off(identity):
    WorkerHeartbeat.objects.filter(worker_id=identity.worker_id).delete()


def forget_the_dead(identity):
    """Remove workers that are silent, or whose process on this host is gone.

    Returns the ids of those still alive, `identity` included.
    """
    now = timezone.now()
    alive = {identity.worker_id}
    for heartbeat in WorkerHeartbeat.objects.exclude(worker_id=identity.worker_id):
        is_gone = heartbeat.host == identity.host and not _is_running(
            heartbeat.pid, identity
        )
        if is_gone or heartbeat.beat_at < now - SILENT_AFTER:
            heartbeat.delete()
        else:
            alive.add(heartbeat.worker_id)
    return alive


def _is_running(pid, identity):
    if pid == identity.pid:
        # Our own number under another name: the process before us is gone.
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def reclaim(identity):
    """Put back in the queue what dead workers had begun; return the living ids.

    A queued task left RUNNING would stay so for ever (django-tasks-db has no lease).
    It is tried again up to MAX_TASK_ATTEMPTS times, then marked failed: it may be what
    kills its worker.
    """
    alive = forget_the_dead(identity)
    release_claims_of(alive)
    lanes.give_back(alive)
    for task in DBTaskResult.objects.running():
        owner = task.worker_ids[-1] if task.worker_ids else ""
        if owner.rsplit(":", 1)[0] in alive:
            continue
        if len(task.worker_ids) >= MAX_TASK_ATTEMPTS:
            fate = {
                "status": TaskResultStatus.FAILED,
                "finished_at": timezone.now(),
                "exception_class_path": "builtins.RuntimeError",
                "traceback": f"Its worker was killed {len(task.worker_ids)} times.",
            }
        else:
            fate = {"status": TaskResultStatus.READY, "started_at": None}
        claims.swap(task, "status", "worker_ids", **fate)
    return alive


def seconds_since_last_beat():
    """Age of the freshest heartbeat, or None when no worker has ever been seen."""
    latest = WorkerHeartbeat.objects.aggregate(latest=Max("beat_at"))["latest"]
    return None if latest is None else (timezone.now() - latest).total_seconds()

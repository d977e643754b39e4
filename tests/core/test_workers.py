"""What a killed worker leaves behind is found and put back."""

import os

import pytest
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from network_site.core import workers
from network_site.core.models import WorkerHeartbeat

pytestmark = pytest.mark.django_db

ME = workers.Identity("worker-1-me", "here", os.getpid())


def running_task(*worker_ids):
    return DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="x.y",
        backend_name="default",
        run_after=timezone.now(),
        worker_ids=list(worker_ids),
        exception_class_path="",
        traceback="",
    )


def test_a_task_of_a_worker_that_is_gone_is_queued_again():
    task = running_task("worker-9-gone:default")
    workers.reclaim(ME)
    task.refresh_from_db()
    assert task.status == TaskResultStatus.READY


def test_a_task_of_a_living_worker_is_left_alone():
    WorkerHeartbeat.objects.create(worker_id="worker-2-b", host="elsewhere", pid=5)
    theirs, mine = running_task("worker-2-b:slow"), running_task("worker-1-me:default")
    workers.reclaim(ME)
    for task in (theirs, mine):
        task.refresh_from_db()
        assert task.status == TaskResultStatus.RUNNING


def test_a_task_that_killed_its_worker_three_times_is_marked_failed():
    task = running_task("worker-7-a:slow", "worker-8-b:slow", "worker-9-c:slow")
    workers.reclaim(ME)
    task.refresh_from_db()
    assert task.status == TaskResultStatus.FAILED
    assert "killed 3 times" in task.traceback


def test_a_worker_of_this_host_whose_process_is_gone_is_forgotten_at_once():
    gone = 2**22 + 12345
    WorkerHeartbeat.objects.create(worker_id="worker-2-b", host="here", pid=gone)
    assert workers.forget_the_dead(ME) == {"worker-1-me"}


def test_a_silent_worker_of_another_host_is_forgotten_after_a_while():
    beat = timezone.now() - workers.SILENT_AFTER
    WorkerHeartbeat.objects.create(
        worker_id="worker-2-b", host="elsewhere", pid=5, beat_at=beat
    )
    WorkerHeartbeat.objects.create(worker_id="worker-3-c", host="elsewhere", pid=5)
    assert workers.forget_the_dead(ME) == {"worker-1-me", "worker-3-c"}


def test_the_health_page_says_whether_the_worker_is_alive(client):
    def state():
        answer = client.get("/sante/")
        assert answer.status_code == 200
        return answer.json()["parts"]["worker"]["state"]

    assert state() == "unwell"
    workers.beat(ME)
    assert state() == "ok"
    assert client.post("/sante/").status_code == 405
    assert client.get("/sante/vivant/").status_code == 200

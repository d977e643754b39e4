"""The real worker, killed, stopped and locked out: nothing is lost, nothing done twice."""

import signal
import sqlite3
from contextlib import contextmanager

import pytest
from django.db import connection

from tests.support.processes import (
    database_url_for_processes,
    environment_for,
    python,
    start,
    wait_until,
)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    # Each starts four or five processes, and each of them the site.
    pytest.mark.timeout(240),
]


@pytest.fixture
def stage(tmp_path):
    """A folder, and the environment of processes that share one database."""
    return tmp_path, environment_for(tmp_path, database_url_for_processes(tmp_path))


@contextmanager
def worker(environment):
    process = start(["run_worker"], environment)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def emit(environment, *names):
    python(
        environment,
        "from network_site.core.outbox import emit\n"
        + "\n".join(f"emit('probe.effect', name={name!r})" for name in names),
    )


def effects(folder, name):
    path = folder / f"{name}.effects"
    return len(path.read_text().splitlines()) if path.exists() else 0


def test_an_effect_happens_once_after_the_worker_was_killed_before_and_during_it(stage):
    folder, environment = stage
    (folder / "hold").touch()
    emit(environment, "first")
    with worker(environment) as killed:
        assert wait_until((folder / "first.begun").exists), log(folder)
        emit(environment, "second")
        killed.kill()
        killed.wait()
    assert effects(folder, "first") == 0
    (folder / "hold").unlink()

    with worker(environment) as restarted:
        assert wait_until(lambda: effects(folder, "second")), log(folder)
        assert wait_until(lambda: effects(folder, "first")), log(folder)
        restarted.send_signal(signal.SIGTERM)
        assert restarted.wait(timeout=20) == 0
    assert (effects(folder, "first"), effects(folder, "second")) == (1, 1)
    assert python(
        environment,
        "import json\nfrom network_site.core.models import *\n"
        "print(json.dumps([OutboxEntry.objects.pending().filter("
        "kind='probe.effect').count(), WorkerHeartbeat.objects.count()]))",
    ) == [0, 0]


def test_the_worker_ends_what_it_is_doing_before_it_stops(stage):
    folder, environment = stage
    (folder / "hold").touch()
    emit(environment, "begun")
    with worker(environment) as process:
        assert wait_until((folder / "begun.begun").exists), log(folder)
        process.send_signal(signal.SIGTERM)
        assert process.poll() is None
        (folder / "hold").unlink()
        assert process.wait(timeout=20) == 0
    assert effects(folder, "begun") == 1


def test_the_worker_outlives_a_database_locked_longer_than_it_waits(stage):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no lock on the whole database")
    folder, environment = stage
    with worker(environment) as process:
        emit(environment, "before")
        assert wait_until(lambda: effects(folder, "before")), log(folder)
        emit(environment, "after")
        lock = sqlite3.connect(folder / "copy.sqlite3", isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        assert wait_until(lambda: b"locked" in (folder / "process.log").read_bytes())
        lock.execute("ROLLBACK")
        lock.close()
        emit(environment, "later")
        assert wait_until(lambda: effects(folder, "later")), log(folder)
        assert process.poll() is None
        assert effects(folder, "after") == 1


def log(folder):
    return (folder / "process.log").read_text()[-3000:]

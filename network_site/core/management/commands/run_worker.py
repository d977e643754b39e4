"""The one background process: queues, outbox and timetable."""

import logging
import os
import signal
import threading
import time
from functools import partial

from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, close_old_connections, connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from network_site.core import lanes as declared
from network_site.core import outbox, timetable, workers

logger = logging.getLogger("network_site.worker")

OUTBOX_PAUSE = 0.4
QUEUE_PAUSE = 0.5
SLOW_QUEUE_PAUSE = 2.0
TIMETABLE_PAUSE = 5.0
RECLAIM_EVERY = 30.0
# A supervisor kills after 15 s or more; what is still running then is reclaimed later.
GRACE = 12.0
LONGEST_REST = 30.0


class Lane:
    """One thread of the worker, started again when it dies.

    A database locked for longer than its timeout, or a PostgreSQL that restarts, ends
    the thread; the supervisor rests a little longer each time, then starts it anew.
    """

    def __init__(self, name, run):
        self.name = name
        self._run = run
        self._thread = None
        self._failures = 0
        self._not_before = 0.0
        self._started_at = 0.0

    def start(self):
        self._started_at = time.monotonic()
        self._thread = threading.Thread(target=self._guard, name=self.name, daemon=True)
        self._thread.start()

    def is_alive(self):
        return self._thread is not None and self._thread.is_alive()

    def supervise(self):
        """Start the thread again when it is dead and has rested."""
        now = time.monotonic()
        if not self.is_alive() and now >= self._not_before:
            self.start()

    def _guard(self):
        try:
            self._run()
        except (DatabaseError, InterfaceError) as error:
            logger.warning("Worker lane %s: %s; it starts again", self.name, error)
            self._rest()
        except Exception:
            logger.exception("Worker lane %s died; it starts again", self.name)
            self._rest()
        finally:
            connections.close_all()

    def _rest(self):
        if time.monotonic() - self._started_at > LONGEST_REST:
            self._failures = 0
        self._failures += 1
        self._not_before = time.monotonic() + min(2.0**self._failures, LONGEST_REST)


class Command(BaseCommand):
    help = (
        "Run the background worker: the queues of tasks (fast and slow), the outbox,"
        " the timetable and what apps add to it (mails). Ends cleanly on TERM and INT."
    )

    def handle(self, verbosity=1, **options):
        if verbosity < 2:
            # One line at INFO for each task would drown what an operator must read.
            logging.getLogger("django_tasks_db").setLevel(logging.WARNING)
            logging.getLogger("django.tasks").setLevel(logging.WARNING)
        self.stopping = threading.Event()
        self.identity = workers.Identity.of_this_process()
        workers.begin(self.identity)
        self.task_workers = {}
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        self._patiently(workers.beat)
        self.alive = {self.identity.worker_id}
        self._patiently(self._reclaim)
        lanes = [
            Lane("outbox", self._drain_outbox),
            Lane("fast queue", lambda: self._run_queue("default", QUEUE_PAUSE)),
            Lane("slow queue", lambda: self._run_queue("slow", SLOW_QUEUE_PAUSE)),
            Lane("timetable", self._keep_timetable),
            *(
                Lane(name, partial(run, self.identity, self.stopping))
                for name, run in declared.declared_lanes()
            ),
        ]
        logger.info("Worker %s started", self.identity.worker_id)
        self._supervise(lanes)
        self._finish(lanes)

    def _stop(self, number, frame):
        self.stopping.set()
        for worker in self.task_workers.values():
            worker.running = False

    def _supervise(self, lanes):
        next_beat = next_reclaim = time.monotonic()
        while not self.stopping.is_set():
            for lane in lanes:
                lane.supervise()
            now = time.monotonic()
            try:
                if now >= next_beat:
                    close_old_connections()
                    workers.beat(self.identity)
                    next_beat = now + workers.BEAT_EVERY.total_seconds()
                if now >= next_reclaim:
                    self._reclaim(self.identity)
                    next_reclaim = now + RECLAIM_EVERY
            except (DatabaseError, InterfaceError) as error:
                logger.warning("Worker heartbeat: %s", error)
                connections.close_all()
            self.stopping.wait(0.5)

    def _finish(self, lanes):
        """Let each lane end what it is doing, then leave."""
        deadline = time.monotonic() + GRACE
        while any(lane.is_alive() for lane in lanes) and time.monotonic() < deadline:
            time.sleep(0.05)
        unfinished = [lane.name for lane in lanes if lane.is_alive()]
        try:
            workers.sign_off(self.identity)
        except DatabaseError as error:
            logger.warning("Worker could not sign off: %s", error)
        logger.info("Worker %s stopped", self.identity.worker_id)
        if unfinished:
            logger.warning("Still running, to be reclaimed: %s", ", ".join(unfinished))
            logging.shutdown()
            # Threads in mid-task would hold the interpreter open.
            os._exit(0)

    def _patiently(self, action):
        """Do `action` before anything else, waiting for a database that is not ready."""
        while not self.stopping.is_set():
            try:
                return action(self.identity)
            except DatabaseError as error:
                logger.warning("Worker waits for the database: %s", error)
                connections.close_all()
                self.stopping.wait(2)
        return None

    def _reclaim(self, identity):
        self.alive = workers.reclaim(identity)

    def _drain_outbox(self):
        while not self.stopping.is_set():
            close_old_connections()
            taken = outbox.drain(
                limit=outbox.BATCH_SIZE, claimed_by=self.identity.worker_id
            )
            if not taken:
                self.stopping.wait(OUTBOX_PAUSE)

    def _run_queue(self, queue, pause):
        worker = Worker(
            queue_names=[queue],
            interval=pause,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=f"{self.identity.worker_id}:{queue}",
            excluded_queue_names=[],
        )
        self.task_workers[queue] = worker
        ready = DBTaskResult.objects.filter(queue_name=queue)
        while not self.stopping.is_set():
            close_old_connections()
            # A plain read first: the package's own polling takes SQLite's write lock.
            if ready.ready().exists():
                worker.run()
            self.stopping.wait(pause)

    def _keep_timetable(self):
        while not self.stopping.is_set():
            close_old_connections()
            timetable.take_over_abandoned(self.identity.worker_id, self.alive)
            timetable.run_due(self.identity.worker_id, timezone.now())
            self.stopping.wait(TIMETABLE_PAUSE)

"""Whether the site is well, part by part: what a monitor asks, and what an operator reads."""

import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.crypto import get_random_string

from network_site.core.models import OutboxEntry
from network_site.core.workers import SILENT_AFTER, seconds_since_last_beat

OK, UNWELL = "ok", "unwell"
# An effect or a mail that waits longer than this has nobody who takes it.
QUEUE_LATE = timedelta(minutes=10)
# Below either of these a database or an index may stop writing any moment.
DISK_FREE_BYTES = 200 * 1024 * 1024
DISK_FREE_SHARE = 0.02

_parts = {}


@dataclass(frozen=True)
class Part:
    """The state of one part: OK or UNWELL, and a detail that names no content and no person."""

    state: str
    detail: str = ""
    # Whether the site must not be given readers while this part is unwell.
    is_vital: bool = False


def part(name):
    """Register the decorated function, which returns a Part, as the part `name`."""

    def register(function):
        _parts[name] = function
        return function

    return register


def examine():
    """{name: Part} of every part; a part that cannot be examined is unwell, never an error."""
    found = {}
    for name, look in sorted(_parts.items()):
        try:
            found[name] = look()
        except Exception as error:  # noqa: BLE001 - what fails here is what is asked
            found[name] = Part(UNWELL, type(error).__name__)
    return found


def is_ready(parts):
    """Whether readers may be sent to this process: every vital part is well."""
    return all(part.state == OK for part in parts.values() if part.is_vital)


@part("database")
def _database():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return Part(UNWELL, type(error).__name__, is_vital=True)
    return Part(OK, connection.vendor, is_vital=True)


@part("cache")
def _cache():
    """A value is written and read again: limits of attempts count there."""
    key, value = "health", get_random_string(12)
    cache = caches["default"]
    # A cache that fails says so here, where elsewhere it lets pages be served.
    write = getattr(cache, "set_or_raise", cache.set)
    write(key, value, 60)
    return Part(OK if cache.get(key) == value else UNWELL)


@part("disk")
def _disk():
    """The folder of everything that is written: room, and a file that can be made."""
    usage = shutil.disk_usage(settings.VAR_DIR)
    detail = f"{usage.free // (1024 * 1024)} MB free"
    if usage.free < min(DISK_FREE_BYTES, usage.total * DISK_FREE_SHARE):
        return Part(UNWELL, detail)
    handle, path = tempfile.mkstemp(prefix=".health-", dir=settings.VAR_DIR)
    try:
        os.write(handle, b"ok")
    finally:
        os.close(handle)
        with suppress(FileNotFoundError):
            os.unlink(path)
    return Part(OK, detail)


@part("worker")
def _worker():
    age = seconds_since_last_beat()
    if age is None:
        return Part(UNWELL, "never seen")
    is_alive = age < SILENT_AFTER.total_seconds()
    return Part(OK if is_alive else UNWELL, f"heard of {age:.0f} s ago")


@part("queue")
def _queue():
    """Effects that wait for the worker: how many, and for how long at most."""
    due = OutboxEntry.objects.due()
    count = due.count()
    oldest = due.order_by("next_attempt_at").values_list("next_attempt_at", flat=True)
    late = oldest.first()
    is_late = late is not None and timezone.now() - late > QUEUE_LATE
    return Part(UNWELL if is_late else OK, f"{count} waiting")

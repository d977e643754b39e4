"""The cache of the site: files that all processes share, with operations that do not cross.

Rate limits count in the cache. Django's own cache of files looks for a key and then writes
it, so that two processes both "add" the same key; its `incr` forgets when the key runs out;
and it throws away a third of its entries, whichever they are, past some hundreds: whoever
makes many entries makes the counts forget. Here each operation on a key holds a lock of the
operating system, and only what has run out is thrown away. See docs/decisions/0012.
"""

import fcntl
import functools
import logging
import os
import pickle
import threading
import time
from contextlib import contextmanager, suppress

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.locmem import LocMemCache

logger = logging.getLogger(__name__)

# Keys share this many locks: enough that two of them seldom wait for each other.
LOCKS = 64
# A full disk is said once a minute, not once a request.
SAID_EVERY = 60


def _or_in_memory(method):
    """Where the folder cannot be read or written, have this process's memory do the same.

    A page must not fail because a disk is full, and limits of attempts must go on counting,
    if only process by process; core.health says what is wrong.
    """

    @functools.wraps(method)
    def attempt(self, *args, **kwargs):
        if getattr(self._held, "depth", 0):
            # Called by another operation, which decides.
            return method(self, *args, **kwargs)
        self._held.depth = 1
        try:
            return method(self, *args, **kwargs)
        except OSError as error:
            self._say(error)
            return getattr(self._memory, method.__name__)(*args, **kwargs)
        finally:
            self._held.depth = 0

    return attempt


class SharedFileCache(FileBasedCache):
    """Django's cache of files, exact between the threads and processes of one machine.

    The folder must stand on a local disk: locks over a network are not to be trusted.
    """

    def __init__(self, location, params):
        super().__init__(location, params)
        self._held = threading.local()
        self._memory = LocMemCache(f"beside {location}", params)
        self._said_at = 0.0

    def _say(self, error):
        if time.monotonic() - self._said_at > SAID_EVERY:
            self._said_at = time.monotonic()
            logger.error("The cache in %s cannot be used: %s", self._dir, error)

    def set_or_raise(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        """As set(), but an OSError is raised: what core.health asks."""
        with self._lock(key, version):
            FileBasedCache.set(self, key, value, timeout, version)

    def _lock(self, key, version):
        """Hold the lock of `key`."""
        return self._lock_file(self._key_to_file(key, version))

    @contextmanager
    def _lock_file(self, path):
        """Hold the lock of an entry's file; the thread that holds it already passes."""
        # The name is a digest in hexadecimal.
        number = int(os.path.basename(path)[:4], 16) % LOCKS
        held = self._held.__dict__.setdefault("numbers", set())
        if number in held:
            yield
            return
        self._createdir()
        lock = os.path.join(self._dir, f"{number:02}.lock")
        handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            held.add(number)
            yield
        finally:
            held.discard(number)
            # Closing lets go of the lock, whatever happened.
            os.close(handle)

    @_or_in_memory
    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        with self._lock(key, version):
            return super().add(key, value, timeout, version)

    @_or_in_memory
    def get(self, key, default=None, version=None):
        with self._lock(key, version):
            return super().get(key, default, version)

    @_or_in_memory
    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        with self._lock(key, version):
            super().set(key, value, timeout, version)

    @_or_in_memory
    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None):
        with self._lock(key, version):
            return super().touch(key, timeout, version)

    @_or_in_memory
    def delete(self, key, version=None):
        with self._lock(key, version):
            return super().delete(key, version)

    @_or_in_memory
    def has_key(self, key, version=None):
        with self._lock(key, version):
            return super().has_key(key, version)

    @_or_in_memory
    def incr(self, key, delta=1, version=None):
        """Add `delta` and keep the time at which the key runs out.

        Raises ValueError when there is no such key, as every cache does.
        """
        with self._lock(key, version):
            value = self.get(key, self._missing_key, version=version)
            if value is self._missing_key:
                raise ValueError(f"Key '{key}' not found")
            left = self._seconds_left(key, version)
            self.set(key, value + delta, left, version=version)
            return value + delta

    def _seconds_left(self, key, version):
        with open(self._key_to_file(key, version), "rb") as file:
            until = pickle.load(file)  # noqa: S301 - our own file, as FileBasedCache reads it
        return None if until is None else max(until - time.time(), 0.001)

    def _cull(self):
        """Nothing that still counts is thrown away to make room: see `prune`."""

    def prune(self):
        """Throw away what has run out; returns how many entries went."""
        gone = 0
        for path in self._list_cache_files():
            with (
                self._lock_file(path),
                suppress(FileNotFoundError),
                open(path, "rb") as file,
            ):
                gone += self._is_expired(file)
        return gone

"""The founding content in the test database, loaded once for all processes of a run.

Loading takes twenty seconds: on SQLite it is done once, kept as files, and laid over the
empty database of each module that asks for it (the fixture `founding_content`); on
PostgreSQL each such module loads it, in a transaction that is undone at its end.
"""

import fcntl
import os
import shutil
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, transaction
from django.utils import translation

from network_site.catalogue import state as catalogue_state
from network_site.core.outbox import drain
from network_site.demo import loader
from network_site.search import indexing, stores
from tests.support.rows import ensure_base_rows


def _shared_folder():
    """A folder that the processes of this run have in common."""
    own = Path(settings.VAR_DIR)
    in_parallel = os.environ.get("PYTEST_XDIST_WORKER")
    return (own.parent if in_parallel else own) / "founding-content"


@contextmanager
def founding_rows():
    """The founding content, its files and its index, while the block lasts."""
    stay = _kept_file() if connection.vendor == "sqlite" else _transaction()
    with stay:
        _forget()
        yield
    _forget()


def _forget():
    """What a process remembers of the rows that were there."""
    ContentType.objects.clear_cache()
    cache.clear()
    catalogue_state.forget()
    stores._stores.pop(str(settings.SEARCH_INDEX_DIR), None)


def _load():
    ensure_base_rows()
    translation.activate("fr")
    loader.load()
    drain()
    indexing.rebuild()


@contextmanager
def _transaction():
    block = transaction.atomic()
    # As the test case's own: what asks for the outermost transaction accepts it.
    block._from_testcase = True
    with block:
        _load()
        yield
        transaction.set_rollback(True)


@contextmanager
def _kept_file():
    folder = _shared_folder()
    folder.mkdir(exist_ok=True)
    rows, ready = folder / "rows.sqlite3", folder / "ready"
    connection.ensure_connection()
    memory = connection.connection
    with closing(sqlite3.connect(":memory:")) as before:
        memory.backup(before)
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not ready.exists():
                _load()
                with closing(sqlite3.connect(rows)) as copy:
                    memory.backup(copy)
                for name, place in _places():
                    shutil.copytree(place, folder / name, dirs_exist_ok=True)
                ready.touch()
            else:
                with closing(sqlite3.connect(rows)) as copy:
                    copy.backup(memory)
                for name, place in _places():
                    shutil.copytree(folder / name, place, dirs_exist_ok=True)
        try:
            yield
        finally:
            before.backup(memory)


def _places():
    return (("media", settings.MEDIA_ROOT), ("index", settings.SEARCH_INDEX_DIR))

"""The index of a directory: read by every process, written by one at a time.

Layout of the directory (0700: Whoosh's own files are pickles):

- `CURRENT` names the generation being served, rewritten atomically after each commit:
  the folder, its segments and what is deleted in each;
- one folder per rebuild, holding a Whoosh index, and in `arrays/` one file a segment;
- `names/`: of each segment, the sorted names that suggestions come from;
- `writer.lock` and `rebuild.lock`: one writer, one rebuild;
- `rebuild.progress`: how far a rebuild is;
- `rebuild.journal`: what was changed while a rebuild ran, to be read again before the swap;
- `damaged`: a reader met a file it could not read; the worker mends it or rebuilds.

Nothing here is precious: everything can be rebuilt from the database.
"""

import ctypes
import fcntl
import gc
import json
import logging
import os
import shutil
import threading
import time
import uuid
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import numpy as np

from network_site.search import names
from network_site.search.arrays import Snapshot
from network_site.search.engine import blob
from network_site.search.engine.documents import fields_of_parts, schema_fingerprint
from network_site.search.engine.errors import (
    IndexDamaged,
    IndexUnavailable,
    RebuildRunning,
)
from network_site.search.engine.export import export
from network_site.search.engine.segments import Segment

logger = logging.getLogger(__name__)

# Fewer objects leave nothing worth the third of a second that giving it back takes.
LARGE_REBUILD = 5_000
MOST_SEGMENTS = 12
# At night a segment larger than this, most of the index and nearly without deletions,
# is left alone.
LARGE_SEGMENT = 5_000
MOST_DELETED = 0.1
# Seconds after which a rebuild that says nothing any more was killed.
SILENT_AFTER = 120
_ATTEMPTS = 5
_REBUILD = "rebuild"


class Store:
    """One index.

    `row_fields` is a callable that gives the names of the admin's own fields: the
    models are not known yet when settings are read.
    """

    def __init__(self, directory, row_fields=tuple):
        self.directory = Path(directory)
        self._row_fields = row_fields
        self._lock = threading.Lock()
        self._stamp = None
        self._damaged = None
        self._reason = ""
        self._snapshot = None
        self._fingerprint = None

    @property
    def fingerprint(self):
        if self._fingerprint is None:
            self._fingerprint = schema_fingerprint(self._row_fields())
        return self._fingerprint

    # Reading

    def snapshot(self) -> Snapshot:
        """The generation being served; raise IndexUnavailable when there is none.

        Costs one `stat` when nothing has changed since the last call.
        """
        current = self.directory / "CURRENT"
        try:
            status = os.stat(current)
        except OSError as error:
            raise IndexUnavailable("missing") from error
        stamp = (status.st_mtime_ns, status.st_ino)
        if stamp == self._stamp:
            return self._snapshot
        with self._lock:
            if stamp == self._damaged:
                # Read once: what mends the index writes CURRENT anew.
                raise IndexUnavailable(self._reason)
            if stamp != self._stamp:
                try:
                    self._snapshot = self._read()
                except IndexUnavailable as error:
                    self._damaged, self._reason = stamp, str(error)
                    raise
                self._stamp = stamp
            return self._snapshot

    def _read(self):
        # A commit or a swap may fall between the reading of a name and its opening.
        for attempt in range(_ATTEMPTS):
            state = self._state()
            try:
                segments = self._segments(state, self._snapshot)
                return Snapshot(segments, serial=state["serial"])
            except (OSError, ValueError, LookupError, blob.BlobDamaged) as error:
                if attempt == _ATTEMPTS - 1:
                    self.mark_damaged(error)
                    raise IndexUnavailable("damaged") from error
        raise IndexUnavailable("damaged")

    def _segments(self, state, before):
        folder = self.directory / state["folder"] / "arrays"
        known = (
            {segment.segment_id: segment for segment in before.segments}
            if before
            else {}
        )
        segments = []
        for segment_id, deleted in state["segments"]:
            deleted_path = folder / deleted if deleted else None
            same = known.get(segment_id)
            if same is None:
                same = Segment(segment_id, folder / f"{segment_id}.npy", deleted_path)
            segments.append(same.refreshed(deleted_path))
        return segments

    def _state(self):
        try:
            state = json.loads((self.directory / "CURRENT").read_text())
            fingerprint = state["fingerprint"]
        except FileNotFoundError as error:
            raise IndexUnavailable("missing") from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexUnavailable("damaged") from error
        if fingerprint != self.fingerprint:
            raise IndexUnavailable("older schema")
        if not {"folder", "serial", "segments"} <= state.keys():
            raise IndexUnavailable("damaged")
        return state

    def check(self):
        """Raise IndexUnavailable when there is no index to write to (reads one file)."""
        self._state()

    def state(self):
        """Why the index cannot be read, or "" when it can."""
        if (self.directory / "damaged").exists():
            return "damaged"
        try:
            self.snapshot()
        except IndexUnavailable as error:
            return str(error)
        return ""

    def note_progress(self, done, total):
        """Say how far a rebuild is."""
        with suppress(OSError):
            (self.directory / "rebuild.progress").write_text(f"{done} {total}")

    def progress(self):
        """How far the rebuild that is running is, from 0 to 1; None when none says so."""
        path = self.directory / "rebuild.progress"
        try:
            if time.time() - path.stat().st_mtime > SILENT_AFTER:
                return None
            done, total = map(int, path.read_text().split())
        except (OSError, ValueError):
            return None
        return min(1.0, done / max(total, 1))

    def mark_damaged(self, error, needs_rebuild=False):
        """Ask the worker to mend the index: a file could not be read, or parts are missing."""
        logger.warning("The search index must be mended: %r", error)
        if not needs_rebuild:
            # What is mapped here is damaged: once mended, it is to be mapped anew.
            self._damaged, self._reason = self._stamp, "damaged"
            self._stamp = self._snapshot = None
        try:
            with (self.directory / "damaged").open("a") as note:
                note.write(_REBUILD if needs_rebuild else "")
        except OSError:
            logger.warning("The search index is not writable", exc_info=True)

    # Writing

    def _make_directory(self):
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.directory.chmod(0o700)

    @contextmanager
    def _locked(self, name, wait=True):
        self._make_directory()
        with (self.directory / name).open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            yield

    def _whoosh(self, folder, make=False):
        # Only a process that writes needs Whoosh, and what it takes of memory.
        from network_site.search.engine.whoosh_index import WhooshIndex

        path = self.directory / folder
        if make:
            path.mkdir(mode=0o700)
        (path / "arrays").mkdir(mode=0o700, exist_ok=True)
        return WhooshIndex(path, fields_of_parts(self._row_fields()), make=make)

    def _opened(self, state):
        """The Whoosh index that is served, to be written to."""
        try:
            return self._whoosh(state["folder"])
        except Exception as error:
            self.mark_damaged(error, needs_rebuild=True)
            raise IndexDamaged(f"{type(error).__name__}: {error}") from error

    def _exported(self, folder, opened):
        """{id: Segment} of what Whoosh holds; arrays that are lost are made again."""
        folder = self.directory / folder / "arrays"
        known = self._snapshot.segments if self._snapshot else ()
        known = {segment.segment_id: segment for segment in known}
        found = {}
        for segment_id, _ in opened.segments():
            path = folder / f"{segment_id}.npy"
            same = known.get(segment_id) if path.exists() else None
            try:
                found[segment_id] = same or Segment(segment_id, path)
            except (FileNotFoundError, blob.BlobDamaged):
                try:
                    export(path, *opened.reader(segment_id))
                except Exception as error:
                    self.mark_damaged(error, needs_rebuild=True)
                    raise IndexDamaged(f"{type(error).__name__}: {error}") from error
                found[segment_id] = Segment(segment_id, path)
        return found

    def replace(self, objects):
        """Write each object anew: {object key: [PartDocument]}, an empty list removes it.

        Raises IndexUnavailable when there is no index to write to; what was asked is
        then in the database, from where the rebuild takes it.
        """
        if not objects:
            return
        self._commit(objects, [("object", key) for key in objects])

    def replace_family(self, family, objects):
        """Write every object of a family ("row": the admin's rows) anew, at once."""
        self._commit(objects, [("family", family)])

    def merge(self):
        """Merge the day's segments into one (at night)."""
        self._commit({}, [], merging=_for_the_night)

    def purge(self):
        """Write anew every segment of which a part was deleted: no word of it remains on disk."""
        self._commit({}, [], merging=_with_deletions)

    def repair(self):
        """Make again the arrays that cannot be read; False when only a rebuild will do."""
        try:
            if _REBUILD in (self.directory / "damaged").read_text():
                return False
            # What this process has mapped may be what is damaged.
            self._snapshot = self._stamp = None
            self._commit({}, [])
            self.snapshot()
        except (IndexUnavailable, OSError, ValueError):
            return False
        (self.directory / "damaged").unlink(missing_ok=True)
        return True

    def _commit(self, objects, doomed, merging=None):
        with self._locked("writer.lock"):
            self._note_for_rebuild(objects)
            state = self._state()
            opened = self._opened(state)
            self._write(state["folder"], opened, objects, doomed, merging)
            self._publish(state["folder"], state["serial"] + 1, opened)

    def _write(self, folder, opened, objects, doomed, merging=None):
        """One commit: `doomed` (field, term) pairs go, `objects` come, segments merge."""
        segments = self._exported(folder, opened)
        writer = opened.writer()
        try:
            alive = {}
            for segment_id, segment in segments.items():
                for name, term in doomed:
                    parts = segment.postings(name, term)[0]
                    writer.delete_parts(segment_id, parts.tolist())
                alive[segment_id] = writer.alive_in(segment_id, segment.part_count)
            for parts in objects.values():
                for part in parts:
                    writer.add_part(part)
            chosen = (merging or _for_the_day)(alive)
            for segment_id in chosen:
                writer.add_segment(segments[segment_id], alive[segment_id])
        except BaseException:
            writer.cancel()
            raise
        self._end(folder, opened, writer, chosen)

    def _end(self, folder, opened, writer, replaced=()):
        """Commit and export the new segment."""
        segment_id = writer.commit_without(replaced)
        opened.committed(writer)
        if segment_id:
            path = self.directory / folder / "arrays" / f"{segment_id}.npy"
            export(path, writer.pool.drained(), writer.drained_records())

    def _publish(self, folder, serial, opened):
        """Let readers know of a generation, atomically; then drop what it has not."""
        arrays = self.directory / folder / "arrays"
        segments, kept = [], set()
        for segment_id, deleted in opened.segments():
            name = None
            if deleted:
                # Deletions are only added: their number names them.
                name = f"{segment_id}.{len(deleted)}.deleted.npy"
                if not (arrays / name).exists():
                    fresh = arrays / f"{name}.{os.getpid()}.tmp"
                    with fresh.open("wb") as file:
                        np.save(file, np.array(deleted, np.int32), allow_pickle=False)
                    fresh.replace(arrays / name)
            segments.append([segment_id, name])
            kept |= {f"{segment_id}.npy", name}
        opening = {
            one: partial(Segment, one, arrays / f"{one}.npy") for one, _ in segments
        }
        names.prepare(opening, self.directory)
        state = {
            "folder": folder,
            "serial": serial,
            "fingerprint": self.fingerprint,
            "segments": segments,
        }
        fresh = self.directory / f"CURRENT.{os.getpid()}.{threading.get_ident()}"
        fresh.write_text(json.dumps(state))
        fresh.chmod(0o600)
        fresh.replace(self.directory / "CURRENT")
        for path in arrays.iterdir():
            if path.name not in kept:
                path.unlink(missing_ok=True)

    def note_for_rebuild(self, keys):
        """Have a rebuild that is running read these objects again before it ends."""
        if (self.directory / "rebuild.journal").exists():
            with self._locked("writer.lock"):
                self._note_for_rebuild(keys)

    def _note_for_rebuild(self, objects):
        journal = self.directory / "rebuild.journal"
        if objects and journal.exists():
            with journal.open("a") as lines:
                lines.writelines(f"{key}\n" for key in objects)

    # Rebuilding

    def rebuild(self, objects, read_again=None):
        """Write a new index beside the one being served, then swap; return its size.

        `objects` is an iterable of (object key, [PartDocument]). `read_again(keys)`
        gives {key: [PartDocument]} for what changed meanwhile.
        """
        try:
            lock = self._locked("rebuild.lock", wait=False)
            with lock:
                return self._rebuild(objects, read_again)
        except BlockingIOError as error:
            raise RebuildRunning from error

    def _rebuild(self, objects, read_again):
        journal = self.directory / "rebuild.journal"
        with self._locked("writer.lock"):
            journal.write_text("")
        folder = f"index-{uuid.uuid4().hex[:12]}"
        try:
            opened = self._whoosh(folder, make=True)
            count = self._fill(folder, opened, objects)
            with self._locked("writer.lock"):
                late = list(dict.fromkeys(journal.read_text().split("\n")))
                late = [key for key in late if key]
                if late and read_again:
                    doomed = [("object", key) for key in late]
                    self._write(folder, opened, read_again(late), doomed)
                self._publish(folder, self._last_serial() + 1, opened)
                journal.unlink(missing_ok=True)
                (self.directory / "damaged").unlink(missing_ok=True)
        except BaseException:
            journal.unlink(missing_ok=True)
            shutil.rmtree(self.directory / folder, ignore_errors=True)
            raise
        finally:
            (self.directory / "rebuild.progress").unlink(missing_ok=True)
        self._remove_others(folder)
        if count >= LARGE_REBUILD:
            _give_memory_back()
        return count

    def _fill(self, folder, opened, objects):
        count = 0
        writer = opened.writer()
        try:
            for _, parts in objects:
                for part in parts:
                    writer.add_part(part)
                count += 1
                if writer.is_full:
                    self._end(folder, opened, writer)
                    writer = opened.writer()
        except BaseException:
            if not writer.is_closed:
                writer.cancel()
            raise
        self._end(folder, opened, writer)
        return count

    def _last_serial(self):
        try:
            return int(json.loads((self.directory / "CURRENT").read_text())["serial"])
        except (OSError, ValueError, KeyError, TypeError):
            return 0

    def _remove_others(self, folder):
        """Drop older folders: those who read them keep their files until they let go."""
        for path in self.directory.glob("index-*"):
            if path.name != folder:
                shutil.rmtree(path, ignore_errors=True)


def _give_memory_back():
    """Let the system have what a rebuild took: the worker lives on (glibc only)."""
    gc.collect()
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)


def _for_the_day(alive):
    """The segments to merge in a commit: the empty ones, the smallest when there are many."""
    by_size = sorted(alive, key=lambda segment_id: len(alive[segment_id]))
    chosen = {segment_id for segment_id in by_size if not alive[segment_id].any()}
    if len(by_size) - len(chosen) >= MOST_SEGMENTS:
        chosen |= set(by_size[: len(by_size) - MOST_SEGMENTS // 2])
    return chosen


def _with_deletions(alive):
    """The segments that still hold what was deleted."""
    return {segment_id for segment_id, parts in alive.items() if not parts.all()}


def _for_the_night(alive):
    """The segments to merge at night: all, but for a large one that is nearly whole."""
    total = sum(map(len, alive.values()))
    chosen = {
        segment_id
        for segment_id, parts in alive.items()
        if len(parts) < LARGE_SEGMENT
        or len(parts) < total / 2
        or parts.mean() < 1 - MOST_DELETED
    }
    # One that is whole already would only be copied.
    if len(chosen) == len(alive) == 1 and all(parts.all() for parts in alive.values()):
        return set()
    return chosen

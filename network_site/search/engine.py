"""The index on disk: the one module that knows Whoosh.

Layout of the directory (0700: Whoosh's own files are pickles):

- `CURRENT` names the generation being served, rewritten atomically after each commit;
- one folder per rebuild, holding a Whoosh index;
- `writer.lock` and `rebuild.lock`: one writer, one rebuild;
- `rebuild.journal`: what was changed while a rebuild ran, to be read again before the swap;
- `damaged`: a reader met a file it could not read; the worker rebuilds.

Nothing here is precious: everything can be rebuilt from the database.
"""

import fcntl
import hashlib
import json
import logging
import os
import shutil
import threading
import uuid
from collections import OrderedDict
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from pathlib import Path

import numpy as np
from whoosh import fields, index
from whoosh.analysis import Analyzer, Token
from whoosh.reading import TermNotFound

from network_site.search import analysis
from network_site.search.arrays import Snapshot

logger = logging.getLogger(__name__)

# Raise it when what is written changes: an older index is rebuilt by itself.
SCHEMA_VERSION = 1
WRITER_TIMEOUT = 20
WRITER_MEMORY_MB = 64
REBUILD_MEMORY_MB = 128
MOST_SEGMENTS = 24
CACHED_POSTINGS = 20_000
LONGEST_TITLE_KEY = 200


class IndexUnavailable(Exception):
    """There is no index to read: missing, of an older schema, or damaged."""


class IndexDamaged(IndexUnavailable):
    """A file of the index could not be read while answering."""


class RebuildRunning(Exception):
    """Another process is already rebuilding the index."""


@dataclass
class PartDocument:
    """What is written of one part of an object (or of one row of the admin)."""

    object_key: str
    part: str = "main"
    family: str = "part"
    kind: str = ""
    title: str = ""
    aliases: list = field(default_factory=list)
    references: list = field(default_factory=list)
    text: str = ""
    tokens: list = field(default_factory=list)
    themes: list = field(default_factory=list)
    territories: list = field(default_factory=list)
    models: list = field(default_factory=list)
    day: date | None = None
    row_fields: dict = field(default_factory=dict)


class _TermsAnalyzer(Analyzer):
    """Whoosh's view of `analysis.tokens`."""

    def words(self, value):
        for token in analysis.tokens(value):
            for term in token.terms:
                yield term, token.position

    def __call__(
        self, value, positions=False, chars=False, mode="", start_pos=0, **kwargs
    ):
        token = Token(positions, chars, mode=mode)
        token.boost = 1.0
        token.stopped = False
        for term, position in self.words(value):
            token.text = term
            if positions:
                token.pos = start_pos + position
            yield token


class _PlainAnalyzer(_TermsAnalyzer):
    """Whole folded words, for what is found by its first letters."""

    def words(self, value):
        yield from ((word[:64], rank) for rank, word in enumerate(plain_words(value)))


class _LinesAnalyzer(_TermsAnalyzer):
    """Each line whole: a title and its other names."""

    def words(self, value):
        yield from ((line, 0) for line in value.split("\n") if line)


class _SurfaceAnalyzer(_TermsAnalyzer):
    """Words as they are written, for corrections."""

    def words(self, value):
        yield from ((word, 0) for word in sorted(analysis.surface_words(value)))


def plain_words(value: str) -> list[str]:
    """The folded words of `value`, stop words included."""
    return analysis.fold_whole(value).replace("'", " ").replace("-", " ").split()


def make_schema(row_fields=()):
    """The schema: the parts' fields, and one per searched field of the admin's rows."""
    schema = fields.Schema(
        object=fields.ID(sortable=True),
        family=fields.ID(),
        kind=fields.ID(),
        title=fields.TEXT(analyzer=_TermsAnalyzer()),
        title_key=fields.KEYWORD(analyzer=_LinesAnalyzer()),
        references=fields.KEYWORD(scorable=True),
        body=fields.TEXT(analyzer=_TermsAnalyzer()),
        surface=fields.TEXT(analyzer=_SurfaceAnalyzer(), phrase=False),
        tokens=fields.KEYWORD(),
        themes=fields.KEYWORD(),
        territories=fields.KEYWORD(),
        models=fields.KEYWORD(),
        day=fields.NUMERIC(int, 32, signed=True, sortable=True, default=0),
        stored=fields.STORED(),
    )
    for name in sorted(row_fields):
        if name.startswith("a_"):
            schema.add(name, fields.TEXT(analyzer=_PlainAnalyzer(), phrase=False))
        else:
            schema.add(name, fields.TEXT(analyzer=_TermsAnalyzer()))
    return schema


def schema_fingerprint(row_fields=()):
    """What an index must have been written with to be read."""
    names = json.dumps([SCHEMA_VERSION, sorted(row_fields)])
    return hashlib.sha256(names.encode()).hexdigest()[:16]


def _whoosh_document(part):
    document = {
        "object": part.object_key,
        "family": part.family,
        "day": part.day.toordinal() if part.day else 0,
        "stored": [
            part.part,
            part.models[0] if part.models else "",
            part.title,
            part.text,
        ],
    }
    values = {
        "kind": part.kind,
        "title": " \n".join([part.title, *part.aliases]),
        "title_key": "\n".join(
            analysis.fold_whole(name)[:LONGEST_TITLE_KEY]
            for name in (part.title, *part.aliases)
        ),
        "references": " ".join(analysis.reference_terms(part.references)),
        "body": part.text,
        "surface": f"{part.title}\n{part.text}" if part.family == "part" else "",
        "tokens": " ".join(part.tokens),
        "themes": " ".join(part.themes),
        "territories": " ".join(part.territories),
        "models": " ".join(part.models),
        **part.row_fields,
    }
    document.update((name, value) for name, value in values.items() if value)
    return document


def _reading(method):
    """Whatever goes wrong in Whoosh's files while answering is one thing: damage."""

    @wraps(method)
    def guarded(self, *args):
        try:
            return method(self, *args)
        except Exception as error:
            raise IndexDamaged(f"{type(error).__name__}: {error}") from error

    return guarded


class Segment:
    """One Whoosh segment read into arrays; postings are decoded once, when asked for."""

    def __init__(self, reader):
        self._reader = reader
        self.part_count = reader.doc_count_all()
        self._cache = OrderedDict()
        self._lengths = {}
        self._pairs = {}
        self._words = None
        self._lock = threading.Lock()
        self.segment_id = reader.segment().segment_id()
        names = reader.column_reader("object")
        keys, owners, firsts = [], np.zeros(self.part_count, np.int32), []
        last = None
        for part in range(self.part_count):
            key = names[part]
            # An object's parts are written in a row; written anew, it is another one.
            if key != last:
                keys.append(key)
                firsts.append(part)
                last = key
            owners[part] = len(keys) - 1
        self.keys = keys
        self.owners = owners
        self.firsts = np.array(firsts, np.int32)
        self.object_count = len(keys)
        days = reader.column_reader("day")
        self.dates = np.array([days[int(part)] for part in self.firsts], np.int32)
        self.alive = self._read_alive(reader)

    def _read_alive(self, reader):
        alive = np.ones(self.part_count, bool)
        deleted = list(reader.segment().deleted_docs())
        if deleted:
            alive[deleted] = False
        return alive

    def refreshed(self, reader):
        """The same segment read again, after deletions in it."""
        copy = object.__new__(Segment)
        copy.__dict__.update(self.__dict__)
        copy._reader = reader
        copy.alive = self._read_alive(reader)
        return copy

    @_reading
    def postings(self, name, term):
        """(parts, weights) of a term, as arrays."""
        key = (name, term)
        found = self._cache.get(key)
        if found is not None:
            return found
        try:
            matcher = self._reader.postings(name, term)
        except TermNotFound:
            found = np.zeros(0, np.int32), np.zeros(0, np.float32)
        else:
            parts, weights = [], []
            while matcher.is_active():
                parts.append(matcher.id())
                weights.append(matcher.weight())
                matcher.next()
            found = np.array(parts, np.int32), np.array(weights, np.float32)
        with self._lock:
            self._cache[key] = found
            if len(self._cache) > CACHED_POSTINGS:
                self._cache.popitem(last=False)
        return found

    @_reading
    def positions(self, name, terms, parts):
        """{part: places of any of `terms`} for the given parts, in ascending order."""
        places = {}
        for term in terms:
            try:
                matcher = self._reader.postings(name, term)
            except TermNotFound:
                continue
            for part in parts.tolist():
                if not matcher.is_active():
                    break
                if matcher.id() < part:
                    matcher.skip_to(part)
                if matcher.is_active() and matcher.id() == part:
                    places.setdefault(part, set()).update(matcher.value_as("positions"))
        return places

    @_reading
    def lengths(self, name):
        """The number of words of each part in the field `name`."""
        found = self._lengths.get(name)
        if found is None:
            read = self._reader.doc_field_length
            found = np.fromiter(
                (read(part, name, 0) for part in range(self.part_count)),
                np.float32,
                count=self.part_count,
            )
            self._lengths[name] = found
        return found

    @_reading
    def pairs(self, name):
        """(objects, codes, values): which object bears which value of a keyword field."""
        found = self._pairs.get(name)
        if found is None:
            objects, codes, values = [], [], []
            for value in self._lexicon(name):
                owners = np.unique(self.owners[self.postings(name, value)[0]])
                objects.append(owners)
                codes.append(np.full(len(owners), len(values), np.int32))
                values.append(value)
            if objects:
                found = np.concatenate(objects), np.concatenate(codes), values
            else:
                found = np.zeros(0, np.int32), np.zeros(0, np.int32), []
            self._pairs[name] = found
        return found

    @_reading
    def terms_of(self, name):
        """Every term of a field, in order."""
        return self._lexicon(name) if name in self._reader.schema else []

    def _lexicon(self, name):
        return [
            term.decode() if isinstance(term, bytes) else term
            for term in self._reader.lexicon(name)
        ]

    @_reading
    def beginning_with(self, name, prefix, most):
        """At most `most` terms of a field that begin with `prefix`."""
        found = []
        if prefix and name in self._reader.schema:
            for term in self._reader.expand_prefix(name, prefix):
                found.append(term.decode() if isinstance(term, bytes) else term)
                if len(found) >= most:
                    break
        return found

    @_reading
    def close_to(self, name, text):
        """The terms of a field one letter away from `text`."""
        if name not in self._reader.schema:
            return []
        return list(self._reader.terms_within(name, text, 1, prefix=1))

    @_reading
    def known_words(self, variants):
        """The words of this segment whose folded form is among `variants`."""
        if self._words is None:
            words = {}
            for word in self._lexicon("surface"):
                words.setdefault(analysis.fold(word), []).append(word)
            self._words = words
        return [word for variant in variants for word in self._words.get(variant, ())]

    @_reading
    def stored(self, part):
        """(part name, label of the model, title, text) as they were written."""
        return tuple(self._reader.stored_fields(part)["stored"])


class Store:
    """The index of a directory: read by every process, written by one at a time.

    `row_fields` is a callable that gives the names of the admin's own fields: the
    models are not known yet when settings are read.
    """

    def __init__(self, directory, row_fields=tuple):
        self.directory = Path(directory)
        self._row_fields = row_fields
        self._lock = threading.Lock()
        self._stamp = None
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
            if stamp != self._stamp:
                self._snapshot = self._read()
                self._stamp = stamp
            return self._snapshot

    def _read(self):
        # A commit or a swap may fall between the reading of a name and its opening.
        for attempt in range(5):
            state = self._state()
            try:
                opened = index.open_dir(
                    self.directory / state["folder"],
                    schema=make_schema(self._row_fields()),
                )
                reader = opened.reader()
                known = {
                    segment.segment_id: segment
                    for segment in (self._snapshot.segments if self._snapshot else ())
                }
                segments = []
                for leaf, _ in reader.leaf_readers():
                    if not leaf.doc_count_all():
                        continue
                    same = known.get(leaf.segment().segment_id())
                    segments.append(same.refreshed(leaf) if same else Segment(leaf))
                return Snapshot(segments, serial=state["serial"])
            except Exception as error:
                if attempt == 4:
                    self.mark_damaged(error)
                    raise IndexUnavailable("damaged") from error
        raise IndexUnavailable("damaged")

    def _state(self):
        try:
            state = json.loads((self.directory / "CURRENT").read_text())
            fingerprint = state["fingerprint"]
            state["folder"], state["serial"]
        except FileNotFoundError as error:
            raise IndexUnavailable("missing") from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexUnavailable("damaged") from error
        if fingerprint != self.fingerprint:
            raise IndexUnavailable("older schema")
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

    def mark_damaged(self, error):
        """Ask the worker for a rebuild: a file could not be read, or parts are missing."""
        logger.warning("The search index must be rebuilt: %r", error)
        try:
            (self.directory / "damaged").touch(mode=0o600)
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

    def _publish(self, folder, serial):
        """Let readers know of a generation, atomically."""
        state = {"folder": folder, "serial": serial, "fingerprint": self.fingerprint}
        fresh = self.directory / f"CURRENT.{os.getpid()}.{threading.get_ident()}"
        fresh.write_text(json.dumps(state))
        fresh.chmod(0o600)
        fresh.replace(self.directory / "CURRENT")

    def replace(self, objects):
        """Write each object anew: {object key: [PartDocument]}, an empty list removes it.

        Raises IndexUnavailable when there is no index to write to; what was asked is
        then in the database, from where the rebuild takes it.
        """
        if not objects:
            return
        with self._locked("writer.lock"):
            self._note_for_rebuild(objects)
            state = self._state()
            opened = self._opened(state)
            self._write(opened, objects, replacing=True)
            self._publish(state["folder"], state["serial"] + 1)

    def _write(self, opened, objects, replacing=False, family="", optimize=False):
        writer = opened.writer(timeout=WRITER_TIMEOUT, limitmb=WRITER_MEMORY_MB)
        try:
            if family:
                writer.delete_by_term("family", family)
            if replacing:
                for key in objects:
                    writer.delete_by_term("object", key)
            for parts in objects.values():
                for part in parts:
                    writer.add_document(**_whoosh_document(part))
            crowded = len(writer.segments) > MOST_SEGMENTS
        except BaseException:
            writer.cancel()
            raise
        writer.commit(merge=crowded, optimize=optimize)

    def replace_family(self, family, objects):
        """Write every object of a family ("row": the admin's rows) anew, at once."""
        with self._locked("writer.lock"):
            self._note_for_rebuild(objects)
            state = self._state()
            opened = self._opened(state)
            self._write(opened, objects, family=family)
            self._publish(state["folder"], state["serial"] + 1)

    def _opened(self, state):
        """The Whoosh index that is served, to be written to."""
        try:
            return index.open_dir(
                self.directory / state["folder"], schema=make_schema(self._row_fields())
            )
        except Exception as error:
            self.mark_damaged(error)
            raise IndexDamaged(f"{type(error).__name__}: {error}") from error

    def note_for_rebuild(self, keys):
        """Have a rebuild that is running read these objects again before it ends."""
        if (self.directory / "rebuild.journal").exists():
            with self._locked("writer.lock"):
                self._note_for_rebuild(keys)

    def _note_for_rebuild(self, objects):
        journal = self.directory / "rebuild.journal"
        if journal.exists():
            with journal.open("a") as lines:
                lines.writelines(f"{key}\n" for key in objects)

    def merge(self):
        """Merge the day's segments into one (at night)."""
        with self._locked("writer.lock"):
            state = self._state()
            opened = self._opened(state)
            self._write(opened, {}, optimize=True)
            self._publish(state["folder"], state["serial"] + 1)

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
        path = self.directory / folder
        path.mkdir(mode=0o700)
        count = 0
        try:
            opened = index.create_in(path, make_schema(self._row_fields()))
            writer = opened.writer(limitmb=REBUILD_MEMORY_MB)
            try:
                for _, parts in objects:
                    for part in parts:
                        writer.add_document(**_whoosh_document(part))
                    count += 1
            except BaseException:
                writer.cancel()
                raise
            writer.commit()
            with self._locked("writer.lock"):
                late = list(dict.fromkeys(journal.read_text().split("\n")))
                late = [key for key in late if key]
                if late and read_again:
                    self._write(opened, read_again(late), replacing=True)
                self._publish(folder, self._last_serial() + 1)
                journal.unlink(missing_ok=True)
                (self.directory / "damaged").unlink(missing_ok=True)
        except BaseException:
            journal.unlink(missing_ok=True)
            shutil.rmtree(path, ignore_errors=True)
            raise
        self._remove_others(folder)
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

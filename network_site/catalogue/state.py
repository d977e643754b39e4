"""The catalogue as this process knows it, brought up to date at each question.

One statement tells what changed. On SQLite versions only grow. On PostgreSQL the version of
a row is the number of the transaction that wrote it, and transactions end in any order: what
was written at or after the oldest one still running at the last look is read again
(`pg_snapshot_xmin`, PostgreSQL documentation, 9.28.8); on a standby this would lose changes,
so the primary is asked. Objects that changed and whose entries are not written yet are read
here, in memory, for this question.

A request that only reads is of one moment (`core.moment`): it looks once.
"""

import json
import threading
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.db import connection

from network_site.catalogue import building, registry, vocabularies
from network_site.catalogue.columns import Columns, Lexicon, Row
from network_site.catalogue.triggers import ENTRY, MARK, VERSION
from network_site.core import moment

_COLUMNS = "e.id, e.kind, e.model, e.object_id, e.is_live, e.path, e.data, e.version"
_SQL = {
    "sqlite": f"""
      SELECT (SELECT json_group_object(name, number) FROM {VERSION}),
             (SELECT MAX(id) FROM {MARK}), 0, {_COLUMNS}, NULL
      FROM (SELECT 1) one LEFT JOIN {ENTRY} e ON e.version > %s""",  # noqa: S608
    "postgresql": f"""
      SELECT (SELECT json_object_agg(name, number)::text FROM {VERSION}),
             (SELECT MAX(id) FROM {MARK}),
             pg_snapshot_xmin(pg_current_snapshot())::text::bigint, {_COLUMNS},
             pg_current_xact_id_if_assigned()::text::bigint
      FROM (SELECT 1) one LEFT JOIN {ENTRY} e ON e.version >= %s""",  # noqa: S608
}
MARKS_MOST = 50


@dataclass(frozen=True)
class State:
    """Columns, vocabularies, and how far they were read.

    `numbers` are those of the vocabularies and of what is kept (catalogue.kept).
    `fresh` is what changed objects say that no entry holds yet, {(root, number): data};
    `is_lagging` says that more objects changed than one question reads anew: facets may be
    those of a moment ago (rights never are).
    """

    columns: Columns
    terms: dict
    numbers: dict
    seen: int
    versions: dict
    fresh: dict = field(default_factory=dict)
    is_lagging: bool = False


_lock = threading.Lock()
_kept: dict = {"state": None, "overlay": None}
_emptied = []


def when_forgotten(function):
    """Register what is emptied with this."""
    _emptied.append(function)


def forget():
    """Read everything again at the next question."""
    with _lock:
        _kept.update(state=None, overlay=None)
    moment.end()
    for function in _emptied:
        function()


def current() -> State:
    """The State of this moment."""
    return moment.of("catalogue", _current)


def numbers() -> dict:
    """{name of a vocabulary, or of what is kept: how often it changed}."""
    return current().numbers


def _current():
    state = _kept["state"]
    numbers, mark, seen, rows = look = _look(state)
    if state is None or rows or numbers != state.numbers:
        state, mark = _brought_up(state, look)
    elif seen != state.seen and may_keep():
        _keep(replace(state, seen=seen), former=state)
    return _with_marks(state, mark)


def _brought_up(former, look):
    """(the state after all that is committed, the last mark); kept unless a transaction is
    under way here. `look` is what was read since `former`: read again where another thread
    was faster."""
    with _lock:
        state = _kept["state"]
        if state is not former:
            look = _look(state)
        numbers, mark, seen, rows = look
        if state is None or rows or numbers != state.numbers:
            state = _advanced(state, numbers, seen, rows)
            if may_keep():
                _kept.update(state=state, overlay=None)
        return state, mark


def may_keep():
    """Whether what is read here may serve others: a transaction under way may be taken back.

    As for Django's durable blocks, that of a test case is none.
    """
    return all(block._from_testcase for block in connection.atomic_blocks)


def _keep(state, former):
    with _lock:
        if _kept["state"] is former:
            _kept["state"] = state


def _look(state):
    """(numbers of the vocabularies, last mark, how far this reads, rows that changed)."""
    since = -1 if state is None else state.seen
    with connection.cursor() as cursor:
        cursor.execute(_SQL[connection.vendor], [since])
        found = cursor.fetchall()
    numbers = json.loads(found[0][0] or "{}")
    held = {} if state is None else state.versions
    rows = []
    for line in found:
        number, version, own = line[3], line[10], line[11]
        # What this very transaction wrote it may have written again, under the same number.
        if number is None or (held.get(number) == version and version != own):
            continue
        data = line[9]
        rows.append(
            Row(
                *line[3:9], json.loads(data) if isinstance(data, str) else data, version
            )
        )
    seen = found[0][2]
    if connection.vendor == "sqlite":
        seen = max((row.version for row in rows), default=max(since, 0))
    return numbers, found[0][1], seen, rows


def _advanced(state, numbers, seen, rows):
    known = registry.vocabularies()
    changed = set() if state is None else _changed(state.numbers, numbers)
    if state is None or not all(
        name in known and known[name].is_flat for name in changed
    ):
        if state is not None:
            # Terms moved: what is above each entry is to be said again.
            numbers, _mark, seen, rows = _look(None)
        terms = vocabularies.load(set(known))
        columns = Columns(state.columns.lexicon if state else Lexicon())
        versions = {}
    else:
        # Where nothing stands above anything, entries say the same whatever a term says.
        terms = (
            {**state.terms, **vocabularies.load(changed)} if changed else state.terms
        )
        columns, versions = state.columns, dict(state.versions)
    columns = columns.replaced(rows, terms)
    versions.update((row.id, row.version) for row in rows)
    return State(columns, terms, numbers, seen, versions)


def _changed(former, now):
    """The names of the vocabularies that changed; "epoch" is among them after a rebuild. What
    is kept otherwise (catalogue.kept) leaves the entries as they are."""
    names = ("epoch", *registry.vocabularies())
    return {name for name in names if former.get(name) != now.get(name)}


def _with_marks(state, mark):
    """The state with the objects that changed and whose entries are not written yet."""
    if mark is None:
        return state
    kept = _kept["overlay"]
    is_kept = may_keep()
    if is_kept and kept and kept[:2] == (mark, id(state)):
        return kept[2]
    most = getattr(settings, "CATALOGUE_MARKS_MOST", MARKS_MOST)
    objects, more = building.marked(most)
    rows = building.provisional(objects)
    known = {
        (model, number): state.columns.ids[place]
        for model, number in objects
        for place in state.columns.places_of(model, [number]).tolist()
        if place >= 0
    }
    over = replace(
        state,
        columns=state.columns.replaced(rows, state.terms, but=list(known.values())),
        fresh={(row.model, row.object_id): row.data for row in rows},
        is_lagging=more,
    )
    if is_kept:
        _kept["overlay"] = (mark, id(state), over)
    return over

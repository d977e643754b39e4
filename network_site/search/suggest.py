"""Suggestions while typing: names that the reader may see, most likely first.

From the names of each segment (`names`) under the reader's mask; the few that are kept
are then asked of the database (`links`), as the results of a search are.
"""

import logging
from dataclasses import dataclass
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from django.conf import settings
from django.utils.translation import get_language

from network_site.pages.visibility import tokens_for
from network_site.registries.search import Kind
from network_site.search import queries
from network_site.search.analysis import STOP_WORDS
from network_site.search.links import Link, identity_of, links_of
from network_site.search.names import name_key, names_of
from network_site.search.services import tokens_in
from network_site.search.spelling import correction
from network_site.search.stores import get_store

logger = logging.getLogger(__name__)

SHORTEST = 2
MOST = 8
# Of one kind, as long as others have something to offer.
MOST_OF_A_KIND = 4
# Candidates looked at closely, and offered to the database.
CLOSELY = 100
OFFERED = 14
MOST_WORDS = 6
LONGEST_ACRONYM = 12

WHOLE_NAME, FIRST_WORDS, INNER_WORDS, APART = 12.0, 6.0, 4.0, 1.0
# Thousands of communes must not hide a practice.
KIND_WEIGHTS = {Kind.TERRITOIRE: -3.0, Kind.PERSONNE: -0.5, Kind.DISCUSSION: -0.5}


@dataclass(frozen=True)
class Suggestion:
    """A name to offer; `note` is the acronym by which it was found."""

    link: Link
    note: str = ""


class _Candidate(NamedTuple):
    score: float
    number: int
    part: int
    note: str


def suggest(*, user, text, most=MOST) -> list[Suggestion]:
    """Names for what is being typed, best first; raise IndexUnavailable.

    Nothing for fewer than two letters.
    """
    wanted = name_key(queries.clean(text))
    if len(wanted) < SHORTEST:
        return []
    store = get_store()
    snapshot = store.snapshot()
    lang = (get_language() or settings.LANGUAGE_CODE)[:2]
    mask = snapshot.visible(tokens_in(tokens_for(user), lang))
    found = _named(store, snapshot, mask, wanted)
    if not found:
        corrected = correction(snapshot, queries.parse(text), mask)
        found = _named(store, snapshot, mask, name_key(corrected)) if corrected else []
    best = {}
    for one in sorted(found, key=lambda one: (-one.score, one.part)):
        best.setdefault(one.number, one)
    kinds = _kinds(snapshot, best)
    chosen = _varied(
        sorted(
            best.values(),
            key=lambda one: (
                -one.score - KIND_WEIGHTS.get(kinds[one.number], 0),
                one.part,
            ),
        ),
        kinds,
        OFFERED,
    )
    return _suggestions(snapshot, chosen, user)[:most]


def _named(store, snapshot, mask, wanted):
    """The candidates of all segments for a name key, under a reader's mask."""
    candidates = []
    for rank, segment in enumerate(snapshot.segments):
        names = names_of(segment, store.directory)
        offset = snapshot.part_offsets[rank]
        readable = mask[offset : offset + segment.part_count]
        candidates += _candidates(snapshot, names, wanted, offset, readable)
    return candidates


def _candidates(snapshot, names, wanted, offset, readable):
    """The best candidates of one segment."""
    if not len(names.starts):
        return []
    low, high = names.range_of(wanted)
    entries = np.arange(low, high)
    entries = entries[readable[names.parts[low:high]]]
    heads = names.at_head(entries)
    # Those that begin with it before those in which it stands.
    entries = np.concatenate((entries[heads], entries[~heads]))
    found = _close_look(snapshot, names, entries, wanted, offset)
    words = _words(wanted)
    if len(found) < MOST and len(words) > 1:
        apart = _apart(names, words, readable)
        known = {one.part for one in found}
        found += [
            _Candidate(APART, int(snapshot.owners[part + offset]), part + offset, "")
            for part in apart
            if part + offset not in known
        ]
    return found


def _close_look(snapshot, names, entries, wanted, offset):
    found = []
    for entry in entries[:CLOSELY].tolist():
        line, place = names.line_at(entry)
        rest = line[place:]
        if not rest.startswith(wanted):
            continue
        score = INNER_WORDS if place else FIRST_WORDS
        if line == wanted:
            score = WHOLE_NAME
        elif rest[len(wanted) : len(wanted) + 1] in ("", " "):
            score += 1.0
        part = int(names.parts[entry]) + offset
        is_acronym = " " not in line and len(line) <= LONGEST_ACRONYM
        found.append(
            _Candidate(
                score - len(line) / 1_000,
                int(snapshot.owners[part]),
                part,
                line.upper() if is_acronym else "",
            )
        )
    return found


def _words(wanted):
    """The words to look for apart: the last, which is being typed, and those that tell."""
    *before, last = wanted.split()
    return [*(word for word in before if word not in STOP_WORDS), last][-MOST_WORDS:]


def _apart(names, words, readable):
    """The parts whose names have all of `words`, in any order."""
    together = readable.copy()
    for word in words:
        low, high = names.range_of(word)
        here = np.zeros(len(readable), bool)
        here[names.parts[low:high]] = True
        together &= here
    return np.flatnonzero(together)[:CLOSELY].tolist()


# What is of which kind, for each generation of the index.
_kind_codes = WeakKeyDictionary()


def _kinds(snapshot, numbers):
    """{number: kind} of some objects."""
    codes = _kind_codes.get(snapshot)
    kinds = list(Kind)
    if codes is None:
        codes = np.full(snapshot.object_count, kinds.index(Kind.PAGE), np.uint8)
        for code, kind in enumerate(kinds):
            codes[snapshot.having("kind", [kind.value])] = code
        _kind_codes[snapshot] = codes
    return {number: kinds[codes[number]] for number in numbers}


def _varied(candidates, kinds, most):
    """The first `most`, at most four of a kind; the others fill what is left."""
    kept, later, counts = [], [], {}
    for one in candidates:
        kind = kinds[one.number]
        counts[kind] = counts.get(kind, 0) + 1
        (kept if counts[kind] <= MOST_OF_A_KIND else later).append(one)
    return (kept + later)[:most]


def _suggestions(snapshot, candidates, user):
    named = {}
    for one in candidates:
        label, pk, title = identity_of(snapshot, one.number)
        named[label, pk] = title, one
    links = links_of({key: title for key, (title, _) in named.items()}, user)
    suggestions = []
    for key, link in links.items():
        note = named[key][1].note
        if note and note in link.title.upper().replace(".", ""):
            note = ""
        suggestions.append(Suggestion(link, note))
    return suggestions

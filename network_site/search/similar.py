"""What resembles a record: the words that tell it from the others, asked of the index.

Only the part that carries the record's card lends words, so that two readers of the same
page are led by the same words; what they are led to is each one's own.
"""

import logging
from collections import Counter
from math import log1p
from weakref import WeakKeyDictionary

import numpy as np
from django.conf import settings
from django.utils.translation import get_language

from network_site.pages.visibility import tokens_for
from network_site.registries.search import Kind
from network_site.search import analysis, pending
from network_site.search.arrays import Evaluation
from network_site.search.engine import IndexUnavailable
from network_site.search.keys import object_key
from network_site.search.links import Link, identity_of, links_of
from network_site.search.queries import ANYWHERE, Word
from network_site.search.services import tokens_in
from network_site.search.stores import get_store

logger = logging.getLogger(__name__)

MOST = 4
KINDS = (Kind.TEXTE, Kind.PRATIQUE, Kind.JOURNEE, Kind.DISCUSSION)
# Of a record: its title and its first letters are enough to know what it is about.
READ = 4_000
TITLE_WEIGHT = 4
MOST_TERMS = 12
# A word that one text in five holds says nothing (but in a small index); one that no other
# holds leads nowhere.
COMMONEST = 0.2
FEW = 12
# One word in common is no relation, nor is much less than the nearest has.
COMMON_WORDS, OF_A_SHORT_ONE, SHORT = 3, 2, 8
LEAST = 0.3
FIELDS = {name: ANYWHERE[name] for name in ("title", "body")}
MOST_KEPT = 4_000

_terms = WeakKeyDictionary()
_kinds = WeakKeyDictionary()


def similar_to(*, user, obj, most=MOST, but=()) -> list[Link]:
    """Links to what resembles `obj` among what `user` may see, most alike first.

    `but` are kinds to leave out. Nothing when the index is not there or does not know `obj`.
    """
    store = get_store()
    try:
        snapshot = store.snapshot()
        lang = (get_language() or settings.LANGUAGE_CODE)[:2]
        tokens = tokens_for(user)
        mask = snapshot.visible(tokens_in(tokens, lang))
        mask = pending.without_closed_files(snapshot, mask, tokens)
        return _similar(snapshot, mask, object_key(obj), user, most, but)
    except IndexUnavailable as error:
        logger.info("Nothing similar is shown: %s", error)
        return []


def _similar(snapshot, mask, key, user, most, but):
    number = next(
        (n for n in snapshot.numbers_of([key]).tolist() if mask[snapshot.firsts[n]]),
        None,
    )
    if number is None:
        return []
    terms = _telling_terms(snapshot, number)
    if not terms:
        return []
    kinds = tuple(kind.value for kind in KINDS if kind not in but)
    found = _sharing(snapshot, mask, terms, _of_kinds(snapshot, kinds))
    found = found.kept(found.numbers != number)
    best = float(found.scores.max(initial=0))
    found = found.kept(found.scores >= LEAST * best)
    named = {}
    for other in snapshot.order(found, most=most * 2).tolist():
        label, pk, title = identity_of(snapshot, other)
        named[label, pk] = title
    return list(links_of(named, user).values())[:most]


def _sharing(snapshot, mask, terms, wanted):
    """The objects in the mask `wanted` that have enough of `terms` for the reader."""
    counts = np.zeros(snapshot.object_count, np.uint8)
    scores = np.zeros(snapshot.object_count, np.float32)
    for term, weight in terms:
        found = snapshot.evaluate(Word((term,), FIELDS), mask)
        counts[found.numbers] += 1
        scores[found.numbers] += found.scores * np.float32(weight)
    least = COMMON_WORDS if len(terms) >= SHORT else OF_A_SHORT_ONE
    numbers = np.flatnonzero((counts >= least) & wanted).astype(np.int32)
    return Evaluation(numbers, scores[numbers], snapshot.object_count)


def _of_kinds(snapshot, kinds):
    """The mask of the objects of these kinds, kept as long as the generation."""
    kept = _kinds.setdefault(snapshot, {})
    if kinds not in kept:
        kept[kinds] = snapshot.having("kind", kinds)
    return kept[kinds]


def _telling_terms(snapshot, number):
    """[(term, weight)] of an object: frequent in it, rare elsewhere."""
    kept = _terms.setdefault(snapshot, {})
    found = kept.get(number)
    if found is None:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        found = kept[number] = _read_terms(snapshot, number)
    return found


def _read_terms(snapshot, number):
    _label, _pk, title, text = identity_of(snapshot, number, with_text=True)
    counts = Counter(_words(text[:READ]))
    for term in _words(title):
        counts[term] += TITLE_WEIGHT
    weights = {}
    for term, count in counts.items():
        parts = len(snapshot.postings("body", term)[0])
        if 2 <= parts <= max(FEW, COMMONEST * snapshot.part_count):
            weights[term] = log1p(count) * log1p(snapshot.part_count / parts)
    best = sorted(weights, key=lambda term: (-weights[term], term))[:MOST_TERMS]
    return [(term, weights[term]) for term in best]


def _words(text):
    """The words of a text that can say what it is about: neither numbers nor short ones."""
    return [
        token.terms[0]
        for token in analysis.tokens(text)
        if len(token.terms[0]) > 2 and token.terms[0].isalpha()
    ]

"""The words of lists: the box of a list is the box of the site."""

import numpy as np

from network_site.catalogue.registry import Matched, WordsUnavailable, set_matcher
from network_site.search import pending, queries, synonyms
from network_site.search.asking import ANY_OF_THEM, ANY_WORD, Asked, understood
from network_site.search.engine import IndexDamaged, IndexUnavailable
from network_site.search.services import tokens_of
from network_site.search.stores import get_store


def matching(words, user, *, loose=False):
    """What answers `words` for `user`, as Matched.

    The words are taken as the site's search takes them: all of them, else as they are
    probably spelt, else some; `loose`, some at once. Raises WordsUnavailable while there is
    no index.
    """
    question = synonyms.widened(queries.parse(words))
    if question.is_empty:
        return Matched([])
    try:
        snapshot = get_store().snapshot()
        asked = Asked(snapshot, tokens_of(user), {})
        asked.mask = pending.narrowed(snapshot, asked.mask, user)
        mode, correction = ANY_WORD, ""
        if loose:
            evaluation = asked.evaluate_any(question, ANY_OF_THEM)
        else:
            evaluation, mode, correction, _question = understood(
                asked, question, synonyms.widened
            )
        keys = snapshot.keys_of(evaluation.numbers)
    except IndexDamaged as error:
        get_store().mark_damaged(error)
        raise WordsUnavailable from error
    except IndexUnavailable as error:
        raise WordsUnavailable from error
    found = {}
    for key, score in zip(keys, evaluation.scores.tolist(), strict=True):
        label, _colon, pk = key.rpartition(":")
        if pk.isdecimal():
            numbers, scores = found.setdefault(label, ([], []))
            numbers.append(int(pk))
            scores.append(score)
    return Matched(
        [
            (label, np.array(numbers, np.int64), np.array(scores, np.float32))
            for label, (numbers, scores) in found.items()
        ],
        mode != ANY_WORD,
        correction,
    )


set_matcher(matching)

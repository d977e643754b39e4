"""What was probably meant: words of the index one letter away from what was typed.

Only words that the reader may see, in the parts that they may see, are ever proposed.
"""

import re

from network_site.search import analysis
from network_site.search.arrays import Snapshot
from network_site.search.letters import one_letter_away
from network_site.search.queries import And, Question, Word

_SHORTEST, _LONGEST = 4, 24
# Where something answers, only a word that is known this well is proposed beside it.
_WELL_KNOWN = 10


def correction(snapshot: Snapshot, question: Question, mask) -> str:
    """Return the question's text with its unknown words corrected, "" when none can be."""
    text = question.text
    changed = False
    for word in question.words:
        surface = word.surface
        if not (surface.isalpha() and _SHORTEST <= len(surface) <= _LONGEST):
            continue
        better = _best(snapshot, question, word, mask)
        if better:
            text = re.sub(rf"(?<!\w){re.escape(surface)}(?!\w)", better, text)
            changed = True
    return text if changed else ""


def _best(snapshot, question, word: Word, mask):
    folded = analysis.fold(word.surface)
    own = len(snapshot.evaluate(word, mask)) > 0
    # A stem may be found where the word itself, mistyped, is written nowhere.
    if own and (not word.is_plain or snapshot.is_written(folded, mask)):
        return ""
    near = _near(snapshot, question, word, mask)
    counts = snapshot.spellings(one_letter_away(folded), mask, near)
    if own:
        # Another form of the same word would find nothing else.
        counts = {
            found: count
            for found, count in counts.items()
            if count >= _WELL_KNOWN and not {*analysis.terms(found)} & {*word.terms}
        }
    if not counts:
        return ""
    # The first letter is seldom the wrong one; then the commonest word.
    return max(
        counts,
        key=lambda found: (
            analysis.fold(found)[0] == folded[0],
            counts[found],
            found,
        ),
    )


def _near(snapshot, question, word, mask):
    """The mask of the parts of the objects that have the other words, None without others."""
    others = tuple(other for other in question.needed if other is not word)
    if not others:
        return None
    hits = snapshot.evaluate(And(others), mask).hits
    return hits[snapshot.owners]

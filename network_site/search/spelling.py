"""What was probably meant: words of the index one letter away from what was typed.

Only words that the reader may see, in the parts that they may see, are ever proposed.
"""

import re

from network_site.search import analysis
from network_site.search.arrays import Snapshot
from network_site.search.letters import one_letter_away
from network_site.search.queries import Question, Word

_SHORTEST, _LONGEST = 4, 24


def correction(snapshot: Snapshot, question: Question, mask) -> str:
    """Return the question's text with its unknown words corrected, "" when none can be."""
    text = question.text
    changed = False
    for word in question.words:
        surface = word.surface
        if not (surface.isalpha() and _SHORTEST <= len(surface) <= _LONGEST):
            continue
        if len(snapshot.evaluate(word, mask)):
            continue
        better = _best(snapshot, word, mask)
        if better:
            text = re.sub(rf"(?<!\w){re.escape(surface)}(?!\w)", better, text)
            changed = True
    return text if changed else ""


def _best(snapshot, word: Word, mask):
    counts = snapshot.spellings(one_letter_away(analysis.fold(word.surface)), mask)
    if not counts:
        return ""
    first = analysis.fold(word.surface)[0]
    # The first letter is seldom the wrong one; then the commonest word.
    return max(
        counts,
        key=lambda found: (analysis.fold(found)[0] == first, counts[found], found),
    )

"""What was probably meant: words of the index one letter away from what was typed.

Only words that the reader may see, in the parts that they may see, are ever proposed.
"""

import re
import string

from network_site.search import analysis
from network_site.search.arrays import Snapshot
from network_site.search.queries import Question, Word

_LETTERS = string.ascii_lowercase
_SHORTEST, _LONGEST = 4, 24


def one_letter_away(word: str) -> set[str]:
    """Return every string one deletion, exchange, change or addition away from `word`."""
    halves = [(word[:cut], word[cut:]) for cut in range(len(word) + 1)]
    found = {left + right[1:] for left, right in halves if right}
    found |= {
        left + right[1] + right[0] + right[2:]
        for left, right in halves
        if len(right) > 1
    }
    found |= {
        left + letter + right[1:]
        for left, right in halves
        if right
        for letter in _LETTERS
    }
    found |= {left + letter + right for left, right in halves for letter in _LETTERS}
    found.discard(word)
    return found


def correction(snapshot: Snapshot, question: Question, mask) -> str:
    """Return the question's text with its unknown words corrected, "" when none can be."""
    text = question.text
    changed = False
    for word in question.words:
        surface = word.surface
        if not (surface.isalpha() and _SHORTEST <= len(surface) <= _LONGEST):
            continue
        if snapshot.evaluate(word, mask).hits.any():
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

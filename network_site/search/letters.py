"""Words one letter away from another."""

import string

_LETTERS = string.ascii_lowercase


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

"""What a list of mails shows of one: a subject that fits, and the line after it.

A template marks with `elastic` what may be shortened (a title, a name): the sentence around it
and the date stay whole.
"""

import re

from network_site.core.text import one_line_of

# Telephones show forty to sixty characters.
LONGEST_SUBJECT = 60
# A thread's mails begin with the name of its space in brackets and its answers with this: programs
# that thread by subject want the rest to be the same.
RE, THREAD = "Re: ", "["
LONGEST_PREHEADER = 110
# Private use (Unicode 23.5): no text of a person holds them.
_OPEN, _CLOSE = "\ue000", "\ue001"
_SHORTEST = 12
# What no cut ends with, a no-break space among it.
_LOOSE = " ,;:–-\u00a0\u202f"
# Fewer say nothing.
_FEWEST_WORDS = 3


def elastic(value):
    """`value` marked as what may be shortened in a subject."""
    return f"{_OPEN}{_bare(str(value))}{_CLOSE}"


def whole_subject(text):
    """The subject rendered as `text` on one line, nothing shortened."""
    return _bare(one_line_of(text))


def fitting_subject(text):
    """The same in LONGEST_SUBJECT characters at most: what is elastic gives way, the longest first."""
    text = one_line_of(text)
    bare = _bare(text)
    room = LONGEST_SUBJECT - (len(RE) if bare.startswith(THREAD) else 0)
    if len(bare) <= room:
        return bare
    pieces = re.split(f"[{_OPEN}{_CLOSE}]", text)
    while (excess := sum(map(len, pieces)) - room) > 0:
        longest = max(range(1, len(pieces), 2), key=lambda n: len(pieces[n]), default=0)
        if not longest or len(pieces[longest]) <= _SHORTEST:
            break
        keep = max(len(pieces[longest]) - excess, _SHORTEST)
        pieces[longest] = shortened(pieces[longest], keep)
    return shortened("".join(pieces), room)


def shortened(text, length):
    """`text` in `length` characters at most, cut after a word if one ends near."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    at = cut.rfind(" ")
    if text[length - 1] != " " and at >= length * 2 // 3:
        cut = cut[:at]
    return f"{cut.rstrip(_LOOSE)}…"


def preheader_of(text, greeting="", given=""):
    """The line shown after the subject: `given` if it says anything, else how the text begins.

    `text` is the text part of the mail; its greeting and its addresses are left out.
    """
    if len(given.split()) >= _FEWEST_WORDS:
        return given
    text = _bare(text).partition("\n-- \n")[0].strip()
    greeting = greeting.strip()
    if greeting and text.startswith(greeting):
        text = text[len(greeting) :]
    words = [
        word
        for word in re.split(r"[ \n]+", text)
        if word.strip(">-=*•") and not word.startswith(("http://", "https://"))
    ]
    return shortened(" ".join(words).rstrip(_LOOSE), LONGEST_PREHEADER)


def _bare(text):
    return text.replace(_OPEN, "").replace(_CLOSE, "")

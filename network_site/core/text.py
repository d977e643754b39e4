import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
# Every blank but the two that hold a mark to its word.
_BLANKS = re.compile(r"[^\S\u00a0\u202f]+")
_BETWEEN_WORDS = re.compile(r"[\W_]+")


def one_blank_line(text):
    """`text` where what a condition left out of a template leaves no hole."""
    return re.sub(r"\n\s*\n\s*\n", "\n\n", text.strip()) + "\n"


def one_line_of(text):
    """`text` on one line; a no-break space stays one, unlike what str.split() does."""
    return _BLANKS.sub(" ", text).strip(" ")


def fold(text):
    """`text` as names and words are compared in lists: words one blank apart, no accent.

    >>> fold("  Élodie  d’Œuvre-Martin ")
    'elodie d oeuvre martin'
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _BETWEEN_WORDS.sub(" ", bare.translate(_LIGATURES)).strip()


def visible(text):
    """`text` without the characters that nobody sees: controls and marks of direction.

    Line feeds and tabulations stay.
    """
    return "".join(
        char
        for char in text.replace("\r\n", "\n").replace("\r", "\n")
        if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cf"}
    )


def one_line(text):
    """`text` on one line: blanks of every kind are one blank, nothing invisible is left.

    >>> one_line("  Ville\\tde\\nLyon ")
    'Ville de Lyon'
    """
    return visible(" ".join(text.split())).strip()

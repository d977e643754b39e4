"""Addresses made from words: the same way on the site and in the back office's own script."""

import re

from django.utils.text import slugify

from network_site.core.text import LETTERS

# What parts two words: apostrophes (« l’accès » is two), dashes of every length, strokes.
_PARTS = re.compile("['‘’‛`´ʹʻʼˈ′＇/\\\\|·•…+&‐‑‒–—―−]")
# Those that are one letter: Python writes ß as SS, and ı as a plain I.
_CAPITALS = {
    letter: letter.upper()
    for letter in LETTERS
    if len(letter.upper()) == 1 and not letter.upper().isascii()
} | {"ß": "ẞ"}
# For Wagtail's box of the address, as (pattern, what it becomes).
FORMATTERS = [
    (_PARTS.pattern, " "),
    *(
        (f"[{letter}{_CAPITALS.get(letter, '')}]", plain)
        for letter, plain in LETTERS.items()
    ),
]


def slug_of(words, *, longest=80, otherwise=""):
    """The words as a piece of an address, `longest` signs at most; `otherwise` for none.

    >>> slug_of("L’accès à l'Œuvre, Straße")
    'l-acces-a-l-oeuvre-strasse'
    """
    plain = _PARTS.sub(" ", words.casefold()).translate(str.maketrans(LETTERS))
    return slugify(plain)[:longest].strip("-_") or otherwise


def free_slug(base, taken):
    """`base`, or `base` and the first number from 2 that makes it none of `taken`."""
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug

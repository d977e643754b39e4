"""Sentences of the interface in the other language than that of the page."""

import re
from functools import cache

from django.utils.translation.trans_real import translation

_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd%]|\{\w*\}")
_CONTEXT = "\x04"
# Shorter ones are words of people as well: they count where the site itself speaks.
_MANY_WORDS = 3
# What stands between two values of a sentence is looked for only where it is this long.
_LONG_PIECE = 14


def _plain(words):
    """As a page shows it: one line, tags of the sentence left out."""
    return " ".join(re.sub(r"<[^>]+>", " ", words).split())


@cache
def _sentences():
    """(English, French) of every sentence of the interface and of the packages under it."""
    pairs = set()
    for key, said in translation("fr")._catalog.items():
        key = key[0] if isinstance(key, tuple) else key
        if key and isinstance(said, str) and said:
            pairs.add((_plain(key.rpartition(_CONTEXT)[2]), _plain(said)))
    return pairs


@cache
def _foreign_to(language):
    """(whole sentences, pieces of sentences) that a page in `language` must not show."""
    pairs = _sentences()
    own, others = {fr for _en, fr in pairs}, {en for en, _fr in pairs}
    if language == "en":
        own, others = others, own
    # "Documents" is a word of both; so is a sentence that nobody had to translate.
    known = {words.casefold() for words in own}
    wholes, pieces = set(), set()
    for words in others:
        if words.casefold() in known or not re.search(r"[^\W\d_]{3}", words):
            continue
        parts = [part.strip() for part in _PLACEHOLDER.split(words)]
        if len(parts) == 1:
            wholes.add(words)
            continue
        pieces.update(
            part for part in parts if len(part) >= _LONG_PIECE and part.count(" ") > 1
        )
    ours = "\n".join(own)
    return wholes, {piece for piece in pieces if piece not in ours}


def foreign_words(page):
    """What `page` (a PageRead) says in the other language of the interface.

    Words inside an element with another `lang` are somebody's, and so are the contents:
    only sentences of the catalogue are looked for, whole or between their values.
    """
    wholes, pieces = _foreign_to(page.language)
    said = [one for one in page.texts if one[1] == page.language]
    found = [
        words
        for words, _language, is_furniture in said
        if words in wholes and (is_furniture or len(words.split()) >= _MANY_WORDS)
    ]
    joined = "\n".join(words for words, *_place in said)
    return found + [piece for piece in pieces if piece in joined]

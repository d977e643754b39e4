"""From what models hold to plain text."""

import re
from collections.abc import Iterable
from html import unescape

from django.utils.html import strip_tags

from network_site.core.markdown import marks_in_words
from network_site.search.analysis import normalised

# What a link cannot hold stops each of them: a text of brackets alone is read once.
_LINK = re.compile(r"!?\[([^\[\]\n]*+)\]\([^)\s\[]*+\)")
_LINE_START = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+|[-*+][ \t]+|>[ \t]?)", re.MULTILINE)
_EMPHASIS = re.compile(r"(\*\*|__|(?<!\w)[*_](?=\w))([^*_\n]+)\1")


SOFT_HYPHEN = "\u00ad"
_CUT_WORD = re.compile(
    r"(?<!\w)(\w++)([-\u2010\u00ad])[ \t]*+\n[ \t]*+([^\W\dA-ZÀ-Ý_]\w*+)"
)
_WORD = re.compile(r"\w+")
# Signs inside a line, which part no word from the next: 1<sup>er</sup>.
_INLINE = re.compile(r"</?(?:sup|sub|b|i|em|strong|u|wbr)\s*/?>", re.IGNORECASE)


def plain_text(value) -> str:
    """Return `value` (text, HTML, or an iterable of them) as text for the index."""
    if value is None:
        return ""
    if isinstance(value, dict):
        value = list(value.values())
    if not isinstance(value, str):
        if isinstance(value, Iterable):
            return "\n".join(filter(None, map(plain_text, value)))
        value = str(value)
    if "<" in value:
        # A block's end is a word's end: "</p><p>" must not join two words.
        value = _INLINE.sub("", marks_in_words(value))
        value = unescape(strip_tags(value.replace("<", " <")))
    return normalised(_without_markdown(value).strip())


def page_texts(pages) -> list[str]:
    """Return the texts of a file's pages as they are read: lines joined, cut words whole.

    A word cut at the end of a line loses its hyphen when it is written without one
    elsewhere in the file, else it is taken for a compound ("au-delà").
    """
    if any(_CUT_WORD.search(page) for page in pages):
        words = {word for page in pages for word in _WORD.findall(page.lower())}

        def whole(match):
            first, hyphen, second = match.groups()
            known = hyphen == SOFT_HYPHEN or (first + second).lower() in words
            return first + ("" if known else "-") + second

        pages = [_CUT_WORD.sub(whole, page) for page in pages]
    return [" ".join(normalised(page).split()) for page in pages]


def _without_markdown(text):
    """Leave out the signs of Markdown: a passage shows words, not a notation."""
    text = _LINK.sub(r"\1", text)
    text = _LINE_START.sub("", text)
    return _EMPHASIS.sub(r"\2", text)

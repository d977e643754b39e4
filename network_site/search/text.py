"""From what models hold to plain text."""

import re
from collections.abc import Iterable
from html import unescape

from django.utils.html import strip_tags

_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\s]*\)")
_LINE_START = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]+|[-*+][ \t]+|>[ \t]?|\d{1,2}\.[ \t]+(?=\D))", re.MULTILINE
)
_EMPHASIS = re.compile(r"(\*\*|__|(?<!\w)[*_](?=\w))([^*_\n]+)\1")


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
        value = unescape(strip_tags(value.replace("<", " <")))
    return _without_markdown(value).strip()


def _without_markdown(text):
    """Leave out the signs of Markdown: a passage shows words, not a notation."""
    text = _LINK.sub(r"\1", text)
    text = _LINE_START.sub("", text)
    return _EMPHASIS.sub(r"\2", text)

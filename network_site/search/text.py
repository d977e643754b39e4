"""From what models hold to plain text."""

from collections.abc import Iterable
from html import unescape

from django.utils.html import strip_tags


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
    return value.strip()

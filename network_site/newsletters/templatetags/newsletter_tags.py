"""Words without markup, for the text part of a letter."""

import re

from django import template

register = template.Library()

_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6}\s+", re.MULTILINE)
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")


@register.filter
def plain_words(markdown):
    """Markdown as one reads it aloud: addresses in brackets, no signs of emphasis."""
    text = _LINK.sub(r"\1 (\2)", str(markdown or ""))
    text = _HEADING.sub("", text)
    return _EMPHASIS.sub(r"\2", text).strip()


@register.filter
def underlined(heading):
    """A heading with a line of hyphens below it."""
    heading = str(heading)
    return f"{heading}\n{'-' * min(len(heading), 72)}"


@register.filter
def last_line(report):
    """The line of a report that says what happened: the last one of a traceback."""
    lines = [line for line in str(report or "").splitlines() if line.strip()]
    return lines[-1].strip()[:300] if lines else ""

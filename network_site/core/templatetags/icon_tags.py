"""Icons, the marks of the spaces, the glyph and the word of a status. None of it reads the database."""

from django import template
from django.utils.html import (
    format_html,
)
from django.utils.safestring import mark_safe

from network_site.core.icons import GLYPHS, ICONS, MARKS

register = template.Library()


def _drawing(markup, classes, box, label):
    if label:
        return format_html(
            '<svg class="{}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
            classes,
            box,
            box,
            label,
            mark_safe(markup),  # noqa: S308 - a constant of core.icons
        )
    return mark_safe(  # noqa: S308 - constants of core.icons
        f'<svg class="{classes}" viewBox="0 0 {box} {box}" aria-hidden="true">{markup}</svg>'
    )


# The drawings without a label never change: they are made once.
_ICONS = {name: _drawing(markup, "icon", 24, "") for name, markup in ICONS.items()}


_MARKS = {
    name: _drawing(markup, f"mark {name}", 16, "") for name, markup in MARKS.items()
}


_GLYPHS = {name: _drawing(markup, "glyph", 16, "") for name, markup in GLYPHS.items()}


@register.simple_tag
def icon(name, label=""):
    """Return an icon by its name (core/icons.py); `label` makes it speak.

    Without a label it is hidden from screen readers: words must stand beside it.
    """
    if label:
        return _drawing(ICONS[name], "icon", 24, label)
    return _ICONS[name]


@register.simple_tag
def mark(name, label=""):
    """Return the mark of a type of content: texte, pratique, journee, discussion…"""
    if label:
        return _drawing(MARKS[name], f"mark {name}", 16, label)
    return _MARKS[name]


@register.simple_tag
def glyph(name):
    """Return the bare glyph of a status: ok, ended, changed, doubt, wait…"""
    return _GLYPHS[name]


@register.simple_tag
def status_badge(kind, label, note="", attention=False):
    """Return a status: a glyph of `core.icons.GLYPHS`, its word, and a smaller note.

    `attention` puts the word under the highlighter (kept for what calls for action).
    """
    badge = format_html(
        '<span class="status{}">{}<span>{}</span></span>',
        " attn" if attention else "",
        _GLYPHS.get(kind, _GLYPHS["open"]),
        label,
    )
    return badge + format_html("<small>{}</small>", note) if note else badge

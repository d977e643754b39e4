"""Words as they are shown: their language, paragraphs, numbers. None of it reads the database."""

import re
from collections.abc import Mapping
from html import unescape

from django import template
from django.utils.html import (
    conditional_escape,
    format_html,
    format_html_join,
    strip_tags,
)
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from network_site.core.languages import is_french
from network_site.core.markdown import marks_in_words
from network_site.core.text import NNBSP

register = template.Library()

_BLOCK_END = re.compile(r"</(?:p|li|h\d|blockquote|pre|tr)>|<br\b[^<>]*+>")


@register.filter
def lang_attr(lang):
    """The attribute ` lang="fr"` of what is not in the interface's language; else nothing.

    `lang` is a code ("fr"), "" where nobody said. WCAG 2.2, criterion 3.1.2.
    """
    lang = str(lang or "")
    if not lang or lang[:2] == (get_language() or "")[:2]:
        return ""
    return format_html(' lang="{}"', lang)


@register.filter
def said(thing, name):
    """The words `name` of a content, in an element of their own where their language differs.

    `thing` is an object or a mapping; its language is its `text_lang`, else its `lang`.
    """
    words, lang = (_of(thing, key) for key in (name, "text_lang"))
    attribute = lang_attr(lang or _of(thing, "lang"))
    return format_html("<span{}>{}</span>", attribute, words) if attribute else words


def _of(thing, name):
    if isinstance(thing, Mapping):
        return thing.get(name, "")
    return getattr(thing, name, "")


@register.filter
def words_only(value):
    """The words of a piece of HTML as plain text, its entities read; to be escaped again."""
    # The end of a block is the end of a word.
    html = marks_in_words(value or "")
    return unescape(strip_tags(_BLOCK_END.sub(r"\g<0> ", html))).strip()


@register.filter(needs_autoescape=True)
def paragraphs(value, autoescape=True):
    """Plain text with blank lines as HTML paragraphs, line ends kept.

    A value that is already safe (rendered Markdown, rich text) passes unchanged.
    """
    if not value:
        return ""
    if isinstance(value, SafeString):
        return value
    blocks = [block for block in re.split(r"\n\s*\n", str(value).strip()) if block]
    return format_html_join(
        "\n",
        "<p>{}</p>",
        (
            (mark_safe("<br>".join(map(conditional_escape, block.splitlines()))),)  # noqa: S308 - each line escaped
            for block in blocks
        ),
    )


@register.filter
def initials(value):
    """« Samira Benali » gives « SB » ; a person's `get_full_name` is used when there is one."""
    name = (
        value.get_full_name() if hasattr(value, "get_full_name") else str(value or "")
    )
    words = re.findall(r"[^\W\d_]+", name)
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "?"


@register.filter
def number(value):
    """A whole number with thin no-break spaces by thousands, as French prints it."""
    if value is None or value == "":
        return ""
    if not isinstance(value, int | float):
        return value
    text = f"{value:,}"
    if is_french():
        return text.replace(",", NNBSP).replace(".", ",")
    return text


@register.filter
def minus(value, other):
    """The difference of two whole numbers, empty ones counting for nothing."""
    return int(value or 0) - int(other or 0)


@register.filter
def nth(sequence, index):
    """The item of a list at a place counted from 0; nothing beyond its end."""
    try:
        return sequence[index]
    except IndexError:
        return ""


@register.filter
def amp(value):
    """A name with its ampersand in italics, as the logo has it."""
    return mark_safe(conditional_escape(value).replace("&amp;", "<i>&amp;</i>"))  # noqa: S308 - escaped


@register.simple_tag
def localized(thing, field):
    """The text of `field`, or of `field_en` under the English interface when it has any."""
    if not is_french():
        english = getattr(thing, f"{field}_en", "")
        if english:
            return english
    return getattr(thing, field, "")

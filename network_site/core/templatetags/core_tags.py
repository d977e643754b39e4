"""Small helpers every template may load; none of them reads the database."""

import datetime
import re
from collections.abc import Mapping
from html import unescape

from django import template
from django.conf import settings
from django.forms import BaseForm
from django.template.defaultfilters import date as format_date
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.encoding import escape_uri_path
from django.utils.html import (
    conditional_escape,
    format_html,
    format_html_join,
    strip_tags,
)
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from network_site.core import canonical
from network_site.core.addresses import split_language
from network_site.core.icons import GLYPHS, ICONS, MARKS
from network_site.core.languages import in_language
from network_site.core.markdown import marks_in_words
from network_site.core.spaces import SLUGS

register = template.Library()

NBSP = "\u00a0"
NNBSP = "\u202f"
_OUTSIDE_LINK = re.compile(
    r'<a [^<>]*?href="(https?://[^"]+)"[^<>]*+>(.*?)</a>', re.DOTALL
)
_BLOCK_END = re.compile(r"</(?:p|li|h\d|blockquote|pre|tr)>|<br\b[^<>]*+>")

SPACE_PATHS = {"home": "", **{name: f"{slug}/" for name, slug in SLUGS.items()}}


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


@register.simple_tag(takes_context=True)
def error_prefix(context):
    """ "Error: " before the title of a page whose form was refused; else nothing.

    What is heard first tells that the form has not left (WCAG 2.2, 3.3.1 and 2.4.2).
    """
    for layer in context.dicts:
        for value in layer.values():
            # By its type: isinstance() would draw what is lazy, the security token first.
            is_form = issubclass(type(value), BaseForm)
            if is_form and value.is_bound and value.errors:
                return _("Error:") + " "
    return ""


class PrintedLinksNode(template.Node):
    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context):
        html = self.nodelist.render(context)
        lines = {}
        for url, words in _OUTSIDE_LINK.findall(html):
            lines.setdefault(url, " ".join(strip_tags(words).split()))
        if not lines:
            return html
        items = format_html_join(
            "",
            "<li>{}{}</li>",
            (
                (
                    mark_safe(f"{words}{_(':')} ") if words not in url else "",  # noqa: S308 - read from HTML
                    mark_safe(url),  # noqa: S308 - the same
                )
                for url, words in lines.items()
            ),
        )
        return html + format_html(
            '<section class="printed print-links"><h2>{}</h2><ol>{}</ol></section>',
            _("Addresses of the links"),
            items,
        )


@register.tag
def printed_links(parser, token):
    """{% printed_links %}…{% endprinted_links %}: where its links lead, listed on paper."""
    nodelist = parser.parse(("endprinted_links",))
    parser.delete_first_token()
    return PrintedLinksNode(nodelist)


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


def _local(value):
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def _is_french():
    return (get_language() or "fr").startswith("fr")


def _day(value):
    """The day of the month as it is said: « 1er » in French."""
    return "1er" if value.day == 1 and _is_french() else str(value.day)


@register.filter
def date_long(value):
    """« mardi 24 novembre 2026 ». Empty for an empty value."""
    if not value:
        return ""
    value = _local(value)
    return f"{format_date(value, 'l')} {_day(value)} {format_date(value, 'F Y')}"


@register.filter
def date_mid(value):
    """« 24 novembre 2026 ». Empty for an empty value."""
    if not value:
        return ""
    value = _local(value)
    return f"{_day(value)} {format_date(value, 'F Y')}"


@register.filter
def date_daymonth(value):
    """« 24 novembre ». Empty for an empty value."""
    if not value:
        return ""
    value = _local(value)
    return f"{_day(value)} {format_date(value, 'F')}"


@register.filter
def time_long(value):
    """« 9 h 30 » in French (no-break spaces), « 9:30 » in English."""
    if not value:
        return ""
    value = _local(value)
    if _is_french():
        minutes = f"{NBSP}{value.minute:02}" if value.minute else ""
        return f"{value.hour}{NBSP}h{minutes}"
    return f"{value.hour}:{value.minute:02}"


@register.filter
def datetime_long(value):
    """« mardi 24 novembre 2026, 9 h 30 ». Empty for an empty value."""
    return f"{date_long(value)}, {time_long(value)}" if value else ""


@register.filter
def time_span(start, end):
    """« 9 h 30 – 16 h 30 » from two moments; the end may be missing."""
    if not end:
        return time_long(start)
    return f"{time_long(start)} – {time_long(end)}"


@register.filter
def words_only(value):
    """The words of a piece of HTML as plain text, its entities read; to be escaped again."""
    # The end of a block is the end of a word.
    html = marks_in_words(value or "")
    return unescape(strip_tags(_BLOCK_END.sub(r"\g<0> ", html))).strip()


@register.filter
def ago(value):
    """How long since a moment, in words a person would use: « hier », « il y a 3 jours »."""
    if not value:
        return ""
    value = _local(value)
    day = value.date() if isinstance(value, datetime.datetime) else value
    days = (timezone.localdate() - day).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    if days < 14:
        return _("%(days)d days ago") % {"days": days}
    return date_mid(value)


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


register.filter("paragraph", paragraphs)


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
    if _is_french():
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
def today_long():
    """Today's date in full, as a sentence starts."""
    text = date_long(timezone.localdate())
    return text[:1].upper() + text[1:]


@register.filter
def strip_key(querydict, key):
    """The query string of `querydict` without `key` (to keep the rest in hidden fields)."""
    copy = querydict.copy()
    copy.pop(key, None)
    return copy.urlencode()


@register.filter
def hidden_pairs(querydict, but=""):
    """(name, value) pairs of a QueryDict, for hidden fields, but the names in `but`."""
    skipped = set(but.split(","))
    return [
        (key, value)
        for key, values in querydict.lists()
        if key not in skipped
        for value in values
    ]


@register.simple_tag
def space_url(name):
    """The address of a space's first page in the language of the interface.

    Names: home, library, practices, events, forums. The first pages of three spaces
    are Wagtail pages, whose address is no named URL.
    """
    prefix = "" if _is_french() else f"{get_language()}/"
    return f"{get_script_prefix()}{prefix}{SPACE_PATHS[name]}"


@register.simple_tag(takes_context=True)
def other_language_url(context):
    """The address of this very page under the other language of the interface."""
    request = context.get("request")
    if request is None:
        return "/"
    language, path = split_language(request.path_info)
    other = next(code for code, _name in settings.LANGUAGES if code != language)
    root = get_script_prefix().rstrip("/")
    query = request.META.get("QUERY_STRING", "")
    address = f"{root}{escape_uri_path(in_language(path, other))}"
    return f"{address}?{query}" if query else address


@register.inclusion_tag("components/page_links.html", takes_context=True)
def page_links(context):
    """The address of the page and of the same in the other language, for the head."""
    request = context.get("request")
    if request is None:
        return {}
    return canonical.page_links(request, context.get("canonical_pairs") or ())


@register.simple_tag(takes_context=True)
def current_space(context):
    """The name of the space this address lies in ("" elsewhere), for the navigation."""
    request = context.get("request")
    if request is None:
        return ""
    path = split_language(request.path_info)[1].lstrip("/")
    for name, start in (*SPACE_PATHS.items(), ("directory", "annuaire/")):
        if start and path.startswith(start):
            return name
    return ""


@register.simple_tag
def localized(thing, field):
    """The text of `field`, or of `field_en` under the English interface when it has any."""
    if not _is_french():
        english = getattr(thing, f"{field}_en", "")
        if english:
            return english
    return getattr(thing, field, "")


@register.simple_tag
def bar(count, maximum, kind="texte"):
    """A hairline as long as `count` is to `maximum` (decoration: the number is beside)."""
    share = round(100 * (count or 0) / maximum) if maximum else 0
    return format_html(
        '<svg class="bar {}" viewBox="0 0 100 2" preserveAspectRatio="none"'
        ' aria-hidden="true"><path d="M0 0h{}v2H0z"/></svg>',
        kind,
        share,
    )


@register.simple_tag
def seats(capacity, taken, per_row=10):
    """Seats as half-suns, taken first; beyond sixty, one bar.

    The drawing is hidden from screen readers: the sentence beside says the numbers.
    """
    capacity = max(int(capacity or 0), 0)
    taken = min(max(int(taken or 0), 0), capacity)
    if not capacity:
        return ""
    if capacity > 60:
        filled = round(200 * taken / capacity)
        return format_html(
            '<svg viewBox="0 0 202 18" aria-hidden="true"><path class="free"'
            ' d="M1 1h200v16H1z"/><path class="taken" d="M1 1h{}v16H1z"/></svg>',
            filled,
        )

    def draw(numbers):
        return "".join(
            f"M{1 + 20 * (n % per_row)} {13 + 20 * (n // per_row)}a7 7 0 0 1 14 0z"
            for n in numbers
        )

    rows = -(-capacity // per_row)
    width = 20 * min(per_row, capacity) - 2
    return format_html(
        '<svg viewBox="0 0 {} {}" width="{}" height="{}" aria-hidden="true">'
        '<path class="taken" d="{}"/><path class="free" d="{}"/></svg>',
        width,
        20 * rows - 3,
        width,
        20 * rows - 3,
        draw(range(taken)),
        draw(range(taken, capacity)),
    )


@register.inclusion_tag("components/chart.html")
def bar_chart(rows, title, unit="", note=""):
    """Horizontal bars, drawn in the cells of the table that gives the figures.

    `rows` is a list of dicts: label, value (a number) and, when the figure must be
    written otherwise than as number and unit, text.
    """
    rows = list(rows)
    largest = max((float(row["value"]) for row in rows), default=0) or 1
    bars = [
        {
            "label": row["label"],
            "text": row.get("text") or f"{number(row['value'])}{NBSP}{unit}".strip(),
            # Whole hundredths: a decimal comma would break the drawing.
            "share": max(round(100 * float(row["value"]) / largest), 0),
        }
        for row in rows
    ]
    return {"bars": bars, "title": title, "note": note}


# Side of the label of a dot: shift of x, shift of y, anchor.
_SIDES = {
    "end": (1, 0.34, "start"),
    "start": (-1, 0.34, "end"),
    "below": (0, 1.35, "middle"),
    "above": (0, -0.6, "middle"),
}


def radius(count):
    """Radius of a dot whose area grows with its count (never under four units)."""
    return round(3.4 + 2.9 * max(count, 0) ** 0.5, 1)


@register.inclusion_tag("components/map.html")
def network_map(places, overseas=(), list_url="", summary="", label=""):
    """The map of France of the home page: one linked dot per place.

    `places`: dicts name, count, x, y (units of the map's view box, see
    components/map.html), url, and optionally label_side (end, start, below, above;
    "" for no label), minor (label hidden on a phone), note (words for the link).
    `overseas`: dicts name, count, url. `summary`: the sentence of the legend.
    """
    dots = []
    for place in sorted(places, key=lambda place: -place["count"]):
        side = place.get("label_side", "end")
        size = radius(place["count"])
        dot = {**place, "r": size, "hit": max(size, 16), "shown": bool(side)}
        if side:
            dx, dy, anchor = _SIDES[side]
            dot["lx"] = round(place["x"] + dx * (size + 4.5), 1)
            dot["ly"] = round(place["y"] + (dy * 14 if dx else dy * (size + 11)), 1)
            dot["anchor"] = anchor
        dots.append(dot)
    tiles = [{**place, "r": radius(place["count"])} for place in overseas]
    most = max([place["count"] for place in [*places, *overseas]] or [1])
    steps = sorted({1, max(round(most / 2), 1), most})
    sizes, x = [], 0.0
    for count in steps:
        r = radius(count)
        sizes.append(
            {
                "count": count,
                "r": r,
                "x": round(x + r + 1, 1),
                "tx": round(x + 2 * r + 6, 1),
            }
        )
        x += 2 * r + 34
    return {
        "dots": dots,
        "overseas": tiles,
        "list_url": list_url,
        "summary": summary,
        "label": label,
        "sizes": sizes,
    }


@register.inclusion_tag("components/stations.html")
def stations(level, labels, small=False, reached=None):
    """The level of a practice as a line of stations; `level` counts from 1.

    `small` draws the line alone, for lists: the word is then written beside. `reached` are
    the stations that were come to, when the line was not followed one after another.
    """
    labels = list(labels)
    level = min(max(int(level or 0), 0), len(labels))
    return {
        "steps": [
            {
                "label": label,
                "is_on": place in reached if reached else place <= level,
                "is_current": place == level,
            }
            for place, label in enumerate(labels, 1)
        ],
        "current": labels[level - 1] if level else "",
        "level": level,
        "total": len(labels),
        "small": small,
    }

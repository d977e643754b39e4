"""Drawings of figures: bars, seats, stations, the map. None of it reads the database."""

from django import template
from django.utils.html import (
    format_html,
)

from network_site.core.hot import draw
from network_site.core.templatetags.word_tags import number
from network_site.core.text import NBSP

register = template.Library()


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


@register.simple_tag
def network_map(places, overseas=(), list_url="", summary="", label=""):
    """The map of France of the home page: one linked dot per place.

    `places`: dicts name, count, x, y (units of the map's view box, see
    templates/hot/map.jinja), url, and optionally label_side (end, start, below, above;
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
    return draw(
        "hot/map.jinja",
        {
            "dots": dots,
            "overseas": tiles,
            "list_url": list_url,
            "summary": summary,
            "label": label,
            "sizes": sizes,
        },
    )


@register.simple_tag
def stations(level, labels, small=False, reached=None):
    """The level of a practice as a line of stations; `level` counts from 1.

    `small` draws the line alone, for lists: the word is then written beside. `reached` are
    the stations that were come to, when the line was not followed one after another.
    """
    labels = list(labels)
    level = min(max(int(level or 0), 0), len(labels))
    return draw(
        "hot/stations.jinja",
        {
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
        },
    )

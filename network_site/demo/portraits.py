"""Portraits of the invented members: shapes that nobody takes for a person."""

from PIL import Image, ImageDraw

_SIDE = 512
_PAPER, _INK, _SIGNAL = "#fbf7ee", "#15212b", "#ffd65c"
_TEXT, _PRACTICE, _DAY, _TALK = "#1c5673", "#b1351b", "#47661c", "#77396d"
# The ground and the shapes upon it, in hundredths of the side.
_DRAWINGS = {
    "membre": (
        _SIGNAL,
        [("ellipse", (14, 14, 86, 86), _PRACTICE), ("pie", (14, 14, 86, 86), _INK)],
    ),
    "animation": (
        _TALK,
        [
            ("chevron", (20, 50, 50), _PAPER),
            ("chevron", (50, 50, 50), _SIGNAL),
        ],
    ),
    "nadia": (
        _DAY,
        [
            ("ellipse", (22, 12, 78, 68), _SIGNAL),
            ("rectangle", (0, 40, 100, 100), _DAY),
            ("rectangle", (12, 50, 88, 58), _PAPER),
            ("rectangle", (12, 68, 88, 76), _PAPER),
        ],
    ),
    "hassan": (
        _PAPER,
        [
            ("rectangle", (18, 18, 50, 82), _TEXT),
            ("ellipse", (42, 34, 86, 78), _PRACTICE),
        ],
    ),
}
DRAWN = frozenset(_DRAWINGS)


def draw(slug):
    """The portrait of the invented member `slug` (one of DRAWN)."""
    ground, shapes = _DRAWINGS[slug]
    # Drawn twice as large, then reduced: edges are smooth.
    scale = 2 * _SIDE / 100
    image = Image.new("RGB", (2 * _SIDE, 2 * _SIDE), ground)
    pen = ImageDraw.Draw(image)
    for kind, numbers, colour in shapes:
        spots = [round(number * scale) for number in numbers]
        if kind == "ellipse":
            pen.ellipse(spots, fill=colour)
        elif kind == "rectangle":
            pen.rectangle(spots, fill=colour)
        elif kind == "pie":
            pen.pieslice(spots, 0, 180, fill=colour)
        else:
            _chevron(pen, spots, colour)
    return image.resize((_SIDE, _SIDE), Image.Resampling.LANCZOS)


def _chevron(pen, spots, colour):
    """« ‹ » of `size`, its point at (`left`, `middle`)."""
    left, middle, size = spots
    half, thick = size // 2, size // 4
    pen.polygon(
        [
            (left, middle),
            (left + half, middle - half),
            (left + half + thick, middle - half),
            (left + thick, middle),
            (left + half + thick, middle + half),
            (left + half, middle + half),
        ],
        fill=colour,
    )

"""Build the three font files of the site from the packages they come from.

Usage: python scripts/build_fonts.py FOLDER

FOLDER holds the unpacked npm packages ``@fontsource-variable/newsreader`` 5.3.0
(as ``newsreader/``) and ``@fontsource-variable/source-sans-3`` 5.3.0 (as
``source-sans-3/``). The result is committed; this script is only needed to add
a character. Both families are under the SIL Open Font License, whose reserved
names may not be borne by a modified file: hence the "Atlas" names.
"""

import sys
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

TARGET = Path(__file__).parent.parent / "network_site" / "static" / "fonts"

LETTERS = "ÀÂÆÇÈÉÊËÎÏÔÙÛÜàâäæçèéêëîïñôöùûüŒœ"
TITLES = (
    {*range(0x20, 0x7F), *map(ord, LETTERS)}
    | {0xA0, 0xA7, 0xAB, 0xB0, 0xB7, 0xBB, 0x2009, 0x2013, 0x2014, 0x2018, 0x2019}
    | {0x201C, 0x201D, 0x2026, 0x20AC, 0x2212}
)
TEXT = TITLES | {*map(ord, "©²½×áíóúÿŸ•ʳˢ")} | {*range(0x2190, 0x2194), 0x2715}
FONTS = (
    # The optical axis is kept for the roman: titles of lists are drawn for small
    # sizes, those of pages for large ones, with one file.
    (
        "newsreader/files/newsreader-latin-opsz-normal.woff2",
        "serif.woff2",
        "Atlas Serif",
        {"opsz": (18, 32), "wght": 450},
        TITLES,
    ),
    (
        "newsreader/files/newsreader-latin-opsz-italic.woff2",
        "serif-italic.woff2",
        "Atlas Serif Italic",
        {"opsz": 24, "wght": 430},
        TITLES,
    ),
    (
        "source-sans-3/files/source-sans-3-latin-wght-normal.woff2",
        "sans.woff2",
        "Atlas Sans",
        {"wght": (400, 700)},
        TEXT,
    ),
)
# French typography needs these; the packages lack them, so they borrow a glyph.
BORROWED = {0x202F: 0x2009, 0x2011: 0x2D}


def build(source, target, name, limits, characters):
    """Pin the axes, keep the characters, rename, and write one woff2 file."""
    stage = BytesIO()
    pinned = instantiateVariableFont(TTFont(source), limits)
    pinned.flavor = None
    pinned.save(stage)
    font = TTFont(stage)
    for table in font["cmap"].tables:
        if table.isUnicode():
            for missing, lender in BORROWED.items():
                glyph = table.cmap.get(lender) or table.cmap.get(0x20)
                table.cmap.setdefault(missing, glyph)
    options = Options()
    options.layout_features = ["kern", "liga", "lnum", "tnum", "ccmp", "locl", "mark"]
    options.hinting = False
    options.desubroutinize = True
    options.flavor = "woff2"
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters | set(BORROWED))
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            text = name.replace(" ", "") if record.nameID == 6 else name
            record.string = text
    font.flavor = "woff2"
    font.save(target)


def main():
    """Write every font and print its weight."""
    folder = Path(sys.argv[1])
    for source, target, name, limits, characters in FONTS:
        build(folder / source, TARGET / target, name, limits, characters)
        print(target, (TARGET / target).stat().st_size)


if __name__ == "__main__":
    main()

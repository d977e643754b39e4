"""Join static/css/src/*.css into static/css/site.css, without comments or needless blanks.

Usage: python scripts/build_css.py [--check]

The result is committed, so that running the site needs no build step; with
``--check`` nothing is written and the exit code says whether it is up to date.
"""

import re
import sys
from pathlib import Path

CSS = Path(__file__).parent.parent / "network_site" / "static" / "css"
TARGET = CSS / "site.css"
# Strings are kept as they are; everything else may be squeezed.
TOKEN = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|/\*.*?\*/""", re.DOTALL)


def squeeze(text):
    """Return the stylesheet without comments and needless blanks."""
    parts = []
    strings = []

    def keep(match):
        if not match[1]:
            return ""
        strings.append(match[1])
        return f"\0{len(strings) - 1}\0"

    text = TOKEN.sub(keep, text)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s*([{};,>])\s*", r"\1", text)
    text = re.sub(r"(?<=[\w)*\]\0-]):\s+", ":", text)
    text = text.replace(";}", "}").strip()
    parts.append(re.sub(r"\0(\d+)\0", lambda match: strings[int(match[1])], text))
    return "".join(parts) + "\n"


def sources():
    """Return the source files in order: the numbered ones, then the spaces, print last."""
    return sorted(
        (CSS / "src").glob("*.css"),
        key=lambda path: (path.name.startswith("9"), path.name),
    )


def build():
    """Return the whole stylesheet."""
    return squeeze("\n".join(path.read_text("utf-8") for path in sources()))


def main():
    """Write the stylesheet, or say whether the one on disk is up to date."""
    built = build()
    if "--check" in sys.argv:
        if not TARGET.exists() or TARGET.read_text("utf-8") != built:
            print("site.css is out of date: run python scripts/build_css.py")
            return 1
        return 0
    TARGET.write_text(built, "utf-8")
    print(f"{TARGET.name}: {len(built.encode())} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())

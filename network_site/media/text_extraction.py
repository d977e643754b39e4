"""The words of a file: run as a program of its own, so that a bad file harms nothing.

    python -m network_site.media.text_extraction FILE

prints {"pages": n or null, "text": "…", "state": "text"} and nothing else; the states are
those of enums.TextState, "" for a format whose text is not read (spreadsheets, images).
`extract_text` runs it with a limit on time, and the program limits its own memory.
"""

import json
import re
import subprocess
import sys
import zipfile
from html import unescape
from pathlib import Path

MOST_SECONDS = 90
MOST_PAGES = 600
MOST_CHARACTERS = 2_000_000
MOST_MEMORY = 1024**3
# Fewer letters a page than this: a scan whose only text is a stamp or a page number.
LETTERS_A_PAGE = 20
_OFFICE = {
    ".docx": ("word/document.xml",),
    ".odt": ("content.xml",),
    ".odp": ("content.xml",),
}
_BLOCK_END = re.compile(r"</(?:w:p|text:p|text:h)>|<(?:w:br|w:tab|text:tab|text:s)\b")
# No "<" within: a file of these signs alone is read once.
_TAG = re.compile(r"<[^<>]*+>")


class ExtractionFailed(Exception):
    """The file could not be read within the limits."""


def extract_text(path):
    """Return {"pages", "text", "state"} of the file at `path`.

    Raises ExtractionFailed for a file that could not be read within the limits.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no shell
            [sys.executable, "-m", __spec__.name if __spec__ else __name__, str(path)],
            capture_output=True,
            timeout=MOST_SECONDS,
            check=False,
            cwd=Path(__file__).parents[2],
        )
    except subprocess.TimeoutExpired as error:
        raise ExtractionFailed("timeout") from error
    if done.returncode:
        raise ExtractionFailed(done.stderr.decode(errors="replace")[-500:])
    return json.loads(done.stdout)


def read(path):
    """Read the file in this very process."""
    suffix = Path(path).suffix.lower()
    if suffix == ".pdf":
        return _read_pdf(path)
    if suffix in _OFFICE:
        return _read_office(path, _OFFICE[suffix])
    if suffix == ".txt":
        text = Path(path).read_text(encoding="utf-8", errors="replace")
        state = "text" if text.strip() else "no_text"
        return {"pages": None, "text": text[:MOST_CHARACTERS], "state": state}
    return _without_text("")


def _without_text(state):
    return {"pages": None, "text": "", "state": state}


def _read_pdf(path):
    from pdfminer.pdfdocument import PDFEncryptionError
    from pdfminer.pdfparser import PDFSyntaxError

    try:
        return _read_open_pdf(path)
    except PDFEncryptionError:
        return _without_text("encrypted")
    except PDFSyntaxError:
        return _without_text("damaged")


def _read_open_pdf(path):
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams, LTTextContainer
    from pdfminer.pdfpage import PDFPage

    with Path(path).open("rb") as stream:
        pages = sum(1 for _page in PDFPage.get_pages(stream))
    texts, length = [], 0
    for layout in extract_pages(
        str(path), maxpages=MOST_PAGES, laparams=LAParams(all_texts=False)
    ):
        text = "".join(
            element.get_text()
            for element in layout
            if isinstance(element, LTTextContainer)
        )
        texts.append(text)
        length += len(text)
        if length > MOST_CHARACTERS:
            break
    letters = sum(char.isalpha() for text in texts for char in text)
    return {
        "pages": pages,
        # A form feed between pages, as pdftotext does: the page of a word can be told.
        "text": "\f".join(texts)[:MOST_CHARACTERS],
        "state": "text"
        if letters >= LETTERS_A_PAGE * max(len(texts), 1) / 2
        else "no_text",
    }


def _read_office(path, names):
    # No XML parser: nothing to expand, nothing to fetch.
    try:
        parts = _parts_of(path, names)
    except (zipfile.BadZipFile, KeyError, EOFError):
        return _without_text("damaged")
    except RuntimeError:
        # What zipfile raises for a member that asks for a password.
        return _without_text("encrypted")
    text = unescape(
        _TAG.sub("", _BLOCK_END.sub(lambda match: "\n" + match[0], "".join(parts)))
    )
    return {
        "pages": None,
        "text": text[:MOST_CHARACTERS],
        "state": "text" if text.strip() else "no_text",
    }


def _parts_of(path, names):
    with zipfile.ZipFile(path) as archive:
        parts = []
        for name in names:
            with archive.open(name) as member:
                parts.append(
                    member.read(20 * MOST_CHARACTERS).decode("utf-8", errors="replace")
                )
    return parts


def main():
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    except ImportError:
        pass
    json.dump(read(sys.argv[1]), sys.stdout)


if __name__ == "__main__":
    main()

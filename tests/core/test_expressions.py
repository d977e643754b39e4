"""No expression costs more than once through the text, whatever a stranger sends."""

import importlib
import pkgutil
import re
import time
import zipfile
from contextlib import suppress

import pytest

from network_site.anonymity.contacts import find_contacts
from network_site.core.dates import Unreadable, read_datetime
from network_site.media.text_extraction import read
from network_site.search.passages import opening
from network_site.search.text import page_texts, plain_text

OURS = ("network_site", "library", "events", "forums", "good_practices")
# Read of what the site itself has made, or of its own founding content.
NOT_TYPED = {
    "network_site.pages.reader_cache._HOLE",
    "library.models._HEADING",
}
# What expressions look for, repeated: each begins again and again and never ends.
BEGINNINGS = (
    *("a", "é", " ", "\u00a0", "\n", "\t", "1", "<", "@", ".", "-", "_", "*", "[", "("),
    *("a.", "a-", "a@", "a_", "a/", "1 ", "1.", "1-", "1/", "\n ", "a\n", "a-\n"),
    *("<a", "<br ", "[a](", "**a", "*a ", "> a\n", "@Aa ", "@a", "www.a", "https://a"),
    *("06", "+33 ", "n° ", "l.", "article ", "loi ", "décret n° ", 'href="', "'a", "«"),
)
SIZE = 10_000
# Once through takes a few milliseconds; as many times as there are signs, many seconds.
MOST_SECONDS = 0.2


def _expressions(value, name, depth=0):
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield name, value
    elif isinstance(value, (list, tuple, set, frozenset)) and depth < 3:
        for one in value:
            yield from _expressions(one, name, depth + 1)


def _all_expressions():
    found = {}
    for package in OURS:
        path = importlib.import_module(package).__path__
        for info in pkgutil.walk_packages(path, f"{package}."):
            if any(
                part in info.name
                for part in (".migrations", ".settings", ".demo", ".management")
            ):
                continue
            module = importlib.import_module(info.name)
            for name, value in vars(module).items():
                for where, one in _expressions(value, f"{info.name}.{name}"):
                    if where not in NOT_TYPED and "core.dates" not in where:
                        found.setdefault((one.pattern, one.flags), (where, one))
    return found.values()


def test_every_expression_reads_a_hostile_text_once():
    slow = []
    for where, one in _all_expressions():
        for beginning in BEGINNINGS:
            text = (beginning * SIZE)[:SIZE] + "!"
            started = time.process_time()
            for _found in one.finditer(text):
                pass
            taken = time.process_time() - started
            if taken > MOST_SECONDS:
                slow.append((where, beginning, round(taken, 2)))
                break
    assert not slow


def _of_a_file(text, folder):
    path = folder / "texte.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", text)
    return read(path)


@pytest.mark.parametrize("beginning", ["a", "<", "[", "\n ", "a-", "[a](", "1@", "a."])
def test_two_hundred_thousand_signs_are_read_in_a_moment(beginning, tmp_path):
    text = (beginning * 200_000)[:200_000]
    started = time.process_time()
    find_contacts(text)
    plain_text(text)
    page_texts([text])
    opening(text)
    _of_a_file(text, tmp_path)
    with suppress(Unreadable):
        read_datetime(f"03/03/2026 {text.replace('1@', '((')}")
    assert time.process_time() - started < 3


def test_what_was_found_is_still_found():
    text = "Écrire à <ada.martin+rdv@ville-exemple.fr>, x@y@z.fr ou au 06 12 34 56 78."
    assert find_contacts(text) == [
        "ada.martin+rdv@ville-exemple.fr",
        "y@z.fr",
        "06 12 34 56 78",
    ]
    assert plain_text("Voir [le **guide**](https://a.fr/b?c=(d)) et [x").startswith(
        "Voir le guide"
    )
    assert page_texts(["L’inté-\ngration va au-\ndelà. intégration"]) == [
        "L’intégration va au-delà. intégration"
    ]

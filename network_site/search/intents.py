"""Words of a question that name a kind of content or a moment: they narrow what is found.

"circulaire logement" asks for circulars on housing, "journée octobre" for days in October. Each
such word is a chip that the reader takes off to have it looked for as a word. Nothing is taken
so between quotation marks, beside an operator or in a legal reference, nor a word alone.
"""

import re
from dataclasses import dataclass

import numpy as np
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from network_site.registries import search as registry
from network_site.search import analysis, queries, references

MOST_WORDS = 12
_WORDS = re.compile(r"[^\W_]+")
_OPERATORS = re.compile(r'["«»“”„]|(?:^|\s)-\w|(?:titre|title)\s?:', re.IGNORECASE)
_COMING = frozenset(
    ["prochain", "prochaine", "prochains", "prochaines", "venir", "upcoming", "next"]
)
_YEAR = re.compile(r"(?:19|20)\d\d\Z")


@dataclass(frozen=True)
class Chip:
    """A word that was taken for what it names; `word` is as it was typed."""

    word: str
    label: str
    # Of the index's field of kinds; or a moment: (month, year or None), or what is to come.
    kind: str = ""
    month: tuple = ()
    is_coming: bool = False


@dataclass(frozen=True)
class Reading:
    """What is left of a question to look for, and what narrows it."""

    text: str
    chips: tuple = ()

    @property
    def is_soonest(self):
        """Whether what comes first is what is soonest."""
        return any(chip.is_coming for chip in self.chips)

    def mask(self, snapshot):
        """Which objects of the index pass all the chips."""
        passing = np.ones(snapshot.object_count, bool)
        kinds = [chip.kind for chip in self.chips if chip.kind]
        if kinds:
            passing &= snapshot.having("kind", kinds)
        days = snapshot.dates
        for chip in self.chips:
            if chip.is_coming:
                passing &= days >= timezone.localdate().toordinal()
            elif chip.month:
                passing &= _in_month(days, *chip.month)
        return passing


def _in_month(days, month, year):
    known = days > 0
    # Days count from the year 1, those of numpy from 1970.
    dates = (np.where(known, days, 1).astype(np.int64) - 719_163).astype(
        "datetime64[D]"
    )
    months = dates.astype("datetime64[M]").astype(np.int64)
    found = known & (months % 12 + 1 == month)
    return found & (months // 12 + 1970 == year) if year else found


def read(text: str, plain=()) -> Reading:
    """Read a question; `plain` are the words that are to be looked for as words."""
    text = queries.clean(text)
    words = [
        (match.group(), match.start(), match.end())
        for match in _WORDS.finditer(analysis.fold(text))
    ]
    if not 1 < len(words) <= MOST_WORDS or _OPERATORS.search(text):
        return Reading(text)
    if references.references_in(text):
        return Reading(text)
    plain = {analysis.fold(one) for one in plain}
    chips, taken, at = [], [], 0
    while at < len(words):
        chip, length = _chip_at(text, words, at)
        if chip is not None and analysis.fold(chip.word) not in plain:
            chips.append(chip)
            taken.append((words[at][1], words[at + length - 1][2]))
        at += length
    for start, end in reversed(taken):
        text = f"{text[:start]} {text[end:]}"
    return Reading(" ".join(text.split()), tuple(chips))


def _chip_at(text, words, at):
    """(the chip that begins with the word `at` or None, how many words it takes)."""

    def typed(length):
        return text[words[at][1] : words[at + length - 1][2]]

    for one in registry.kind_words():
        for said in one.words:
            wanted = said.split()
            if [word for word, *_ in words[at : at + len(wanted)]] == wanted:
                label = capfirst(str(one.label))
                return Chip(typed(len(wanted)), label, kind=one.value), len(wanted)
    word = words[at][0]
    if word in _COMING:
        return Chip(typed(1), _("To come"), is_coming=True), 1
    month = references.month_of(word)
    if month and not (at and words[at - 1][0][:1].isdigit()):
        following = words[at + 1][0] if at + 1 < len(words) else ""
        year = int(following) if _YEAR.match(following) else None
        name = capfirst(str(MONTHS[month]))
        label = f"{name} {year}" if year else name
        length = 2 if year else 1
        return Chip(typed(length), label, month=(month, year)), length
    return None, 1

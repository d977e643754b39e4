"""A reader's search: what they see, how many, and where.

What a reader may read is settled before anything is counted. The rows shown are then
fetched through each source's own rule (the second lock): what it refuses is taken out
of the list and of every count.
"""

import logging
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from django.apps import apps
from django.conf import settings
from django.utils.translation import get_language

from network_site.pages.visibility import tokens_for
from network_site.registries import search as registry
from network_site.registries.search import in_language
from network_site.search import (
    cards,
    intents,
    passages,
    pending,
    queries,
    references,
    synonyms,
)
from network_site.search.asking import ALL_WORDS, FACETS, Asked, understood
from network_site.search.engine import IndexDamaged
from network_site.search.stores import get_store

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 4


@dataclass
class Result:
    """One row of the list; `item` is what its card shows, `key` names the object."""

    kind: str
    item: dict
    key: str = ""


@dataclass
class Group:
    """The first rows of one kind, and how many there are of it in all."""

    kind: str
    total: int
    results: list[Result]


class Unheld(NamedTuple):
    """A reference asked for that no content is the text of: does something cite it?"""

    label: str
    url: str
    is_cited: bool


@dataclass
class Answer:
    """What a search found, for one reader; `groups` are those of `by_kind`."""

    question: queries.Question
    total: int = 0
    results: list[Result] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    facets: dict[str, dict[str, int]] = field(
        default_factory=lambda: {name: {} for name in FACETS}
    )
    # How the words were taken: see asking.understood.
    mode: str = ALL_WORDS
    correction: str = ""
    # The references that were asked for and that no content declares as its own.
    unheld: list[Unheld] = field(default_factory=list)
    # The words that were taken for a kind or a moment.
    chips: tuple = ()


def search(
    *,
    user,
    text="",
    kinds=(),
    themes=(),
    territories=(),
    by_date=False,
    start=0,
    size=20,
    of_each_kind=0,
    plain=(),
) -> Answer:
    """Answer `user`'s words, narrowed to what is given; raise IndexUnavailable.

    Every word is required; failing that, the words as they are probably spelt; failing
    that, any of them. `start` and `size` bound the rows that are read and shown; with
     `of_each_kind` the rows are the first ones of each kind, in groups. Words that name a
    kind or a moment narrow (Answer.chips), unless they are among `plain` or leave nothing.
    """
    reading = intents.read(text, plain)
    question = synonyms.widened(queries.parse(text))
    if question.text and question.is_empty:
        return Answer(question)
    store = get_store()
    snapshot = store.snapshot()
    filters = {"kind": kinds, "theme": themes, "territory": territories}
    wanted = _Wanted(by_date or question.is_empty, start, size, of_each_kind)
    try:
        if reading.chips:
            narrowed = synonyms.widened(queries.parse(reading.text))
            answer = _answer(
                snapshot,
                narrowed,
                user,
                filters,
                wanted._replace(
                    by_date=by_date or (narrowed.is_empty and not reading.is_soonest)
                ),
                reading,
                question.title_key,
            )
            if answer.total:
                answer.chips = reading.chips
                return answer
        return _answer(snapshot, question, user, filters, wanted)
    except IndexDamaged as error:
        store.mark_damaged(error)
        raise


def tokens_of(user):
    """The reader's tokens, and those of the translations into the interface's language."""
    return tokens_in(tokens_for(user), (get_language() or settings.LANGUAGE_CODE)[:2])


def tokens_in(tokens, lang):
    """`tokens`, and those of the translations into `lang`."""
    if lang == settings.LANGUAGE_CODE:
        return tokens
    return tokens | {in_language(token, lang) for token in tokens}


class Among:
    """Some objects of the index, to which many searches are put: which of them answer?

    `keys` are those of keys.object_key; the unknown ones are left out. Words are taken as
    they are written: nothing is corrected, and all of them are required.
    """

    def __init__(self, keys):
        self.snapshot = get_store().snapshot()
        self.numbers = {}
        for key in keys:
            for number in self.snapshot.numbers_of([key]):
                # Written anew, an object has an older place, which is dead.
                self.numbers.setdefault(int(number), key)
        wanted = np.zeros(self.snapshot.object_count, bool)
        wanted[list(self.numbers)] = True
        self._parts = wanted[self.snapshot.owners]
        self._masks = {}
        alive = self.snapshot.objects_of(self._parts & self.snapshot.alive)
        self.numbers = {
            number: key for number, key in self.numbers.items() if alive[number]
        }

    @property
    def keys(self):
        """Those of the keys that the index knows."""
        return set(self.numbers.values())

    def _readable(self, tokens):
        if tokens not in self._masks:
            self._masks[tokens] = pending.without_closed_files(
                self.snapshot, self.snapshot.visible(tokens), tokens
            )
        return self._masks[tokens]

    def answering(self, *, tokens, text="", kinds=(), themes=(), territories=()):
        """The keys that a holder of `tokens` finds with these criteria."""
        question = synonyms.widened(queries.parse(text))
        if question.text and question.is_empty:
            return set()
        filters = {"kind": kinds, "theme": themes, "territory": territories}
        asked = Asked(self.snapshot, tokens, filters)
        asked.mask = self._readable(tokens) & self._parts
        hits = asked.narrowed(asked.evaluate(question)).hits
        return {key for number, key in self.numbers.items() if hits[number]}


class _Wanted(NamedTuple):
    """Which rows are to be shown, in which order."""

    by_date: bool
    start: int
    size: int
    of_each_kind: int

    def numbers(self, snapshot, kept):
        """{kind ("" for all of them): (how many, the first ones)} of what was found."""
        if not self.of_each_kind:
            most = self.start + self.size
            numbers = snapshot.order(kept, by_date=self.by_date, most=most)
            return {"": (len(kept), numbers[self.start :])}
        found = {}
        for kind in registry.Kind.values:
            mine = kept.kept(snapshot.having("kind", [kind])[kept.numbers])
            if len(mine):
                first = snapshot.order(
                    mine, by_date=self.by_date, most=self.of_each_kind
                )
                found[kind] = len(mine), first
        return found


def _answer(snapshot, question, user, filters, wanted, reading=None, title=""):
    """The answer to `question`; under a `reading`, nothing when `title`, all that was typed,
    is the very title of something."""
    asked = Asked(snapshot, tokens_of(user), filters)
    asked.mask = pending.narrowed(snapshot, asked.mask, user)
    answer = Answer(question)
    if reading is not None:
        if asked.is_a_title(title):
            return answer
        asked.mask = asked.mask & reading.mask(snapshot)[snapshot.owners]
    evaluation, answer.mode, answer.correction, answer.question = understood(
        asked, question, synonyms.widened
    )
    if reading is not None and reading.is_soonest:
        evaluation = asked.soonest_first(evaluation)
    answer.unheld = _unheld(asked, question)
    for _ in range(MOST_ATTEMPTS):
        kept = asked.narrowed(evaluation)
        shown = wanted.numbers(snapshot, kept)
        page = [
            snapshot.hit(number, kept)
            for _, numbers in shown.values()
            for number in numbers
        ]
        results, refused = _results(snapshot, asked.mask, page, answer.question, user)
        if not refused:
            break
        asked.refused += refused
    answer.total = len(kept)
    answer.results = results
    if wanted.of_each_kind:
        answer.groups = _groups(snapshot, results, shown, page, wanted.by_date)
    answer.facets = asked.facets(evaluation)
    return answer


def _unheld(asked, question):
    terms = list(question.references)
    if any(asked.holds(term)[0] for term in terms):
        # Written in two ways ("loi n° 83-634 du 13 juillet 1983"), it is one text.
        return []
    numbered = [term for term in terms if "@" not in term] or terms
    # Of a law's number in two and in four figures, the whole one.
    shown = max(numbered, key=len, default="")
    if not shown:
        return []
    return [
        Unheld(
            references.said(shown),
            references.official_address(shown),
            any(asked.holds(term)[1] for term in terms),
        )
    ]


def _groups(snapshot, results, shown, page, by_date):
    """The rows by kind, the kind whose first row would be the first of all leading."""
    worth = {
        hit.key: snapshot.dates[hit.number] if by_date else hit.score for hit in page
    }
    groups = [
        Group(kind, total, [one for one in results if one.kind == kind])
        for kind, (total, _) in shown.items()
    ]
    groups = [group for group in groups if group.results]
    return sorted(groups, key=lambda group: -worth[group.results[0].key])


def _results(snapshot, mask, hits, question, user):
    """(rows to show, places of the objects that the second lock refuses)."""
    stored = {hit: snapshot.stored_parts(hit.number, mask) for hit in hits}
    names = {
        hit: (parts[0][1].model, hit.key.rpartition(":")[2])
        for hit, parts in stored.items()
    }
    keys = {hit: cards.key_of(snapshot.version(hit.number), user) for hit in hits}
    made = {names[hit]: card for hit in hits if (card := cards.get(keys[hit]))}
    allowed = cards.visible_keys(made, user) if made else set()
    fresh = _make_cards([name for name in names.values() if name not in made], user)
    results, refused = [], []
    for hit, parts in stored.items():
        name = names[hit]
        card = fresh.get(name) or (made[name] if name in allowed else None)
        if card is None:
            logger.warning(
                "Search: %s is in the index but not for this reader", hit.key
            )
            refused.append(hit.number)
            continue
        if name in fresh:
            cards.keep(keys[hit], *card)
        results.append(_result(snapshot, hit.key, *card, parts, question))
    return results, refused


def _make_cards(names, user):
    """{(label, pk): (source, item)} of the rows that `user` may see."""
    wanted = {}
    for label, pk in names:
        wanted.setdefault(label, []).append(pk)
    made = {}
    for label, pks in wanted.items():
        source = registry.source_for(apps.get_model(label))
        if source is None:
            continue
        for obj in source.visible_queryset(user).filter(pk__in=pks):
            item = {
                "type": source.kind.value,
                "title": source.title(obj),
                "url": source.url(obj),
                **source.card_context(obj, user),
            }
            made[label, str(obj.pk)] = source, item
    return made


def _result(snapshot, key, source, item, parts, question):
    passage = (
        passages.best_passage(snapshot, parts, question.marked)
        or item.get("passage")
        or passages.opening(parts[0][1].text)
    )
    return Result(source.kind.value, {**item, "passage": passage}, key)

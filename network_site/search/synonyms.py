"""What the librarians say means the same: a question is widened before it is answered.

The lines are read from the database by every process, at most a second after they
changed: nothing is written to the index, so that nothing is rebuilt or restarted.
"""

import threading
import time
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

from django.db.models import Count, Max

from network_site.search import analysis
from network_site.search.models import Synonym
from network_site.search.queries import And, Boost, Or, Phrase, Question, Word

# Seconds for which the lines are taken to be those that were read.
FRESH = 1.0
MOST_FORMS = 12
MOST_WORDS = 8
# What was typed tells more than what means the same.
WEIGHT = 0.8


@dataclass(frozen=True)
class Form:
    """One way to say it: for each word, the terms that answer it."""

    words: tuple[tuple[str, ...], ...]
    acronym: str = ""
    places: tuple[int, ...] = ()


@dataclass(frozen=True)
class Line:
    """Forms that mean the same; one way: only the first one is widened."""

    forms: tuple[Form, ...]
    is_one_way: bool = False


def form_of(text: str) -> Form | None:
    """The form written `text`; None when it holds nothing to look for."""
    tokens = analysis.tokens(text)[:MOST_WORDS]
    words = tuple(analysis.query_terms(text)[:MOST_WORDS])
    if not words:
        return None
    plain = text.replace(".", "").strip()
    is_acronym = len(words) == 1 and plain.isupper() and len(plain) > 1
    return Form(
        words,
        analysis.fold(plain) if is_acronym else "",
        tuple(token.position - tokens[0].position for token in tokens),
    )


def line_of(forms, is_one_way=False) -> Line | None:
    """The line of the given words; None when fewer than two can be looked for."""
    made = tuple(filter(None, map(form_of, forms[:MOST_FORMS])))
    return Line(made, is_one_way) if len(made) > 1 else None


class _Lines:
    """The lines of the database as this process last read them."""

    def __init__(self):
        self._lock = threading.Lock()
        self._lines = ()
        self._version = None
        self._until = 0.0

    def get(self):
        if time.monotonic() < self._until:
            return self._lines
        with self._lock:
            version = tuple(
                Synonym.objects.aggregate(n=Count("pk"), at=Max("updated_at")).values()
            )
            if version != self._version:
                self._lines = lines_of(Synonym.objects.order_by("pk"))
                self._version = version
            self._until = time.monotonic() + FRESH
            return self._lines

    def forget(self):
        self._until = 0.0
        self._version = None


_lines = _Lines()
_tried = ContextVar("synonyms being tried", default=None)


def lines_of(rows) -> tuple[Line, ...]:
    """The lines of some rows of the database."""
    made = (line_of(row.forms, row.is_one_way) for row in rows)
    return tuple(filter(None, made))


def forget():
    """Read the lines again at the next question: this process has just changed them."""
    _lines.forget()


@contextmanager
def tried(lines):
    """Answer with `lines` instead of those of the database, in this context only."""
    token = _tried.set(tuple(lines))
    try:
        yield
    finally:
        _tried.reset(token)


def current() -> tuple[Line, ...]:
    """The lines that hold now."""
    trial = _tried.get()
    return _lines.get() if trial is None else trial


def widened(question: Question) -> Question:
    """`question` with, beside what has synonyms, what means the same.

    Words between quotation marks and words left out are taken as they are.
    """
    lines = current() if question.clauses else ()
    if not lines:
        return question
    clauses, marked = [], list(question.marked)
    at = 0
    while at < len(question.clauses):
        length, others = _widest(question.clauses, at, lines)
        if not others:
            clauses.append(question.clauses[at])
            at += 1
            continue
        typed = question.clauses[at : at + length]
        own = typed[0] if length == 1 else And(typed)
        fields = typed[0].fields
        same = tuple(Boost(_clause(form, fields), WEIGHT) for form in others)
        clauses.append(Or((own, *same)))
        marked += [terms for form in others for terms in form.words]
        at += length
    return replace(question, clauses=tuple(clauses), marked=tuple(marked))


def _widest(clauses, at, lines):
    """(how many clauses from `at` are one form, the forms that mean the same)."""
    best, others = 0, []
    for line in lines:
        asking = line.forms[:1] if line.is_one_way else line.forms
        for form in asking:
            length = len(form.words)
            if length < best or not _is_said(form, clauses[at : at + length]):
                continue
            if length > best:
                best, others = length, []
            others += [one for one in line.forms if one != form and one not in others]
    return best, others[:MOST_FORMS]


def _is_said(form, clauses):
    """Whether `clauses` are the words of `form`."""
    if len(clauses) != len(form.words):
        return False
    if not all(isinstance(clause, Word) for clause in clauses):
        return False
    if form.acronym:
        surface = analysis.fold(clauses[0].surface).replace(".", "")
        return surface == form.acronym
    return all(
        set(terms) & set(clause.terms)
        for terms, clause in zip(form.words, clauses, strict=True)
    )


def _clause(form, fields):
    """What looks for a form in `fields`: a word, or words in a row."""
    if len(form.words) == 1:
        return Word(form.words[0], fields)
    slots = tuple(zip(form.places, form.words, strict=True))
    return Phrase(
        slots, {name: weight for name, weight in fields.items() if name != "references"}
    )

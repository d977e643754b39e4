"""What is asked of the index: a small tree that any engine can answer, and how a
reader's own words become one. Nothing that is typed is an error.
"""

import re
from dataclasses import dataclass, replace

from network_site.search import analysis, references

LONGEST_QUERY = 1_000
MOST_CLAUSES = 24
# By how much more what has every word of an admin's search counts.
ALL_FIRST = 10.0


@dataclass(frozen=True)
class Word:
    """A word: any of `terms` in any of `fields` (name → weight)."""

    terms: tuple[str, ...]
    fields: dict[str, float]
    surface: str = ""
    # Neither between quotation marks nor after an operator.
    is_plain: bool = False


@dataclass(frozen=True)
class Phrase:
    """Words in a row: for each, its distance from the first and its alternatives."""

    slots: tuple[tuple[int, tuple[str, ...]], ...]
    fields: dict[str, float]


@dataclass(frozen=True)
class Prefix:
    """Words that begin with `text`."""

    text: str
    fields: dict[str, float]


@dataclass(frozen=True)
class Close:
    """Words at most one letter away from `text`."""

    text: str
    fields: dict[str, float]


@dataclass(frozen=True)
class Everything:
    pass


@dataclass(frozen=True)
class Nothing:
    pass


@dataclass(frozen=True)
class And:
    clauses: tuple


@dataclass(frozen=True)
class Or:
    clauses: tuple


@dataclass(frozen=True)
class Not:
    clause: object


@dataclass(frozen=True)
class Boost:
    clause: object
    weight: float


# The weights of the public fields: a title tells more than a body, and a legal
# reference that the record declares as its own tells all.
# Words that hold a sentence together: an answer that has them is a little better, one that
# has them not is none the worse.
_GLUE = """non oui faire fait fais faut peut peux peuvent puis pouvoir pourrait pouvons pouvez
doit dois doivent devoir devons devez suis sommes etes avoir avez avons aurait veut veux
vouloir voudrais souhaite aimerais combien pourquoi lequel laquelle lesquels lesquelles quoi
ou cas bonjour merci svp tres aussi encore deja"""
GLUE = frozenset(_GLUE.split())
# The labels of the terms that a record is filed under are its words, at a low weight.
ANYWHERE = {"title": 4.0, "references": 8.0, "body": 1.0, "terms": 0.35}
TITLE_ONLY = {"title": 4.0}


@dataclass(frozen=True)
class Question:
    """A reader's words, understood: what must be there, what must not."""

    text: str
    clauses: tuple = ()
    excluded: tuple = ()
    title_key: str = ""
    marked: tuple[tuple[str, ...], ...] = ()
    # The legal references written in it; bare: it asks for nothing else.
    references: tuple[str, ...] = ()
    is_bare_reference: bool = False

    @property
    def is_empty(self):
        return not self.clauses and not self.title_key

    @property
    def needed(self):
        """The clauses that an answer must have: all, but the words that tell nothing.

        Of a question that is only a reference, what says it: not "article", nor "code".
        """
        if self.is_bare_reference:
            asked = set(self.references)
            telling = tuple(
                clause
                for clause in self.words
                if clause.is_plain and asked & set(clause.terms)
            )
            if telling:
                return telling
        return tuple(c for c in self.clauses if not _is_glue(c)) or self.clauses

    @property
    def others(self):
        """The clauses that are welcome and not needed."""
        needed = self.needed
        return tuple(clause for clause in self.clauses if clause not in needed)

    def is_loose(self, clause):
        """Whether `clause` may be missing when nothing has everything."""
        return not isinstance(clause, Phrase) and (
            not isinstance(clause, Word) or clause.is_plain
        )

    def marking(self, other):
        """The same question, the words of `other` marked as well."""
        return replace(self, marked=(*self.marked, *other.marked))

    @property
    def words(self):
        return [clause for clause in self.clauses if isinstance(clause, Word)]


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_QUOTES = str.maketrans({"«": '"', "»": '"', "“": '"', "”": '"', "„": '"'})
_OPERATOR = re.compile(
    r"""
    (?:(?<=\s)|^)
    (?P<minus>-)?
    (?P<title>(?:titre|title)\s?:\s?)?
    (?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))
    """,
    re.VERBOSE | re.IGNORECASE,
)


# An address of Légifrance is taken for the text that it leads to.
_ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.)?legifrance\.gouv\.fr/\S*?"
    r"((?:JORFTEXT|LEGITEXT|LEGIARTI|JORFARTI)\d{6,20})\S*",
    re.IGNORECASE,
)


def clean(text: str) -> str:
    """Return what was typed without control characters, composed, at most 1,000 long."""
    text = _CONTROL.sub(" ", (text or "")[: LONGEST_QUERY * 4])
    return " ".join(analysis.normalised(text).split())[:LONGEST_QUERY]


def parse(text: str) -> Question:
    """Read "a phrase", -word and titre:word; everything else is words. Never fails."""
    text = _ADDRESS.sub(r"\1", clean(text))
    clauses, excluded = [], []

    def take(match):
        negative = match["minus"] is not None
        if match["phrase"] is None and not negative and match["title"] is None:
            return match.group()
        fields = TITLE_ONLY if match["title"] else ANYWHERE
        if match["phrase"] is not None:
            made = _phrase(match["phrase"], fields)
        else:
            made = _words(match["word"], fields)
        (excluded if negative else clauses).extend(made)
        return " | "

    rest = _OPERATOR.sub(take, text.translate(_QUOTES))
    clauses.extend(_words(rest.replace('"', " "), ANYWHERE, is_plain=True))
    clauses = list(dict.fromkeys(map(_Hashable, clauses)))[:MOST_CLAUSES]
    clauses = [item.clause for item in clauses]
    return Question(
        text=text,
        references=tuple(references.references_in(text)),
        is_bare_reference=references.is_bare_reference(text),
        clauses=tuple(clauses),
        excluded=tuple(excluded[:MOST_CLAUSES]),
        title_key=analysis.fold_whole(text.translate(_QUOTES).replace('"', " ")),
        marked=tuple(
            terms
            for clause in clauses
            for terms in (
                [clause.terms]
                if isinstance(clause, Word)
                else [terms for _, terms in clause.slots]
            )
        ),
    )


class _Hashable:
    """Two clauses are the same when they look for the same terms in the same fields."""

    def __init__(self, clause):
        self.clause = clause
        what = clause.terms if isinstance(clause, Word) else clause.slots
        self.key = (type(clause), what, tuple(clause.fields))

    def __hash__(self):
        return hash(self.key)

    def __eq__(self, other):
        return self.key == other.key


def _is_glue(clause):
    return (
        isinstance(clause, Word)
        and clause.is_plain
        and analysis.fold(clause.surface) in GLUE
    )


def _words(text, fields, is_plain=False):
    found = analysis.tokens(text)[: MOST_CLAUSES * 2]
    alternatives = analysis.query_terms(text)
    return [
        Word(terms, fields, surface=text[token.start : token.end], is_plain=is_plain)
        for token, terms in zip(found, alternatives, strict=False)
    ]


def _phrase(text, fields):
    found = analysis.tokens(text)[:MOST_CLAUSES]
    if len(found) < 2:
        return _words(text, fields)
    first = found[0].position
    alternatives = analysis.query_terms(text)
    fields = {name: weight for name, weight in fields.items() if name != "references"}
    return [
        Phrase(
            tuple(
                (token.position - first, terms)
                for token, terms in zip(found, alternatives, strict=False)
            ),
            fields,
        )
    ]


def words_query(text: str, fields: dict, operator: str = "and"):
    """Return the tree for plain text in `fields` of the admin's rows."""
    words = [Word(terms, fields) for terms in analysis.query_terms(clean(text))]
    words = words[: MOST_CLAUSES * 2]
    return joined(words, operator) if words else Nothing()


def joined(words, operator):
    """Return the tree of what has all `words`; with "or" what has any, those with all first."""
    every = And(tuple(words))
    if operator == "and":
        return every
    return Or((Boost(every, ALL_FIRST), *words))


def phrase_query(text: str, fields: dict):
    """Return the tree for words in a row in `fields` of the admin's rows."""
    made = _phrase(clean(text), fields)
    return Or(tuple(made)) if made else Nothing()

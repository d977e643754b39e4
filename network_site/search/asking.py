"""One question put to one generation of the index under one reader's mask.

No database here: who reads is a set of tokens, and what is found are places in the index.
"""

import numpy as np

from network_site.search import queries, references
from network_site.search.arrays import EXACT, Evaluation, Snapshot
from network_site.search.spelling import correction

FACETS = {"kind": "kind", "theme": "themes", "territory": "territories"}
EXACT_REFERENCE = 100.0
# For a title in which every word is, in any order: as much of it as they make up.
WHOLE_TITLE = 20.0
# How the words were taken. Every one is there; some were corrected, for nothing has them as
# they were typed; or beside what has them; few contents have all: most of them; any of them.
# Of a reference that nothing has: what is on its subject.
ALL_WORDS, CORRECTED, CLOSE, MOST_WORDS, ANY_WORD, SUBJECT = (
    *("all", "corrected", "close", "most", "any", "subject"),
)
# Fewer contents than this that have every word are completed, and by what: of what the
# words tell, this much at least.
FEW = 12
MOST_OF_THEM, ANY_OF_THEM = 0.6, 0.35
# One word is not completed: what has it is all there is.
SHORT = 2
# Pages of the site's own come after what answers as well.
SITE_PAGES = "page/site"
LAST = 0.001


class Asked:
    """One question put to one generation of the index by one reader."""

    def __init__(self, snapshot: Snapshot, tokens, filters):
        self.snapshot = snapshot
        self.mask = snapshot.visible(tokens)
        self.filters = {
            name: snapshot.having(FACETS[name], values)
            for name, values in filters.items()
            if values
        }
        self.refused = []

    def evaluate(self, question) -> Evaluation:
        """What has every word, but those that only hold a sentence together."""
        if question.is_empty:
            return self.snapshot.evaluate(queries.Everything(), self.mask)
        needed, others = question.needed, question.others
        evaluation = self.snapshot.evaluate(queries.And(needed), self.mask)
        if len(evaluation):
            for clause in others:
                found = self.snapshot.evaluate(clause, self.mask)
                evaluation = evaluation.raised(found.numbers, found.scores)
        return self._finished(question, evaluation)

    def evaluate_any(self, question, least=0.0) -> Evaluation:
        """What has any of the words, and of what they tell a share of `least` at least.

        A rare word tells more than a common one; what was asked for between quotation
        marks or in titles is needed all the same.
        """
        snapshot, size = self.snapshot, self.snapshot.object_count
        found = [
            (clause, snapshot.evaluate(clause, self.mask))
            for clause in question.clauses
        ]
        found = [(clause, one) for clause, one in found if len(one)]
        scores, told = np.zeros(size, np.float32), np.zeros(size, np.float32)
        total = 0.0
        for _clause, one in found:
            tells = np.float32(np.log1p(size / len(one)))
            total += tells
            scores[one.numbers] += one.scores
            told[one.numbers] += tells
        told /= np.float32(total or 1)
        numbers = np.flatnonzero(told > 0 if least == 0 else told >= least)
        numbers = numbers.astype(np.int32)
        evaluation = Evaluation(numbers, scores[numbers] * told[numbers] ** 2, size)
        for clause in question.clauses:
            if not question.is_loose(clause):
                evaluation = evaluation.kept(
                    snapshot.evaluate(clause, self.mask).hits[evaluation.numbers]
                )
        return self._finished(question, evaluation)

    def _finished(self, question, evaluation):
        evaluation = self._exact_first(question, evaluation)
        for clause in question.excluded:
            excluded = self.snapshot.evaluate(clause, self.mask).hits
            evaluation = evaluation.kept(~excluded[evaluation.numbers])
        return evaluation

    def _exact_first(self, question, evaluation):
        exact = self._owners("title_key", question.title_key)
        evaluation = evaluation.raised(exact, EXACT, joining=True)
        evaluation = self._titles_first(question, evaluation)
        for term in question.references:
            owners = self._owners("references", term)
            evaluation = evaluation.raised(
                owners, EXACT_REFERENCE, joining=question.is_bare_reference
            )
        return self.snapshot.replaced_last(self._site_last(evaluation))

    def _site_last(self, evaluation):
        """`evaluation` with the site's own pages below all else; an exact title stays."""
        site = self.snapshot.having("kind", [SITE_PAGES])[evaluation.numbers]
        if not site.any():
            return evaluation
        below = site & (evaluation.scores < EXACT)
        scores = np.where(
            below, evaluation.scores * np.float32(LAST), evaluation.scores
        )
        return Evaluation(evaluation.numbers, scores, evaluation.size)

    def _titles_first(self, question, evaluation):
        needed = question.needed
        words = [clause for clause in needed if isinstance(clause, queries.Word)]
        if len(words) < 2 or len(words) < len(needed):
            return evaluation
        in_title = tuple(queries.Word(word.terms, queries.TITLE_ONLY) for word in words)
        numbers = self.snapshot.evaluate(queries.And(in_title), self.mask).numbers
        lengths = self.snapshot.first_lengths("title", numbers)
        share = np.minimum(1, len(words) / np.maximum(lengths, 1))
        return evaluation.raised(numbers, share * WHOLE_TITLE)

    def _owners(self, name, term):
        if not term:
            return np.zeros(0, np.int32)
        parts = self.snapshot.postings(name, term)[0]
        return np.unique(self.snapshot.owners[parts[self.mask[parts]]])

    def is_a_title(self, title_key):
        """Whether something is called so."""
        return len(self._owners("title_key", title_key)) > 0

    def soonest_first(self, evaluation):
        """`evaluation` in the order of days, the earliest first."""
        days = self.snapshot.dates[evaluation.numbers].astype(np.float64)
        scores = (1_000_000.0 / np.maximum(days, 1)).astype(np.float32)
        return Evaluation(evaluation.numbers, scores, evaluation.size)

    def holds(self, term):
        """(whether something declares a reference as its own, whether something cites it)."""
        held = len(self._owners("references", term)) > 0
        word = queries.Word((term,), {"title": 1.0, "body": 1.0})
        return held, len(self.snapshot.evaluate(word, self.mask)) > 0

    def narrowed(self, evaluation, but=None) -> Evaluation:
        """What remains after the filters, that of the facet `but` left out."""
        masks = [objects for name, objects in self.filters.items() if name != but]
        if self.refused:
            kept = np.ones(self.snapshot.object_count, bool)
            kept[self.refused] = False
            masks.append(kept)
        for objects in masks:
            evaluation = evaluation.kept(objects[evaluation.numbers])
        return evaluation

    def facets(self, evaluation):
        """The counts of each facet, its own filter left out."""
        found = {}
        everything = self.narrowed(evaluation).hits
        for name, keyword in FACETS.items():
            hits = everything
            if name in self.filters:
                hits = self.narrowed(evaluation, but=name).hits
            counts = self.snapshot.facet(keyword, hits)
            # Marks beside the kind ("page/site") are no kinds.
            found[name] = {
                value: count for value, count in counts.items() if "/" not in value
            }
        return found


def understood(asked, question, widened=lambda question: question):
    """(what answers, how the words were taken, the correction, the question then put).

    `widened` adds to a question what means the same.
    """
    evaluation = asked.evaluate(question)
    if question.is_empty:
        return evaluation, ALL_WORDS, "", question
    corrected = correction(asked.snapshot, question, asked.mask)
    probable = question
    if corrected:
        fresh = widened(queries.parse(corrected))
        found = asked.evaluate(fresh)
        if len(found) and not len(evaluation):
            return found, CORRECTED, corrected, fresh
        if len(found):
            both = evaluation.joined(found)
            return both, CLOSE, corrected, question.marking(fresh)
        probable = fresh
    if len(evaluation) >= FEW or (len(evaluation) and len(question.needed) < SHORT):
        return evaluation, ALL_WORDS, "", question
    if len(evaluation):
        more = asked.evaluate_any(question, MOST_OF_THEM)
        mode = MOST_WORDS if len(more) > len(evaluation) else ALL_WORDS
        return more.joined(evaluation), mode, "", question
    if question.is_bare_reference and question.references:
        # What has "article" or "code" answers nothing; the subject of the reference may.
        subject = references.subject_of(question.references)
        fresh = widened(queries.parse(subject))
        found = asked.evaluate(fresh) if subject else evaluation
        return found, SUBJECT, subject, question.marking(fresh)
    found = asked.evaluate_any(probable, ANY_OF_THEM)
    return found, ANY_WORD, "", question.marking(probable)

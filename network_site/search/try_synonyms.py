"""What a line of synonyms moves: the first results of a question, before and after."""

from dataclasses import dataclass

from network_site.search import synonyms
from network_site.search.models import Synonym
from network_site.search.services import search

SHOWN = 10


@dataclass(frozen=True)
class Row:
    """A result, and its rank on the other side (None: it is not among the first there)."""

    title: str
    url: str
    mark: str
    rank: int
    other_rank: int | None

    @property
    def is_new(self):
        return self.other_rank is None

    @property
    def gain(self):
        """How many ranks it won; below zero: lost."""
        return 0 if self.other_rank is None else self.other_rank - self.rank

    @property
    def loss(self):
        return -self.gain


@dataclass(frozen=True)
class Side:
    total: int
    rows: list


def compare(*, user, question, words, is_one_way, line_pk=None):
    """(before, after): the Sides of `question` for `user`; raise IndexUnavailable.

    Before: the lines as they are saved. After: the line `line_pk` (a new one: None) as it is
    given. `words` without two forms is a line taken away.
    """
    saved = list(Synonym.objects.order_by("pk"))
    others = [row for row in saved if row.pk != line_pk]
    line = synonyms.line_of(Synonym(words=words).forms, is_one_way)
    before = _first(user, question, synonyms.lines_of(saved))
    after = _first(
        user, question, (*synonyms.lines_of(others), *([line] if line else ()))
    )
    return _side(before, after), _side(after, before)


def _first(user, question, lines):
    with synonyms.tried(lines):
        return search(user=user, text=question, size=SHOWN)


def _side(answer, other):
    ranks = {
        result.item["url"]: rank for rank, result in enumerate(other.results, start=1)
    }
    return Side(
        answer.total,
        [
            Row(
                title=result.item["title"],
                url=result.item["url"],
                mark=result.kind,
                rank=rank,
                other_rank=ranks.get(result.item["url"]),
            )
            for rank, result in enumerate(answer.results, start=1)
        ],
    )

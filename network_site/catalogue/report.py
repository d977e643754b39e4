"""How the catalogue stands, as an administrator reads it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Count, Min, Q

from network_site.catalogue import registry, triggers
from network_site.catalogue.models import Comparison, Entry, Mark

MOST_COMPARISONS = 14
MOST_NAMED = 20


@dataclass
class Line:
    """The entries of one kind."""

    label: str
    total: int
    shown: int


@dataclass
class Report:
    """Entries by kind, what waits to be written and since when, the last comparisons.

    `missing` are the triggers that do not stand: changes of their tables are not told.
    """

    lines: list[Line]
    waiting: int
    oldest: datetime | None
    comparisons: list
    missing: list[str]

    @property
    def total(self):
        return sum(line.total for line in self.lines)

    @property
    def shown(self):
        return sum(line.shown for line in self.lines)


def report() -> Report:
    """The Report of this moment."""
    found = (
        Entry.objects.order_by()
        .values("kind")
        .annotate(total=Count("pk"), shown=Count("pk", filter=Q(is_live=True)))
    )
    counts = {one["kind"]: (one["total"], one["shown"]) for one in found}
    lines = [
        Line(str(source.labels.get(kind, kind)), *counts.pop(kind, (0, 0)))
        for source in registry.sources()
        for kind in source.kinds
    ]
    # Of a kind that the site no longer knows.
    lines += [Line(kind, *numbers) for kind, numbers in sorted(counts.items())]
    marks = Mark.objects.aggregate(waiting=Count("pk"), oldest=Min("at"))
    comparisons = list(Comparison.objects.all()[:MOST_COMPARISONS])
    for one in comparisons:
        one.named = one.differences[:MOST_NAMED]
        one.more = len(one.differences) - len(one.named)
    missing = triggers.wanted_names() - triggers.standing(connection)
    return Report(
        lines, marks["waiting"], marks["oldest"], comparisons, sorted(missing)
    )

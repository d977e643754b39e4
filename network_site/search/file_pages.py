"""On which page of a file the words of a question are: told from their places in the index.

The text of a file is never read whole for it: only the page that is shown is.
"""

import numpy as np

from network_site.search.engine.documents import PAGE

# Words apart, about as many as a passage has.
NEAR = 30
# Of a word that is everywhere; on the pages that have the most words, all are looked at.
MOST_PLACES = 2_000


def best_page(snapshot, part, clauses) -> int | None:
    """The page of a file on which the most `clauses` stand nearest to each other.

    0 is what comes before the first page, the name of the file; None: they are not in it.
    """
    places, ranks = _places(snapshot, part, clauses)
    if not len(places):
        return None
    starts = snapshot.places_in("pages", PAGE, part)
    pages = starts.searchsorted(places, side="right")
    on_page = np.zeros((len(starts) + 1, len(clauses)), bool)
    on_page[pages, ranks] = True
    richest = on_page.sum(axis=1)
    kept = np.flatnonzero(richest[pages] == richest.max())[:MOST_PLACES]
    return _nearest(places[kept].tolist(), ranks[kept].tolist(), pages[kept].tolist())


def _places(snapshot, part, clauses):
    """(places of the words in the part, ascending; which clause each answers)."""
    found = [
        (snapshot.places_in("body", term, part), rank)
        for rank, terms in enumerate(clauses)
        for term in terms
    ]
    if not found:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    places = np.concatenate([here for here, _ in found]).astype(np.int64)
    ranks = np.repeat([rank for _, rank in found], [len(here) for here, _ in found])
    order = np.argsort(places, kind="stable")
    return places[order], ranks[order]


def _nearest(places, ranks, pages):
    """The page of the window that has the most clauses, then the most words."""
    best, best_worth = pages[0], (0, 0)
    inside, first = {}, 0
    for at, (place, rank, page) in enumerate(zip(places, ranks, pages, strict=True)):
        inside[rank] = inside.get(rank, 0) + 1
        while pages[first] != page or place - places[first] > NEAR:
            inside[ranks[first]] -= 1
            if not inside[ranks[first]]:
                del inside[ranks[first]]
            first += 1
        worth = len(inside), at - first + 1
        if worth > best_worth:
            best, best_worth = page, worth
    return best

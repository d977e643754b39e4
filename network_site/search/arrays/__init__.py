"""Answers from arrays: what one generation of the index holds, as numpy sees it.

The unit of the index is a *part* of an object; what is asked and counted are objects. A
leaf of the query is worked out once for all parts, seen under the reader's mask, then
brought to the objects: what a reader may not see has no part in what follows, counts and
facets included. No Whoosh here: a segment is whatever has the methods of
`engine.segments.Segment`.

A `Snapshot` is made of layers, each of which knows those below it only:

- `postings`: the segments end to end, the masks of the readers, what a term weighs;
- `leaves`: words, beginnings, phrases;
- `trees`: and, or, not; what is replaced below what replaces it;
- `snapshot`: facets, order, what is stored, corrections.
"""

from network_site.search.arrays.evaluation import EXACT, Evaluation, Hit
from network_site.search.arrays.snapshot import Snapshot

__all__ = ["EXACT", "Evaluation", "Hit", "Snapshot"]

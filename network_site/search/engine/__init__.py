"""The index on disk, behind two names: a `Store` writes parts and gives a `Snapshot`.

- `documents`: what is written of a part, as terms and a record;
- `whoosh_index`: the one module that knows Whoosh, which keeps what is written;
- `export`, `blob`: a segment's arrays, in one file that every process maps;
- `segments`: a segment as it is answered from;
- `store`: the directory, its locks, commits, merges and rebuilds.
"""

from network_site.search.engine.documents import (
    PartDocument,
    plain_words,
    schema_fingerprint,
)
from network_site.search.engine.errors import (
    IndexDamaged,
    IndexUnavailable,
    RebuildRunning,
)
from network_site.search.engine.store import Store

__all__ = [
    "IndexDamaged",
    "IndexUnavailable",
    "PartDocument",
    "RebuildRunning",
    "Store",
    "plain_words",
    "schema_fingerprint",
]

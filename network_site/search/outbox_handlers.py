"""What changed is written to the index again, in batches, by the worker."""

from network_site.core.outbox import handles
from network_site.search import indexing, pending


@handles(*pending.KINDS, batch=True)
def update_index(items):
    """Write again every object named by the rows at hand; the gone ones are removed."""
    indexing.update(pending.keys_named((item.kind, item.ids) for item in items))

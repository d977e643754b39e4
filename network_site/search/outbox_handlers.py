"""What changed is written to the index again, in batches, by the worker."""

from network_site.core.outbox import handles
from network_site.search import indexing, pending, synonyms


@handles(*pending.KINDS, "page.drafted", batch=True)
def update_index(items):
    """Write again every object named by the rows at hand; the gone ones are removed."""
    keys = pending.keys_named((item.kind, item.ids) for item in items)
    indexing.update(keys)
    # The words of a file stand in the pages that show it, and in those that showed it.
    indexing.update(indexing.owners_of_files(keys))
    pending.settle(keys=keys)


@handles("synonyms.changed")
def read_synonyms_again():
    """The worker answers saved searches with the lines as they are now.

    The row itself is what makes every process draw its kept pages anew.
    """
    synonyms.forget()

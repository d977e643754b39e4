"""The index of this site: one `Store` a process."""

from django.conf import settings

from network_site.search import rows
from network_site.search.engine import Store

_stores = {}


def get_store() -> Store:
    """The index in settings.SEARCH_INDEX_DIR."""
    directory = str(settings.SEARCH_INDEX_DIR)
    store = _stores.get(directory)
    if store is None:
        store = _stores[directory] = Store(directory, row_fields=rows.field_names)
    return store

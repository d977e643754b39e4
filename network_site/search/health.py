"""The index, as a monitor sees it."""

from network_site.core.health import OK, UNWELL, Part, part
from network_site.search.engine import IndexUnavailable
from network_site.search.stores import get_store


@part("index")
def index():
    """The index can be read; without it search says so and pages are served."""
    try:
        snapshot = get_store().snapshot()
    except IndexUnavailable as error:
        return Part(UNWELL, str(error)[:80])
    return Part(OK, f"{snapshot.object_count} objects")

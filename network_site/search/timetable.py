"""The index looks after itself: rebuilt when it cannot be read, merged at night."""

import logging

from network_site.core.timetable import daily, every
from network_site.search import indexing, trends
from network_site.search.engine import IndexUnavailable, RebuildRunning
from network_site.search.saved_matches import look_for_new
from network_site.search.stores import get_store

logger = logging.getLogger(__name__)


@every(minutes=1)
def rebuild_unreadable_index():
    """Mend or rebuild the index when it is missing, of an older schema, or damaged."""
    reason = get_store().state()
    if not reason:
        return
    if reason == "damaged" and get_store().repair():
        logger.warning("Search index: its arrays were made again")
        return
    logger.warning("Search index %s: rebuilding", reason)
    try:
        indexing.rebuild()
    except RebuildRunning:
        logger.info("Search index: a rebuild is already running")


@daily(at="03:20")
def merge_index():
    """Merge the segments that the day's updates have left."""
    try:
        get_store().merge()
    except IndexUnavailable as error:
        logger.warning("Search index not merged: %s", error)


@every(minutes=10)
def tell_saved_searches():
    """Look for what is new in the searches that people keep."""
    try:
        look_for_new()
    except IndexUnavailable as error:
        logger.warning("Saved searches wait for the index: %s", error)


@daily(at="02:40")
def close_counted_weeks():
    """Erase the key, the marks and the rare questions of the weeks that are over."""
    trends.close_weeks()

"""What is done at fixed times about news: summaries queued, the old forgotten."""

from network_site.core.timetable import daily, every
from network_site.notifications import retention
from network_site.notifications.digest import queue_due_digests


@every(minutes=5)
def queue_summaries():
    """Put in the queue the summaries whose hour has come."""
    queue_due_digests()


@daily(at="03:40")
def forget_old_items():
    """Keep what was told to whom no longer than the privacy page says."""
    retention.prune_items()

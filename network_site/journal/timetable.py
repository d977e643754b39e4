"""What is done at fixed times about the journal."""

from network_site.core.timetable import daily
from network_site.journal.services import forget_old_entries


@daily(at="03:50")
def forget_decisions_of_long_ago():
    """Keep the journal no longer than docs/operations.md says."""
    forget_old_entries()

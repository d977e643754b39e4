"""What the journal keeps when a list of people leaves the site."""

from network_site.journal.enums import Action
from network_site.journal.services import record


def note_export(*, event, by, what, rows):
    """Write that `by` took `what` ("participants" or "attendance") of `event`, `rows` people."""
    record(Action.LIST_EXPORTED, actor=by, about=event, list=what, rows=rows)

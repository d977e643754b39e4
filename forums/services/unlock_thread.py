from django.db import transaction

from forums.enums import ModerationKind
from forums.models import ModerationAction
from forums.services import rows
from network_site.journal.enums import Action
from network_site.journal.services import record


@transaction.atomic
def unlock_thread(*, thread, actor, reason):
    """Open a closed thread again, with the reason; return whether it was closed."""
    thread = rows.lock(thread)
    if not thread.is_locked:
        return False
    thread.is_locked = False
    thread.save(update_fields=["is_locked"])
    ModerationAction.objects.create(
        kind=ModerationKind.UNLOCK, thread=thread, reason=reason, actor=actor
    )
    record(Action.DISCUSSION_REOPENED, actor=actor, subject=thread.author, about=thread)
    rows.changed(thread)
    return True

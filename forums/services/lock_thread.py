from django.db import transaction

from forums.enums import ModerationKind
from forums.models import ModerationAction
from forums.services import rows
from network_site.core.outbox import emit
from network_site.journal.enums import Action
from network_site.journal.services import record


@transaction.atomic
def lock_thread(*, thread, actor, reason):
    """Close a thread to new answers, with the reason; return whether it was open."""
    thread = rows.lock(thread)
    if thread.is_locked:
        return False
    thread.is_locked = True
    thread.save(update_fields=["is_locked"])
    action = ModerationAction.objects.create(
        kind=ModerationKind.LOCK, thread=thread, reason=reason, actor=actor
    )
    record(Action.DISCUSSION_CLOSED, actor=actor, subject=thread.author, about=thread)
    emit("forum.thread_locked", action_id=action.pk)
    rows.changed(thread)
    return True

from django.db import transaction
from django.utils import timezone

from forums.enums import ModerationKind, ReportReason
from forums.models import ModerationAction, Post
from forums.services import rows
from network_site.core.outbox import emit
from network_site.journal.enums import Action
from network_site.journal.services import record


@transaction.atomic
def restore_post(*, post, actor, reason):
    """Show a hidden post again, with the reason; return whether it was hidden."""
    thread = rows.lock(post.thread)
    kept = Post.objects.get(pk=post.pk)
    if not kept.is_hidden:
        return False
    kept.is_hidden = False
    kept.save(update_fields=["is_hidden"])
    if kept.is_first:
        thread.is_hidden = False
    rows.recount(thread)
    thread.save()
    action = ModerationAction.objects.create(
        kind=ModerationKind.RESTORE,
        thread=thread,
        post=kept,
        reason=reason,
        actor=actor,
    )
    record(Action.CONTENT_RESTORED, actor=actor, subject=kept.author, about=kept)
    # The mail of the restoration answers whoever contested: no second one.
    kept.reports.open().filter(reason=ReportReason.CONTEST).update(
        handled_at=timezone.now(), handled_by=actor
    )
    emit("forum.post_restored", action_id=action.pk)
    rows.changed(thread)
    return True

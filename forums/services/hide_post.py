from django.db import transaction
from django.utils import timezone

from forums.enums import ModerationKind
from forums.models import ModerationAction, Post
from forums.services import rows
from network_site.core.outbox import emit, emit_many
from network_site.journal.enums import Action
from network_site.journal.services import record


@transaction.atomic
def hide_post(*, post, actor, reason):
    """Withdraw a post from its readers, with the reason; return whether it was shown.

    Hiding the opening post hides the whole thread, whose title comes from it. The open
    reports on the post are settled by it.
    """
    thread = rows.lock(post.thread)
    kept = Post.objects.get(pk=post.pk)
    if kept.is_hidden:
        return False
    kept.is_hidden = True
    kept.save(update_fields=["is_hidden"])
    if kept.is_first:
        thread.is_hidden = True
    if thread.accepted_post_id == kept.pk:
        thread.accepted_post = thread.accepted_by = thread.accepted_at = None
    rows.recount(thread)
    thread.save()
    action = ModerationAction.objects.create(
        kind=ModerationKind.HIDE, thread=thread, post=kept, reason=reason, actor=actor
    )
    record(Action.CONTENT_HIDDEN, actor=actor, subject=kept.author, about=kept)
    reports = list(kept.reports.open())
    kept.reports.open().update(handled_at=timezone.now(), handled_by=actor)
    emit("forum.post_hidden", action_id=action.pk)
    emit_many(
        "forum.report_handled",
        [{"report_id": report.pk, "action_id": action.pk} for report in reports],
    )
    rows.changed(thread)
    return True

from django.db import transaction
from django.utils import timezone

from forums.models import Post
from forums.services import rows
from network_site.core.outbox import emit


@transaction.atomic
def accept_answer(*, post, actor, accepted_at=None):
    """Mark the answer that settles its question; return whether anything changed.

    The opening post, a hidden post and a plain discussion have nothing to accept.
    """
    thread = rows.lock(post.thread)
    kept = Post.objects.get(pk=post.pk)
    if (
        not thread.is_question
        or kept.is_first
        or kept.is_hidden
        or thread.accepted_post_id == kept.pk
    ):
        return False
    thread.accepted_post = kept
    thread.accepted_by = actor
    thread.accepted_at = accepted_at or timezone.now()
    thread.save(update_fields=["accepted_post", "accepted_by", "accepted_at"])
    emit("forum.answer_accepted", post_id=kept.pk)
    rows.changed(thread)
    return True


@transaction.atomic
def withdraw_acceptance(*, thread):
    """Put a question back among those without an accepted answer; return whether it was."""
    thread = rows.lock(thread)
    if thread.accepted_post_id is None:
        return False
    thread.accepted_post = thread.accepted_by = thread.accepted_at = None
    thread.save(update_fields=["accepted_post", "accepted_by", "accepted_at"])
    rows.changed(thread)
    return True

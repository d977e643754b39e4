from django.db import IntegrityError, transaction
from django.utils import timezone

from forums.models import Post
from forums.services import rows
from forums.services.errors import ThreadClosed
from forums.services.mentions import note_mentions, render_post
from network_site.core.outbox import emit
from network_site.core.text import visible
from network_site.registries.enums import Level


def add_post(*, thread, author, body, created_at=None, form_token=None):
    """Answer in a thread and return the post.

    Raises ThreadClosed when the thread was closed, hidden or archived meanwhile. A form
    sent twice (`form_token`) makes one post: the second call returns the first one's.
    """
    if form_token is not None:
        # Before the lock: the second sending must not be told that the thread has closed.
        known = Post.objects.filter(form_token=form_token, author=author).first()
        if known is not None:
            return known
    try:
        with transaction.atomic():
            return _add(
                thread=thread,
                author=author,
                body=visible(body).strip(),
                created_at=created_at or timezone.now(),
                form_token=form_token,
            )
    except IntegrityError:
        known = Post.objects.filter(form_token=form_token, author=author).first()
        if form_token is None or known is None:
            raise
        return known


def _add(*, thread, author, body, created_at, form_token):
    locked = rows.lock(thread)
    if locked.is_locked or locked.is_hidden or locked.forum.is_archived:
        raise ThreadClosed
    name, function = rows.signature_of(author)
    body_html, named = render_post(
        body, forum=locked.forum, author=author, thread=locked
    )
    post = Post.objects.create(
        thread=locked,
        author=author,
        author_name=name,
        author_title=function,
        body=body,
        body_html=body_html,
        created_at=created_at,
        form_token=form_token,
    )
    note_mentions(post, named)
    rows.recount(locked)
    locked.save(update_fields=["answer_count", "last_post_at"])
    rows.follow(locked, author, Level.SUMMARY)
    emit("forum.post_added", post_id=post.pk)
    rows.changed(locked)
    return post

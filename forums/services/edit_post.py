from django.db import transaction
from django.utils import timezone

from forums.models import Post
from forums.permissions import is_silent_edit
from forums.services import rows
from forums.services.mentions import note_mentions, render_post
from network_site.core.text import visible


@transaction.atomic
def edit_post(*, post, body, now=None):
    """Replace the text of a post; return whether it changed.

    A correction within half an hour leaves no mark; a later one is dated for the readers,
    since others may have answered the former words.
    """
    now = now or timezone.now()
    thread = rows.lock(post.thread)
    kept = Post.objects.get(pk=post.pk)
    body = visible(body).strip()
    if body == kept.body:
        return False
    post.body = body
    post.body_html, named = render_post(
        body, forum=thread.forum, author=kept.author, thread=thread
    )
    if not is_silent_edit(kept, now):
        post.edited_at = now
    post.save(update_fields=["body", "body_html", "edited_at"])
    note_mentions(post, named, is_later=True)
    rows.changed(thread)
    return True

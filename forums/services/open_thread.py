from django.db import IntegrityError, transaction
from django.utils import timezone

from forums.enums import ThreadKind
from forums.models import MAX_TITLE, Post, Thread
from forums.services import rows
from forums.services.mentions import note_mentions, render_post
from network_site.core.outbox import emit
from network_site.core.slugs import slug_of
from network_site.core.text import one_line, visible
from network_site.registries.enums import Level


def open_thread(
    *,
    forum,
    author,
    title,
    body,
    kind=ThreadKind.QUESTION,
    themes=(),
    about=None,
    created_at=None,
    form_token=None,
):
    """Open a thread with its first post and return it.

    `form_token` names the form it came from: sent twice, the same form makes one thread,
    and the second call returns the first one's.
    """
    try:
        with transaction.atomic():
            return _open(
                forum=forum,
                author=author,
                title=title,
                body=body,
                kind=kind,
                themes=themes,
                about=about,
                created_at=created_at or timezone.now(),
                form_token=form_token,
            )
    except IntegrityError:
        # Only the form's token can clash: the first sending has been kept.
        known = Thread.objects.filter(form_token=form_token, author=author).first()
        if form_token is None or known is None:
            raise
        return known


def _open(*, forum, author, title, body, kind, themes, about, created_at, form_token):
    title = one_line(title)[:MAX_TITLE]
    body = visible(body).strip()
    thread = Thread.objects.create(
        forum=forum,
        kind=kind,
        title=title,
        slug=slug_of(title, longest=120, otherwise="fil"),
        author=author,
        about=about,
        created_at=created_at,
        last_post_at=created_at,
        form_token=form_token,
    )
    thread.themes.set(themes)
    name, function = rows.signature_of(author)
    body_html, named = render_post(body, forum=forum, author=author)
    post = Post.objects.create(
        thread=thread,
        author=author,
        author_name=name,
        author_title=function,
        body=body,
        body_html=body_html,
        is_first=True,
        created_at=created_at,
    )
    note_mentions(post, named)
    rows.follow(thread, author, Level.ALL)
    emit("forum.post_added", post_id=post.pk)
    rows.changed(thread)
    return thread

from django.db import transaction

from forums.models import Post
from forums.services import rows
from forums.services.mentions import render_again


@transaction.atomic
def draw_again(*, forum):
    """Render anew the posts of `forum` that name people; return how many.

    To be called when its readers change: a space that visitors read links to nobody.
    """
    return _draw(Post.objects.filter(thread__forum=forum, mentions__isnull=False))


@transaction.atomic
def draw_mentions_again(*, user_id):
    """Render anew the posts that name a person; return how many.

    To be called when their sheet opens or closes: a name links to what its readers may open.
    """
    return _draw(Post.objects.filter(mentions__user=user_id))


def draw_all_again():
    """Render every post anew; return how many changed. For when the rules of Markdown change."""
    return _draw(Post.objects.all(), say=rows.changed)


def _draw(posts, say=None):
    count = 0
    for post in (
        posts.select_related("thread__forum", "author")
        .distinct()
        .order_by("pk")
        .iterator(chunk_size=200)
    ):
        body_html = render_again(post)
        if body_html != post.body_html:
            post.body_html = body_html
            post.save(update_fields=["body_html"])
            if say is not None:
                say(post.thread)
            count += 1
    return count

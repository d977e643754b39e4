from django.db import transaction

from forums.models import Post
from forums.services.mentions import render_again


@transaction.atomic
def draw_again(*, forum):
    """Render anew the posts of `forum` that name people; return how many.

    To be called when its readers change: a space that visitors read links to nobody.
    """
    posts = (
        Post.objects.filter(thread__forum=forum, mentions__isnull=False)
        .select_related("thread__forum", "author")
        .distinct()
        .order_by("pk")
    )
    count = 0
    for post in posts:
        body_html = render_again(post)
        if body_html != post.body_html:
            post.body_html = body_html
            post.save(update_fields=["body_html"])
            count += 1
    return count

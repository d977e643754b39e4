from django.db.models import Prefetch

from forums.models import Post, Thread
from forums.permissions import tokens_of_forum
from forums.templatetags.forum_tags import thread_item
from network_site.registries.search import (
    Kind,
    KindWord,
    Part,
    Source,
    add_kind_words,
    source,
)

add_kind_words(KindWord(("discussions", "discussion"), Kind.DISCUSSION))


@source
class ThreadSource(Source):
    """A thread and its posts, each a part; hidden ones lend no word to the index."""

    model = Thread
    kind = Kind.DISCUSSION
    has_live_card = True

    def queryset(self):
        return (
            Thread.objects.filter(is_hidden=False)
            .select_related("forum")
            .prefetch_related(
                "themes",
                Prefetch(
                    "posts", Post.objects.filter(is_hidden=False), to_attr="shown_posts"
                ),
            )
        )

    def visible_queryset(self, user):
        return Thread.objects.visible_to(user).select_related("forum")

    def parts(self, thread):
        if thread.is_hidden:
            return
        tokens = tokens_of_forum(thread.forum)
        for post in self._posts(thread):
            if post.is_first:
                yield Part(
                    "main", title=thread.title, text=post.body_html, tokens=tokens
                )
            else:
                yield Part(f"post-{post.pk}", text=post.body_html, tokens=tokens)

    @staticmethod
    def _posts(thread):
        """The shown posts, prefetched by queryset() or read for a single thread."""
        if hasattr(thread, "shown_posts"):
            return thread.shown_posts
        return thread.posts.filter(is_hidden=False)

    def title(self, thread):
        return thread.title

    def themes(self, thread):
        return list(thread.themes.all())

    def date(self, thread):
        return thread.last_post_at

    def card_context(self, thread, user):
        return thread_item(thread)

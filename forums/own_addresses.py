from forums.models import Forum, Post, Thread
from forums.permissions import tokens_of_forum
from network_site.pages.addresses import Standing, open_to, stands_at
from network_site.pages.visibility import (
    ALL,
    EVERYBODY,
    MEMBERS,
    NOBODY,
    tokens_of_both,
)

open_to(EVERYBODY, "forums:index", "forums:feed")
open_to(MEMBERS, "forums:new")


def _in(forum, thing, *, is_hidden=False):
    tokens = NOBODY if is_hidden else tokens_of_forum(forum) | {ALL}
    return Standing(tokens, thing, "discussion")


@stands_at("forums:forum")
def forum(slug):
    found = Forum.objects.filter(slug=slug).first()
    return found and _in(found, found)


@stands_at("forums:forum_feed")
def feed(slug):
    """A feed has no reader who is logged in: that of a public space alone is there."""
    found = forum(slug)
    return found if found and found.obj.is_public else None


@stands_at("forums:people")
def people(slug):
    found = forum(slug)
    return found if found and found.obj.is_private else None


@stands_at("forums:thread")
def thread(pk, slug=""):
    found = Thread.objects.select_related("forum").filter(pk=pk).first()
    return found and _in(found.forum, found, is_hidden=found.is_hidden)


@stands_at("forums:answer")
def answer(pk):
    found = thread(pk)
    return found and found._replace(tokens=tokens_of_both(MEMBERS, found.tokens))


@stands_at("forums:post", "forums:report")
def post(pk):
    found = Post.objects.select_related("thread__forum").filter(pk=pk).first()
    if found is None:
        return None
    thread = found.thread
    return _in(thread.forum, thread, is_hidden=thread.is_hidden or found.is_hidden)

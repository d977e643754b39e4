"""Forums, threads and posts, made through the services as in life."""

from django.contrib.auth.models import Group

from forums.enums import ForumVisibility, ThreadKind
from forums.models import Forum
from forums.services import add_post, open_thread

_count = 0


def _next():
    global _count
    _count += 1
    return _count


def make_forum(visibility=ForumVisibility.PUBLIC, **fields):
    """A space; a private one gets a group of its own, named after it."""
    number = _next()
    fields.setdefault("name", f"Espace {number}")
    fields.setdefault("slug", f"espace-{number}")
    if visibility == ForumVisibility.GROUP and "group" not in fields:
        fields["group"] = Group.objects.create(name=f"Groupe {number}")
    return Forum.objects.create(visibility=visibility, **fields)


def make_thread(forum=None, author=None, *, answers=0, **fields):
    """A question with that many answers."""
    forum = forum or make_forum()
    fields.setdefault("title", f"Question {_next()}")
    fields.setdefault("body", "Le corps de la question.")
    fields.setdefault("kind", ThreadKind.QUESTION)
    thread = open_thread(forum=forum, author=author, **fields)
    for number in range(answers):
        make_post(thread, author, body=f"Réponse {number + 1}.")
    return thread


def make_post(thread, author=None, body="Une réponse.", **fields):
    post = add_post(thread=thread, author=author, body=body, **fields)
    thread.refresh_from_db()
    return post

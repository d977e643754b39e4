"""What every view of the app asks first; what somebody may not read does not exist."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from forums.models import Forum, Post, Thread
from forums.permissions import (
    can_moderate,
    can_view_forum,
    can_view_post,
    can_view_thread,
)


def readable_forum(user, slug):
    """The forum, or 404 when `user` may not read it."""
    forum = get_object_or_404(Forum.objects.select_related("group"), slug=slug)
    if not can_view_forum(user, forum):
        raise Http404
    return forum


def readable_thread(user, pk):
    """The thread with its forum, or 404 when `user` may not open it."""
    thread = get_object_or_404(
        Thread.objects.select_related("forum", "author", "accepted_by", "about"), pk=pk
    )
    if not can_view_thread(user, thread):
        raise Http404
    return thread


def readable_post(user, pk):
    """The post with its thread and forum, or 404 when `user` may not be shown it."""
    post = get_object_or_404(
        Post.objects.select_related("thread__forum", "author").with_hiding_reason(),
        pk=pk,
    )
    if not can_view_post(user, post):
        raise Http404
    return post


def moderated_post(user, pk):
    """The post, or 404 when `user` does not moderate its forum."""
    post = readable_post(user, pk)
    if not can_moderate(user, post.thread.forum):
        raise Http404
    return post


def moderated_thread(user, pk):
    """The thread, or 404 when `user` does not moderate its forum."""
    thread = readable_thread(user, pk)
    if not can_moderate(user, thread.forum):
        raise Http404
    return thread

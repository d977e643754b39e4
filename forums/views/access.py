"""What every view of the app asks first.

A private space does not exist for who is not in it: 404. A space of the members is known to exist:
a visitor is sent to the log-in, a person waiting for admission is told so.
"""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from forums.enums import ForumVisibility
from forums.models import Forum, Post, Thread
from forums.permissions import (
    can_moderate,
    can_view_forum,
    can_view_post,
    can_view_thread,
)


class LoginNeeded(Exception):
    """Logging in may open this page."""


def asks_to_log_in(view):
    """Send to the log-in where a view raises LoginNeeded."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except LoginNeeded:
            return redirect_to_login(request.get_full_path())

    return wrapper


def _check_readable(user, forum):
    if can_view_forum(user, forum):
        return
    if forum.visibility != ForumVisibility.MEMBERS:
        raise Http404
    if not user.is_authenticated:
        raise LoginNeeded
    raise PermissionDenied(
        _("This space is read by members: your membership has to be accepted first.")
    )


def readable_forum(user, slug):
    """The forum, or 404 when `user` may not read it."""
    forum = get_object_or_404(Forum.objects.select_related("group"), slug=slug)
    _check_readable(user, forum)
    return forum


def readable_thread(user, pk):
    """The thread with its forum, or 404 when `user` may not open it."""
    thread = get_object_or_404(
        Thread.objects.select_related("forum", "author", "accepted_by", "about"), pk=pk
    )
    _check_readable(user, thread.forum)
    if not can_view_thread(user, thread):
        raise Http404
    return thread


def readable_post(user, pk):
    """The post with its thread and forum, or 404 when `user` may not be shown it."""
    post = get_object_or_404(
        Post.objects.select_related("thread__forum", "author").with_hiding_reason(),
        pk=pk,
    )
    _check_readable(user, post.thread.forum)
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

"""Who may read, write and moderate: for one object, what querysets.py says for lists.

A space that somebody may not read does not exist for them: views answer 404, not 403.
"""

from datetime import timedelta

from django.utils import timezone

from forums.enums import ForumVisibility
from network_site.members import roles
from network_site.members.enums import FieldVisibility
from network_site.members.groups import space_groups
from network_site.pages.visibility import (
    MEMBER,
    PUBLIC,
    member_group_token,
    tokens_for,
)

# Within this time a correction of one's own post leaves no mark.
SILENT_EDIT = timedelta(minutes=30)


def tokens_of_forum(forum):
    """The tokens under which search files the words of a forum, and mails tell of it."""
    if forum.visibility == ForumVisibility.PUBLIC:
        return frozenset({PUBLIC})
    if forum.visibility == ForumVisibility.MEMBERS:
        return frozenset({MEMBER})
    return frozenset({member_group_token(forum.group_id)})


def can_view_forum(user, forum):
    """Whether `user` reads the space (the same rule as ForumQuerySet.visible_to)."""
    if forum.visibility == ForumVisibility.PUBLIC:
        return True
    if not user.is_authenticated:
        return False
    if user.is_superuser:
        return True
    return roles.is_member(user) and bool(tokens_of_forum(forum) & tokens_for(user))


def can_moderate(user, forum):
    """Network facilitators moderate what they read; a space's facilitators, that space."""
    if not user.is_authenticated or not can_view_forum(user, forum):
        return False
    if user.is_superuser or roles.is_facilitator(user):
        return True
    return forum.facilitators.filter(pk=user.pk).exists()


def can_keep_people(user, forum):
    """Who looks after a private space chooses its people."""
    return forum.is_private and can_moderate(user, forum)


def sheet_opens_in(forum, profile):
    """Whether every member who reads `forum` may open the sheet `profile`: what a name links to.

    A sheet kept for the person's private spaces opens in those alone; one query a space.
    """
    if profile.sheet_visibility >= FieldVisibility.MEMBERS:
        return True
    return (
        profile.sheet_visibility == FieldVisibility.SPACES
        and forum.visibility == ForumVisibility.GROUP
        and profile.user_id in _peers_of(forum)
    )


def _peers_of(forum):
    """The keys of those who share the private space `forum`; none in a group with rights."""
    peers = getattr(forum, "_peers", None)
    if peers is None:
        groups = space_groups().filter(pk=forum.group_id)
        peers = frozenset(groups.values_list("user", flat=True))
        forum._peers = peers
    return peers


def can_view_thread(user, thread):
    """Whether `user` may open the thread.

    A hidden thread is in no list; its author and the moderators still open it, to read why.
    """
    if not can_view_forum(user, thread.forum):
        return False
    if not thread.is_hidden:
        return True
    return (user.is_authenticated and thread.author_id == user.pk) or can_moderate(
        user, thread.forum
    )


def can_view_post(user, post):
    """Whether `user` may be shown the post, or the notice that it is hidden."""
    if not can_view_thread(user, post.thread):
        return False
    if not post.is_hidden:
        return True
    return (user.is_authenticated and post.author_id == user.pk) or can_moderate(
        user, post.thread.forum
    )


def can_post_in(user, forum):
    """Members write in the spaces they read, unless the space is archived."""
    return (
        roles.is_member(user) and not forum.is_archived and can_view_forum(user, forum)
    )


def can_answer(user, thread):
    """Members answer in open threads; a closed thread is closed to everyone."""
    return (
        not thread.is_locked
        and not thread.is_hidden
        and can_post_in(user, thread.forum)
    )


def can_edit_post(user, post):
    """The author corrects their own post, unless it was hidden or the thread closed."""
    return (
        user.is_authenticated
        and post.author_id == user.pk
        and not post.is_hidden
        and can_answer(user, post.thread)
    )


def is_silent_edit(post, now=None):
    """Whether a correction made now would leave no "modified" mark."""
    return (now or timezone.now()) - post.created_at <= SILENT_EDIT


def can_accept(user, thread, *, moderates=None):
    """The author of a question, or a moderator, says which answer settles it.

    `moderates` spares a query where it is known whether `user` moderates the space.
    """
    if not thread.is_question or thread.is_hidden or thread.forum.is_archived:
        return False
    if not user.is_authenticated:
        return False
    if thread.author_id == user.pk and can_post_in(user, thread.forum):
        return True
    return can_moderate(user, thread.forum) if moderates is None else moderates


def can_contest(user, post):
    """The author of a hidden post may ask for the decision to be looked at again."""
    return (
        user.is_authenticated
        and post.is_hidden
        and post.author_id == user.pk
        and can_view_forum(user, post.thread.forum)
    )

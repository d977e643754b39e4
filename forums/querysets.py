from django.db import models
from django.db.models import Q

from network_site.members import roles

from .enums import ForumVisibility, ThreadKind


def visible_forum_filter(user, prefix=""):
    """The condition under which `user` reads a forum; `prefix` leads to it ("forum__").

    A network facilitator reads a private space only as one of its members: peers must be able
    to speak among themselves.
    """
    condition = Q(**{f"{prefix}visibility": ForumVisibility.PUBLIC})
    if not user.is_authenticated:
        return condition
    if user.is_superuser:
        return Q()
    if roles.is_member(user):
        condition |= Q(**{f"{prefix}visibility": ForumVisibility.MEMBERS})
        condition |= Q(
            **{
                f"{prefix}visibility": ForumVisibility.GROUP,
                f"{prefix}group__in": user.groups.values("pk"),
            }
        )
    return condition


class ForumQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(visible_forum_filter(user))


class ThreadQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Threads of the forums `user` reads, without the hidden ones."""
        return self.filter(visible_forum_filter(user, "forum__"), is_hidden=False)

    def unanswered(self):
        """Questions nobody has answered yet, still open."""
        return self.filter(
            kind=ThreadKind.QUESTION, answer_count=0, is_locked=False, is_hidden=False
        )


class PostQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Posts of visible threads, without the hidden ones."""
        return self.filter(
            visible_forum_filter(user, "thread__forum__"),
            thread__is_hidden=False,
            is_hidden=False,
        )

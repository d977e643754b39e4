from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from forums.enums import ForumVisibility, ModerationKind, ThreadKind
from network_site.members import roles


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


def moderated_forum_filter(user, prefix=""):
    """The condition under which `user` moderates a forum: it must be one they read."""
    if not user.is_authenticated:
        return Q(pk__in=[])
    if user.is_superuser:
        return Q()
    condition = visible_forum_filter(user, prefix)
    if roles.is_facilitator(user):
        return condition
    return condition & Q(**{f"{prefix}pk__in": user.facilitated_forums.values("pk")})


class ForumQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(visible_forum_filter(user))

    def moderated_by(self, user):
        return self.filter(moderated_forum_filter(user))

    def open_to_writing(self):
        return self.filter(is_archived=False)


class ThreadQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Threads of the forums `user` reads, without the hidden ones."""
        return self.filter(visible_forum_filter(user, "forum__"), is_hidden=False)

    def unanswered(self):
        """Questions nobody has answered yet, still open, in a space that is not archived."""
        return self.filter(
            kind=ThreadKind.QUESTION,
            answer_count=0,
            accepted_post=None,
            is_locked=False,
            is_hidden=False,
            forum__is_archived=False,
        )

    def unread_by(self, user):
        """Where others wrote, since `user` joined, something that they were not shown."""
        posts = self.model._meta.get_field("posts").related_model.objects
        new = posts.not_shown_to(user).filter(
            thread=OuterRef("pk"), created_at__gt=user.date_joined
        )
        return self.filter(Exists(new), last_post_at__gt=user.date_joined)

    def with_first_unread(self, user):
        """Add `first_unread`, the key of the first post after what `user` has read of a
        thread; None where they never opened it, or have read it all."""
        posts = self.model._meta.get_field("posts").related_model.objects
        marks = self.model._meta.get_field("read_marks").related_model.objects
        mark = marks.filter(thread=OuterRef("thread"), user=user)
        following = (
            posts.not_shown_to(user)
            .filter(Exists(mark), thread=OuterRef("pk"))
            .order_by("created_at", "pk")
        )
        return self.annotate(first_unread=Subquery(following.values("pk")[:1]))


class PostQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Posts of visible threads, without the hidden ones."""
        return self.filter(
            visible_forum_filter(user, "thread__forum__"),
            thread__is_hidden=False,
            is_hidden=False,
        )

    def shown_in_thread(self, user, *, moderates):
        """Of posts of a thread `user` may open: hidden ones remain for author and moderators."""
        if moderates:
            return self
        condition = Q(is_hidden=False)
        if user.is_authenticated:
            condition |= Q(author=user)
        return self.filter(condition)

    def not_shown_to(self, user):
        """Posts of others that `user` has not read: neither in order, nor on their own."""
        threads = self.model._meta.get_field("thread").related_model
        mark = threads._meta.get_field("read_marks").related_model.objects.filter(
            thread=OuterRef("thread"), user=user, read_at__gte=OuterRef("created_at")
        )
        read = self.model._meta.get_field("reads").related_model.objects.filter(
            post=OuterRef("pk"), user=user
        )
        return self.filter(
            ~Exists(mark),
            ~Exists(read),
            ~Q(author=user),
            is_hidden=False,
        )

    def with_hiding_reason(self):
        """Add `hiding_reason`, the words given when a post was last hidden."""
        actions = self.model._meta.get_field("moderation").related_model
        last = actions.objects.filter(
            post=OuterRef("pk"), kind=ModerationKind.HIDE
        ).order_by("-created_at", "-pk")
        return self.annotate(hiding_reason=Subquery(last.values("reason")[:1]))


class ReportQuerySet(models.QuerySet):
    def open(self):
        return self.filter(handled_at=None)

    def awaiting(self, user):
        """Reports that `user` may decide on, oldest first."""
        return (
            self.open()
            .filter(moderated_forum_filter(user, "post__thread__forum__"))
            .order_by("created_at", "pk")
        )

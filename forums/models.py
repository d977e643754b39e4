from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from forums.enums import ForumVisibility, ModerationKind, ReportReason, ThreadKind
from forums.querysets import (
    ForumQuerySet,
    PostQuerySet,
    ReportQuerySet,
    ThreadQuerySet,
)
from network_site.core.languages import leads_to
from network_site.taxonomies.models import Theme

MAX_BODY = 20_000
MAX_TITLE = 160


class Forum(models.Model):
    """A discussion space: who reads it, who writes in it, who looks after it."""

    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    description = models.TextField(_("description"), blank=True, max_length=600)
    description_en = models.TextField(
        _("description in English"), blank=True, max_length=600
    )
    visibility = models.CharField(
        _("read by"),
        max_length=8,
        choices=ForumVisibility,
        default=ForumVisibility.MEMBERS,
    )
    group = models.ForeignKey(
        Group,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="forums",
        verbose_name=_("members of the space"),
    )
    facilitators = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="facilitated_forums",
        verbose_name=_("facilitators"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_archived = models.BooleanField(_("archived: read only"), default=False)
    # Off by default, private spaces included: a mail goes only to those who may read the space,
    # and a mail that says nothing is soon no longer opened.
    mails_without_content = models.BooleanField(
        _("mails without content"),
        default=False,
        help_text=_(
            "Mails and summaries then say only that there is something new to read in this"
            " space: no title, no name, no text. For spaces where people speak of situations"
            " that must not lie in mailboxes."
        ),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = ForumQuerySet.as_manager()

    class Meta:
        verbose_name = _("discussion space")
        verbose_name_plural = _("discussion spaces")
        ordering = ["position", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(visibility=ForumVisibility.GROUP)
                | models.Q(group__isnull=False),
                name="forums_private_forum_has_group",
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("forums:forum", args=[self.slug])

    def clean(self):
        """A private space needs its group; some addresses are taken by the app."""
        errors = {}
        if self.visibility == ForumVisibility.GROUP and self.group is None:
            errors["group"] = gettext("Choose the group whose members read this space.")
        if self.slug and not leads_to("forums:forum", self.slug):
            errors["slug"] = gettext("This address is taken: choose another one.")
        if errors:
            raise ValidationError(errors)

    @property
    def label(self):
        """The name in the language of the interface."""
        return self._localized("name")

    @property
    def text(self):
        """The description in the language of the interface."""
        return self._localized("description")

    def _localized(self, field):
        if (get_language() or "").startswith("en"):
            return getattr(self, f"{field}_en") or getattr(self, field)
        return getattr(self, field)

    @property
    def is_public(self):
        return self.visibility == ForumVisibility.PUBLIC

    @property
    def is_private(self):
        return self.visibility == ForumVisibility.GROUP


class Thread(models.Model):
    """A question or a discussion; counters are kept by the services under the row's lock."""

    # Of what members write; the interface may be another.
    lang = "fr"

    forum = models.ForeignKey(
        Forum, on_delete=models.CASCADE, related_name="threads", verbose_name=_("space")
    )
    kind = models.CharField(
        _("kind"), max_length=10, choices=ThreadKind, default=ThreadKind.QUESTION
    )
    title = models.CharField(_("title"), max_length=MAX_TITLE)
    slug = models.SlugField(_("slug"), max_length=170)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="threads",
        verbose_name=_("author"),
    )
    about = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="threads",
        verbose_name=_("about"),
    )
    themes = models.ManyToManyField(
        Theme, blank=True, related_name="threads", verbose_name=_("themes")
    )
    is_locked = models.BooleanField(_("closed"), default=False)
    is_hidden = models.BooleanField(_("hidden"), default=False)
    accepted_post = models.ForeignKey(
        "Post",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("accepted answer"),
    )
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answer accepted by"),
    )
    accepted_at = models.DateTimeField(_("answer accepted at"), null=True, blank=True)
    answer_count = models.PositiveIntegerField(_("answers"), default=0)
    created_at = models.DateTimeField(_("opened at"), db_index=True)
    last_post_at = models.DateTimeField(_("last post at"), db_index=True)
    form_token = models.UUIDField(_("form"), null=True, unique=True, editable=False)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("thread")
        verbose_name_plural = _("threads")
        ordering = ["-last_post_at", "-pk"]
        indexes = [
            models.Index(fields=["forum", "-last_post_at"], name="forums_thread_recent")
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("forums:thread", args=[self.pk, self.slug])

    @property
    def is_question(self):
        return self.kind == ThreadKind.QUESTION

    @property
    def state_label(self):
        """Where the thread stands, in words ("question résolue"), for lists and heads."""
        if not self.is_question:
            return gettext("Discussion")
        if self.accepted_post_id:
            return gettext("Solved question")
        if self.answer_count:
            return gettext("Answered question")
        return gettext("Unanswered question")

    @property
    def is_waiting(self):
        """A question nobody has answered, and that may still be."""
        return self.is_question and not self.answer_count and not self.is_locked


class Post(models.Model):
    """A message; `body` is Markdown as written, `body_html` what readers get."""

    thread = models.ForeignKey(
        Thread, on_delete=models.CASCADE, related_name="posts", verbose_name=_("thread")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="posts",
        verbose_name=_("author"),
    )
    # The function held then stays with the post when the person changes employer.
    author_name = models.CharField(_("name at the time"), max_length=200, blank=True)
    author_title = models.CharField(
        _("function at the time"), max_length=400, blank=True
    )
    body = models.TextField(_("message"), max_length=MAX_BODY)
    # Safe HTML made from `body` by core.markdown when it is written.
    body_html = models.TextField(editable=False)
    is_first = models.BooleanField(_("opens the thread"), default=False)
    is_hidden = models.BooleanField(_("hidden"), default=False)
    created_at = models.DateTimeField(_("posted at"), db_index=True)
    edited_at = models.DateTimeField(_("edited at"), null=True, blank=True)
    form_token = models.UUIDField(_("form"), null=True, unique=True, editable=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(fields=["thread", "created_at"], name="forums_post_order")
        ]

    def __str__(self):
        return f"{self.thread_id}#{self.pk}"

    def get_absolute_url(self):
        return reverse("forums:post", args=[self.pk])

    @property
    def anchor(self):
        return f"message-{self.pk}"


class Mention(models.Model):
    """A member named in a post with "@"; written down once, so that they are told once."""

    post = models.ForeignKey(
        Post, on_delete=models.CASCADE, related_name="mentions", verbose_name=_("post")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="mentions",
        verbose_name=_("person"),
    )
    # Named by a correction: those named from the start are told of the post itself.
    is_later = models.BooleanField(_("added by a correction"), default=False)
    # The row stays when the name is taken out: put back, it tells nobody a second time.
    is_withdrawn = models.BooleanField(_("taken out"), default=False)
    created_at = models.DateTimeField(_("named at"), auto_now_add=True)

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [
            models.UniqueConstraint(fields=["post", "user"], name="forums_mention_once")
        ]

    def __str__(self):
        return f"{self.user_id} @ {self.post_id}"


class Report(models.Model):
    """A post brought to the facilitators' notice, by a member or by a visitor."""

    post = models.ForeignKey(
        Post, on_delete=models.CASCADE, related_name="reports", verbose_name=_("post")
    )
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reported by"),
    )
    reporter_email = models.EmailField(_("address for the answer"), blank=True)
    reason = models.CharField(_("reason"), max_length=16, choices=ReportReason)
    comment = models.TextField(_("comment"), blank=True, max_length=1000)
    created_at = models.DateTimeField(_("reported at"), auto_now_add=True)
    handled_at = models.DateTimeField(_("handled at"), null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("handled by"),
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["created_at", "pk"]

    def __str__(self):
        return f"{self.get_reason_display()} #{self.post_id}"


class ModerationAction(models.Model):
    """What a facilitator did to a post or a thread, and the reason given to its author."""

    kind = models.CharField(_("action"), max_length=8, choices=ModerationKind)
    thread = models.ForeignKey(
        Thread,
        on_delete=models.CASCADE,
        related_name="moderation",
        verbose_name=_("thread"),
    )
    post = models.ForeignKey(
        Post,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="moderation",
        verbose_name=_("post"),
    )
    reason = models.TextField(_("reason"), max_length=1000)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    created_at = models.DateTimeField(_("decided at"), auto_now_add=True)

    class Meta:
        verbose_name = _("moderation")
        verbose_name_plural = _("moderations")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return f"{self.kind} {self.thread_id}"


class ReadMark(models.Model):
    """How far a member has read a thread: everything up to then; what they read further on,
    an answer opened from a mail, is in PostRead."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="read_marks",
        verbose_name=_("person"),
    )
    thread = models.ForeignKey(
        Thread,
        on_delete=models.CASCADE,
        related_name="read_marks",
        verbose_name=_("thread"),
    )
    read_at = models.DateTimeField(_("read at"))

    class Meta:
        verbose_name = _("reading mark")
        verbose_name_plural = _("reading marks")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "thread"], name="forums_read_mark_once"
            )
        ]

    def __str__(self):
        return f"{self.user_id} {self.thread_id}"


class PostRead(models.Model):
    """A post that a member was shown beyond their ReadMark; goes when the mark reaches it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="posts_read",
        # The constraint below begins with it.
        db_index=False,
        verbose_name=_("person"),
    )
    post = models.ForeignKey(
        Post, on_delete=models.CASCADE, related_name="reads", verbose_name=_("post")
    )

    class Meta:
        verbose_name = _("post read")
        verbose_name_plural = _("posts read")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "post"], name="forums_post_read_once"
            )
        ]

    def __str__(self):
        return f"{self.user_id} {self.post_id}"

from django.db import models
from django.utils.translation import gettext_lazy as _


class ForumVisibility(models.TextChoices):
    PUBLIC = "public", _("everyone")
    MEMBERS = "members", _("members of the network")
    GROUP = "group", _("members of the space only")


class ThreadKind(models.TextChoices):
    QUESTION = "question", _("question")
    DISCUSSION = "discussion", _("discussion")


class ThreadState(models.TextChoices):
    """What a list of threads can be narrowed to; never stored."""

    UNANSWERED = "sans-reponse", _("Questions without an answer")
    ANSWERED = "repondues", _("Answered questions")
    SOLVED = "resolues", _("Solved questions")
    DISCUSSION = "echanges", _("Discussions")


class ReportReason(models.TextChoices):
    PERSONAL_DATA = "personal_data", _("someone may be recognised in it")
    DISCRIMINATION = "discrimination", _("discriminatory or hateful words")
    ERROR = "error", _("a legal or factual error")
    OFF_TOPIC = "off_topic", _("advertising, or nothing to do with the network")
    OTHER = "other", _("another reason")
    # Written by the author of a hidden post, not offered in the form of a report.
    CONTEST = "contest", _("its author contests the decision")


class ModerationKind(models.TextChoices):
    HIDE = "hide", _("post hidden")
    RESTORE = "restore", _("post shown again")
    LOCK = "lock", _("thread closed")
    UNLOCK = "unlock", _("thread opened again")
    DISMISS = "dismiss", _("report set aside")

from django.db import models
from django.utils.translation import gettext_lazy as _


class ForumVisibility(models.TextChoices):
    PUBLIC = "public", _("everyone")
    MEMBERS = "members", _("members of the network")
    GROUP = "group", _("members of the space only")


class ThreadKind(models.TextChoices):
    QUESTION = "question", _("question")
    DISCUSSION = "discussion", _("discussion")


class ReportReason(models.TextChoices):
    PERSONAL_DATA = "personal_data", _("someone may be recognised in it")
    DISCRIMINATION = "discrimination", _("discriminatory or hateful words")
    ERROR = "error", _("a legal or factual error")
    OFF_TOPIC = "off_topic", _("advertising, or nothing to do with the network")
    OTHER = "other", _("another reason")


class ModerationKind(models.TextChoices):
    HIDE = "hide", _("post hidden")
    RESTORE = "restore", _("post shown again")
    LOCK = "lock", _("thread closed")
    UNLOCK = "unlock", _("thread opened again")
    DISMISS = "dismiss", _("report set aside")

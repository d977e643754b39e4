from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Rhythm(models.TextChoices):
    """When what is summed up is sent."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every week")
    MONTHLY = "monthly", _("Every month")
    NONE = "none", _("Never by e-mail")


class Channel(models.TextChoices):
    """By which way an item reaches a person; on the site it always does."""

    AT_ONCE = "at_once", _("a mail of its own")
    DIGEST = "digest", _("in the summary")
    SITE = "site", _("on the site only")


class MailStatus(models.TextChoices):
    QUEUED = "queued", _("waiting to leave")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    UNCERTAIN = "uncertain", _("uncertain: interrupted while being sent")
    DROPPED = "dropped", pgettext_lazy("status of a mail", "not sent")
    FAILED = "failed", pgettext_lazy("status of a mail", "refused")


class Mailer(models.TextChoices):
    """The entries of MAILERS: what somebody waits for never queues behind a newsletter."""

    DEFAULT = "default", _("one by one")
    BULK = "bulk", _("in number")

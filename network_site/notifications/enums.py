from django.db import models
from django.utils.translation import gettext_lazy as _


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

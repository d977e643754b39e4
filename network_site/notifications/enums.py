from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(models.TextChoices):
    """How much one wants to hear of something: the same four words everywhere."""

    ALL = "all", pgettext_lazy("level of a follow", "Everything")
    SUMMARY = "summary", pgettext_lazy("level of a follow", "Summary")
    MENTIONS = "mentions", pgettext_lazy("level of a follow", "Mentions")
    MUTE = "mute", pgettext_lazy("level of a follow", "Nothing")


class Rhythm(models.TextChoices):
    """When what is summed up is sent."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every week")
    MONTHLY = "monthly", _("Every month")
    NONE = "none", _("Never by e-mail")


class Category(models.TextChoices):
    """The spaces of the network, and what belongs to one's own account."""

    LIBRARY = "library", _("Library")
    PRACTICES = "practices", _("Good practices")
    EVENTS = "events", _("Exchange days")
    FORUMS = "forums", _("Discussions")
    ACCOUNT = "account", _("My membership")


class Reason(models.TextChoices):
    """Why a person receives an item; the code orders them, the first one wins."""

    MENTION = "mention", _("you are named in it")
    OWN = "own", _("it follows what you wrote or where you are registered")
    FOLLOW = "follow", _("you follow it")
    SEARCH = "search", _("it answers a search you saved")


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

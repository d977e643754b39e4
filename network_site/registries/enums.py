from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Category(models.TextChoices):
    """The spaces of the network, and what belongs to one's own account."""

    LIBRARY = "library", _("Library")
    PRACTICES = "practices", _("Good practices")
    EVENTS = "events", _("Exchange days")
    FORUMS = "forums", _("Discussions")
    ACCOUNT = "account", _("My membership")


class Level(models.TextChoices):
    """How much one wants to hear of something: the same four words everywhere."""

    ALL = "all", pgettext_lazy("level of a follow", "Everything")
    SUMMARY = "summary", pgettext_lazy("level of a follow", "Summary")
    MENTIONS = "mentions", pgettext_lazy("level of a follow", "Mentions")
    MUTE = "mute", pgettext_lazy("level of a follow", "Nothing")


class Reason(models.TextChoices):
    """Why a person receives an item; the code orders them, the first one wins."""

    MENTION = "mention", _("you are named in it")
    OWN = "own", _("it follows what you wrote or where you are registered")
    FOLLOW = "follow", _("you follow it")
    SEARCH = "search", _("it answers a search you saved")

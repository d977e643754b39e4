from django.db import models
from django.utils.translation import gettext_lazy as _


class TextState(models.TextChoices):
    """What the site found when it opened a file, in the words its readers are told.

    Only what was looked at: that a file holds text does not tell whether a screen reader
    reads it in order, or names its images.
    """

    TEXT = "text", _("Contains text")
    NO_TEXT = "no_text", _("No text was found in it: it is probably a scan")
    ENCRYPTED = "encrypted", _("Protected by a password")
    DAMAGED = "damaged", _("Damaged: it may not open")
    UNREAD = "unread", _("The site could not read its text")

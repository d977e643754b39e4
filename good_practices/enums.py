from django.db import models
from django.utils.translation import gettext_lazy as _


class PracticeLevel(models.TextChoices):
    """How far a practice has been examined; a line of stations, in this order."""

    TESTIMONY = "testimony", _("Reported")
    DESCRIBED = "described", _("Described")
    EXAMINED = "examined", _("Examined")
    PROVEN = "proven", _("Taken up elsewhere")


class MeasureAxis(models.TextChoices):
    """The three axes of the interministerial committee on equality and citizenship."""

    LIVING = "living", _("Living in the Republic")
    DAILY = "daily", _("The Republic, day to day")
    EVERYONE = "everyone", _("The Republic for everyone")

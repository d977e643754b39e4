from django.db import models
from django.utils.translation import gettext_lazy as _


class PracticeLevel(models.TextChoices):
    """How far a practice has been examined; a line of stations, in this order."""

    TESTIMONY = "testimony", _("Reported")
    DESCRIBED = "described", _("Described")
    EXAMINED = "examined", _("Examined")
    PROVEN = "proven", _("Taken up elsewhere")

    @property
    def rank(self):
        """Its place on the line, from 1."""
        return self._ranks()[self.value]

    @classmethod
    def _ranks(cls):
        return {value: place for place, value in enumerate(cls.values, 1)}


class MeasureAxis(models.TextChoices):
    """The three axes of the interministerial committee on equality and citizenship."""

    LIVING = "living", _("Living in the Republic")
    DAILY = "daily", _("The Republic, day to day")
    EVERYONE = "everyone", _("The Republic for everyone")


class DraftStanding(models.TextChoices):
    """Where a member's practice stands; read from the workflow, stored nowhere."""

    DRAFT = "draft", _("Draft")
    IN_EXAMINATION = "in_examination", _("In examination")
    CHANGES_ASKED = "changes_asked", _("Changes asked")
    PUBLISHED = "published", _("Published")

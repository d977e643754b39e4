from django.db import models
from django.utils.translation import gettext_lazy as _


class AttendanceMode(models.TextChoices):
    """schema.org eventAttendanceMode."""

    ON_SITE = "on_site", _("on site")
    REMOTE = "remote", _("remotely")
    MIXED = "mixed", _("on site and remotely")


class RegistrationStatus(models.TextChoices):
    CONFIRMED = "confirmed", _("registered")
    WAITLISTED = "waitlisted", _("on the waiting list")
    CANCELLED = "cancelled", _("cancelled")


class RegistrationMode(models.TextChoices):
    ON_SITE = "on_site", _("on site")
    REMOTE = "remote", _("remotely")

from django.db import models
from django.utils.translation import gettext_lazy as _


class ExportStatus(models.TextChoices):
    """Where a copy of one's own data stands."""

    WAITING = "waiting", _("being prepared")
    READY = "ready", _("ready")
    FAILED = "failed", _("not made")
    GONE = "gone", _("erased")


class DepartureCause(models.TextChoices):
    """Why an account is erased."""

    ASKED = "asked", _("asked by the person")
    INACTIVITY = "inactivity", _("unused for too long")


class Signature(models.TextChoices):
    """Under which words what somebody wrote stays when they leave."""

    FORMER_M = "former_m", _("former member (masculine in French)")
    FORMER_F = "former_f", _("former member (feminine in French)")
    NAME = "name", _("their name")

from django.db import models
from django.utils.translation import gettext_lazy as _


class DispatchStatus(models.TextChoices):
    """Where the sending of an issue stands; without a Dispatch it is not planned."""

    SCHEDULED = "scheduled", _("scheduled")
    SENDING = "sending", _("leaving")
    SENT = "sent", _("sent")
    STOPPED = "stopped", _("stopped")


class Audience(models.TextChoices):
    """Who an issue is sent to."""

    ALL = "all", _("Members and people subscribed without an account")
    MEMBERS = "members", _("Only the members")
    SUBSCRIBERS = "subscribers", _("Only the people subscribed without an account")


class ContributionStatus(models.TextChoices):
    WAITING = "waiting", _("waiting for an answer")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("not kept")

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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

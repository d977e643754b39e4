"""The journal of what was sent."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SendStatus(models.TextChoices):
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    UNCERTAIN = "uncertain", _("uncertain: interrupted while being sent")


class SentMail(models.Model):
    """One mail handed to the mail server; the constraint keeps it from going twice."""

    key = models.CharField(_("key of the mail"), max_length=200, unique=True)
    template = models.CharField(_("template of the mail"), max_length=120)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recipient"),
        on_delete=models.CASCADE,
        related_name="sent_mails",
        null=True,
        blank=True,
    )
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=SendStatus.choices,
        default=SendStatus.SENDING,
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    class Meta:
        verbose_name = _("sent mail")
        verbose_name_plural = _("sent mails")
        ordering = ["-pk"]

    def __str__(self):
        return self.key

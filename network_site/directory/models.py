from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from network_site.members.models import Organization

LONGEST_SUBJECT = 150
LONGEST_BODY = 5000


def _person(label, related_name):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name=related_name,
        verbose_name=label,
    )


class ContactMessage(models.Model):
    """A message of the relay: to a person or to an organisation, or an organisation's answer.

    Without a recipient it goes to the organisation; without a sender it comes from it. Its
    words are erased after thirty days (timetable.erase_old_messages).
    """

    sender = _person(_("sender"), "contact_messages_sent")
    recipient = _person(_("recipient"), "contact_messages_received")
    organization = models.ForeignKey(
        Organization,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="contact_messages",
        verbose_name=_("organisation"),
    )
    answers = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="answers_received",
        verbose_name=_("answers"),
    )
    subject = models.CharField(_("subject"), max_length=LONGEST_SUBJECT, blank=True)
    body = models.TextField(_("message"), max_length=LONGEST_BODY, blank=True)
    form_token = models.UUIDField(unique=True, editable=False)
    sent_at = models.DateTimeField(_("sent at"), db_index=True)
    erased_at = models.DateTimeField(_("words erased at"), null=True, blank=True)
    reported_at = models.DateTimeField(_("reported at"), null=True, blank=True)
    report_comment = models.TextField(
        _("what is reported"), max_length=1000, blank=True
    )

    class Meta:
        verbose_name = _("message of the relay")
        verbose_name_plural = _("messages of the relay")
        ordering = ["-sent_at", "-pk"]
        indexes = [
            models.Index(fields=["sender", "sent_at"], name="directory_message_sender")
        ]

    def __str__(self):
        return f"{self.pk}"


class ContactBlock(models.Model):
    """A person, or an organisation, who receives nothing more from one member."""

    recipient = _person(_("recipient"), "contact_blocks")
    organization = models.ForeignKey(
        Organization,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="contact_blocks",
        verbose_name=_("organisation"),
    )
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="contact_blocks_against",
        verbose_name=_("refused sender"),
    )
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("refused sender")
        verbose_name_plural = _("refused senders")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "sender"],
                condition=models.Q(recipient__isnull=False),
                name="directory_block_person_unique",
            ),
            models.UniqueConstraint(
                fields=["organization", "sender"],
                condition=models.Q(organization__isnull=False),
                name="directory_block_body_unique",
            ),
        ]

    def __str__(self):
        return f"{self.pk}"

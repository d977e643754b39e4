"""The mails that leave: queue and journal in one table, and the health of addresses."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network_site.core.claims import free
from network_site.mailing.enums import (
    Mailer,
    MailStatus,
)
from network_site.mailing.refusals import Cause

# Their tables were made by the notifications and keep their names (docs/decisions/0019).
APP_LABEL = "notifications"


class OutgoingMailQuerySet(models.QuerySet):
    def due(self, now=None):
        """Mails whose time to leave has come and that nobody is working on."""
        now = now or timezone.now()
        return self.filter(
            free(now), status=MailStatus.QUEUED, next_attempt_at__lte=now
        )


class OutgoingMail(models.Model):
    """One mail to one address: waiting, gone, refused, or interrupted half-way.

    The body is not kept: it is written when the mail leaves, from what the person may read
    at that moment. `key` keeps the same mail from ever leaving twice.
    """

    key = models.CharField(_("key of the mail"), max_length=200, unique=True)
    # Who builds it: "templated", "item", "digest", "newsletter" (notifications.queue).
    kind = models.CharField(_("kind of mail"), max_length=20)
    # The notification of the registry it carries ("events.registration_confirmed").
    notification = models.CharField(_("notification"), max_length=80, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="outgoing_mails",
        verbose_name=_("person"),
    )
    address = models.EmailField(_("address"))
    # What the builder needs: an item, an issue of the newsletter, a subscription.
    reference = models.PositiveBigIntegerField(_("about"), null=True, blank=True)
    mailer = models.CharField(
        _("sent"), max_length=8, choices=Mailer, default=Mailer.DEFAULT
    )
    subject = models.CharField(_("subject"), max_length=250, blank=True)
    message_id = models.CharField(_("identifier"), max_length=200, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=MailStatus, default=MailStatus.QUEUED
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    claimed_by = models.CharField(_("claimed by"), max_length=64, blank=True)
    claimed_until = models.DateTimeField(_("claimed until"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        app_label = APP_LABEL
        verbose_name = _("mail sent")
        verbose_name_plural = _("mails sent")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["mailer", "next_attempt_at", "id"],
                condition=Q(status=MailStatus.QUEUED),
                name="notifications_mail_due",
            ),
            models.Index(
                fields=["claimed_by"],
                condition=Q(status=MailStatus.SENDING),
                name="notifications_mail_sending",
            ),
            models.Index(fields=["mailer", "sent_at"], name="notifications_mail_rate"),
            models.Index(fields=["kind", "reference"], name="notifications_mail_about"),
        ]

    def __str__(self):
        return self.key


class AddressHealth(models.Model):
    """What the mail servers said of an address; two hard refusals suspend it, or a complaint."""

    address = models.EmailField(_("address"), unique=True)
    hard_bounces = models.PositiveSmallIntegerField(_("hard refusals"), default=0)
    last_bounced_at = models.DateTimeField(_("last refusal"), null=True, blank=True)
    # Its reader reported one of our mails as unwanted (RFC 5965).
    complained_at = models.DateTimeField(_("reported at"), null=True, blank=True)
    suspended_at = models.DateTimeField(_("suspended at"), null=True, blank=True)

    class Meta:
        app_label = APP_LABEL
        verbose_name = _("address that refuses")
        verbose_name_plural = _("addresses that refuse")
        ordering = ["address"]

    def __str__(self):
        return self.address


class Burst(models.Model):
    """Many addresses refused by one server for one reason within a short time.

    A server that is out of order says so of everybody: nothing is held against the addresses
    until a person has looked.
    """

    host = models.CharField(_("server"), max_length=200)
    cause = models.CharField(_("reason"), max_length=12, choices=Cause)
    first_at = models.DateTimeField(_("first refusal"))
    last_at = models.DateTimeField(_("last refusal"))
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    # What was decided then: the addresses are wrong, or the server was.
    is_counted = models.BooleanField(_("counted against the addresses"), default=False)

    class Meta:
        app_label = APP_LABEL
        verbose_name = _("burst of refusals")
        verbose_name_plural = _("bursts of refusals")
        ordering = ["-last_at", "-pk"]
        indexes = [
            models.Index(
                fields=["host", "cause", "last_at"], name="notifications_burst_recent"
            )
        ]

    def __str__(self):
        return f"{self.host}: {self.get_cause_display()}"


class Bounce(models.Model):
    """A mail that came back, as its report says (RFC 3464)."""

    # The report's own identifier: the same report read twice counts once.
    report_id = models.CharField(_("report"), max_length=200, unique=True)
    mail = models.ForeignKey(
        OutgoingMail,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="bounces",
        verbose_name=_("mail"),
    )
    address = models.EmailField(_("address"), db_index=True)
    is_hard = models.BooleanField(_("for good"))
    # Whether it was counted against the address.
    is_charged = models.BooleanField(_("counted against the address"), default=False)
    cause = models.CharField(_("reason"), max_length=12, choices=Cause, blank=True)
    host = models.CharField(_("server"), max_length=200, blank=True)
    burst = models.ForeignKey(
        Burst,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="bounces",
        verbose_name=_("burst of refusals"),
    )
    status = models.CharField(_("status code"), max_length=12, blank=True)
    diagnostic = models.TextField(_("what the server said"), blank=True)
    received_at = models.DateTimeField(_("received at"), default=timezone.now)

    class Meta:
        app_label = APP_LABEL
        verbose_name = _("returned mail")
        verbose_name_plural = _("returned mails")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["host", "cause", "received_at"],
                name="notifications_bounce_alike",
            )
        ]

    def __str__(self):
        return f"{self.address} {self.status}"

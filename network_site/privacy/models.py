from django.conf import settings
from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from network_site.privacy.enums import DepartureCause, ExportStatus, Signature


def new_key():
    """The name of something that nobody must guess."""
    return get_random_string(40)


class Export(models.Model):
    """A copy of somebody's own data, asked for by them; the file lasts a few days."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="data_exports",
        verbose_name=_("person"),
    )
    status = models.CharField(
        _("status"), max_length=8, choices=ExportStatus, default=ExportStatus.WAITING
    )
    # The name of the file in the folder of exports; never shown, never an address.
    key = models.CharField(max_length=40, default=new_key, unique=True, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    asked_at = models.DateTimeField(_("asked at"))
    ready_at = models.DateTimeField(_("ready at"), null=True, blank=True)
    expires_at = models.DateTimeField(_("erased at"), null=True, blank=True)

    class Meta:
        verbose_name = _("copy of one's own data")
        verbose_name_plural = _("copies of one's own data")
        ordering = ["-asked_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(status=ExportStatus.WAITING),
                name="privacy_export_one_waiting",
            )
        ]

    def __str__(self):
        return f"{self.user_id} {self.status}"


class Departure(models.Model):
    """Somebody leaves: asked, thought over, carried out; then a receipt without a name."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="departures",
        verbose_name=_("person"),
    )
    cause = models.CharField(
        _("cause"),
        max_length=10,
        choices=DepartureCause,
        default=DepartureCause.ASKED,
    )
    signature = models.CharField(
        _("signs as"),
        max_length=8,
        choices=Signature,
        default=Signature.FORMER_M,
    )
    asked_at = models.DateTimeField(_("asked at"))
    due_at = models.DateTimeField(_("carried out from"), db_index=True)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("given up at"), null=True, blank=True)
    begun_at = models.DateTimeField(_("begun at"), null=True, blank=True)
    # Held from the beginning to the end of the erasure, for words and the receipt.
    held = models.JSONField(default=dict, blank=True, editable=False)
    # What each category did, in their order (services.erasure); words without a name.
    lines = models.JSONField(_("receipt"), default=list, blank=True)
    receipt_key = models.CharField(
        max_length=40, default=new_key, unique=True, editable=False
    )
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True)

    class Meta:
        verbose_name = _("departure")
        verbose_name_plural = _("departures")
        ordering = ["-asked_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(cancelled_at=None, erased_at=None),
                name="privacy_departure_one_open",
            )
        ]

    def __str__(self):
        return f"{self.user_id} {self.due_at:%Y-%m-%d}"

    @property
    def is_open(self):
        """Whether the person may still change their mind."""
        return self.cancelled_at is None and self.begun_at is None

    @property
    def keeps_name(self):
        return self.signature == Signature.NAME


class Presence(models.Model):
    """The last time somebody answered that they stay, without logging in."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="presence",
        verbose_name=_("person"),
    )
    confirmed_at = models.DateTimeField(_("stays, said at"))

    class Meta:
        verbose_name = _("answer to a notice")
        verbose_name_plural = _("answers to notices")
        default_permissions = ()

    def __str__(self):
        return f"{self.user_id} {self.confirmed_at:%Y-%m-%d}"


class InactivityNotice(models.Model):
    """One of the two notices of an unused account; `last_active_at` names the absence."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="inactivity_notices",
        verbose_name=_("person"),
    )
    number = models.PositiveSmallIntegerField(_("notice"))
    last_active_at = models.DateTimeField(_("last seen"))
    asked_at = models.DateTimeField(_("written at"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    # The address refuses mails: the administrator is told, nothing is erased.
    is_undeliverable = models.BooleanField(_("cannot be delivered"), default=False)

    class Meta:
        verbose_name = _("notice of an unused account")
        verbose_name_plural = _("notices of unused accounts")
        ordering = ["asked_at", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["user", "number", "last_active_at"],
                name="privacy_notice_once",
            )
        ]

    def __str__(self):
        return f"{self.user_id} {self.number}"

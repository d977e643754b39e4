"""What happened, and to whom it was told: the log of each (member, item), once."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from network_site.mailing.models import OutgoingMail
from network_site.notifications.enums import Channel
from network_site.registries.enums import (
    Category,
    Reason,
)


class Item(models.Model):
    """Something that happened to an object of a space, once whatever is saved again."""

    # The name of an ItemNotification of the registry ("forums.post").
    name = models.CharField(_("notification"), max_length=60)
    object_id = models.PositiveBigIntegerField(_("object"))
    # Tells happenings of one object apart ("v3", "repealed"); empty for the first.
    variant = models.CharField(_("what happened"), max_length=40, blank=True)
    category = models.CharField(_("space"), max_length=10, choices=Category)
    # The person who did it is not told of it.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    # Where it is read, without the host: opening that address marks it as read.
    path = models.CharField(_("address"), max_length=400, blank=True, db_index=True)
    occurred_at = models.DateTimeField(_("occurred at"), db_index=True)
    created_at = models.DateTimeField(_("noted at"), auto_now_add=True)

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        ordering = ["-occurred_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "object_id", "variant"], name="notifications_item_once"
            )
        ]

    def __str__(self):
        return f"{self.name}:{self.object_id}{self.variant and ':' + self.variant}"


class Delivery(models.Model):
    """One item for one person: the constraint is what keeps it from reaching them twice."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="deliveries",
        # The constraint below begins with it.
        db_index=False,
        verbose_name=_("person"),
    )
    item = models.ForeignKey(
        Item,
        on_delete=models.CASCADE,
        related_name="deliveries",
        verbose_name=_("item"),
    )
    reason = models.CharField(
        _("reason"), max_length=8, choices=Reason, default=Reason.FOLLOW
    )
    # What is followed, as "kind:target", to say why and to change it from the mail.
    via = models.CharField(_("through"), max_length=60, blank=True)
    channel = models.CharField(
        _("way"), max_length=8, choices=Channel, default=Channel.DIGEST
    )
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    # Set in the transaction that says "being sent": a mail is never tried again after it.
    mailed_at = models.DateTimeField(_("mailed at"), null=True, blank=True)
    mail = models.ForeignKey(
        OutgoingMail,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="deliveries",
        verbose_name=_("mail"),
    )

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-item_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "item"], name="notifications_delivery_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["user", "item"],
                condition=models.Q(read_at=None),
                name="notifications_unread",
            ),
            models.Index(
                fields=["user"],
                condition=models.Q(read_at=None, mailed_at=None),
                name="notifications_untold",
            ),
        ]

    def __str__(self):
        return f"{self.user_id} ← {self.item_id}"

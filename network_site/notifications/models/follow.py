"""What a person follows, and when they want to hear of it."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from network_site.notifications.enums import Rhythm
from network_site.registries.enums import Level


class MailSettings(models.Model):
    """When a person hears from the network; one row, made when it is first needed."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="mail_settings",
        verbose_name=_("person"),
    )
    rhythm = models.CharField(
        _("rhythm"), max_length=8, choices=Rhythm, default=Rhythm.WEEKLY
    )
    # Null: the network's own hours, 7 h every day, 8 h on Tuesdays.
    hour = models.PositiveSmallIntegerField(
        _("hour of the summary"),
        null=True,
        blank=True,
        validators=[MinValueValidator(5), MaxValueValidator(21)],
    )
    # {category: rhythm} where it differs from the general one.
    category_rhythms = models.JSONField(_("rhythm by space"), default=dict, blank=True)
    # Names of the notifications that the person switched off.
    switched_off = models.JSONField(_("switched off"), default=list, blank=True)
    paused_from = models.DateField(_("pause, first day"), null=True, blank=True)
    paused_until = models.DateField(_("pause, last day"), null=True, blank=True)
    wants_newsletter = models.BooleanField(_("newsletter"), default=True)
    # When the three questions of the beginning were answered, or skipped.
    onboarded_at = models.DateTimeField(_("welcomed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("mail settings")
        verbose_name_plural = _("mail settings")

    def __str__(self):
        return f"{self.user_id} {self.rhythm}"

    def rhythm_of(self, category):
        """The rhythm for a space: its own, or the general one."""
        return self.category_rhythms.get(category) or self.rhythm


class DigestSchedule(models.Model):
    """When the next summary of one rhythm is due to a person; no arithmetic on past runs."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="digest_schedules",
        verbose_name=_("person"),
    )
    rhythm = models.CharField(_("rhythm"), max_length=8, choices=Rhythm)
    due_at = models.DateTimeField(_("due at"), db_index=True)

    class Meta:
        verbose_name = _("time of a summary")
        verbose_name_plural = _("times of summaries")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "rhythm"], name="notifications_schedule_once"
            )
        ]

    def __str__(self):
        return f"{self.user_id} {self.rhythm} {self.due_at:%Y-%m-%d %H:%M}"


class Follow(models.Model):
    """A person's level for one thing; without a row, the thing's default holds.

    `kind` names a Followable of the registry, `target` the object (its primary key, or the
    code of a space).
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="follows",
        verbose_name=_("person"),
    )
    kind = models.CharField(_("kind"), max_length=16)
    target = models.CharField(_("object"), max_length=40)
    level = models.CharField(
        _("level"), max_length=8, choices=Level, default=Level.SUMMARY
    )
    # Made by taking part (writing in a thread, registering), not by choosing it.
    is_automatic = models.BooleanField(_("by taking part"), default=False)
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "target"], name="notifications_follow_once"
            )
        ]
        indexes = [
            models.Index(fields=["kind", "target"], name="notifications_followers")
        ]

    def __str__(self):
        return f"{self.user_id} {self.kind}:{self.target} {self.level}"

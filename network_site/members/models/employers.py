from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from network_site.members.enums import CheckReason
from network_site.members.models.organizations import Organization
from network_site.members.models.profiles import Profile


class EmployerCheck(models.Model):
    """A question about where somebody works, for those who run the network."""

    profile = models.ForeignKey(
        Profile,
        on_delete=models.CASCADE,
        related_name="employer_checks",
        verbose_name=_("profile"),
    )
    # The body in question: the one said to be left, or whose address is still used.
    organization = models.ForeignKey(
        Organization,
        on_delete=models.CASCADE,
        related_name="employer_checks",
        verbose_name=_("organisation"),
    )
    reason = models.CharField(_("reason"), max_length=8, choices=CheckReason)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked by"),
    )
    created_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    handled_at = models.DateTimeField(_("handled at"), null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("handled by"),
    )

    class Meta:
        verbose_name = _("question about an employer")
        verbose_name_plural = _("questions about employers")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "organization", "reason"],
                condition=models.Q(handled_at=None),
                name="members_employer_check_once",
            )
        ]

    def __str__(self):
        return f"{self.profile_id} {self.reason} {self.organization_id}"

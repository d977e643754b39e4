from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from network_site.members.enums import SponsorshipStatus
from network_site.members.models.organizations import Organization
from network_site.members.models.profiles import Profile


class EmailDomain(models.Model):
    """An e-mail domain of the field, matched on whole labels: whose it is, whether it admits."""

    domain = models.CharField(
        _("domain"),
        max_length=190,
        unique=True,
        help_text=_(
            "For example “ville-exemple.fr”; its sub-domains are admitted too."
        ),
    )
    organization = models.ForeignKey(
        Organization,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="email_domains",
        verbose_name=_("organisation"),
    )
    admits_at_once = models.BooleanField(
        _("admits at once"),
        default=True,
        help_text=_(
            "Without it, the domain is only shown to those who answer the requests."
        ),
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("e-mail domain")
        verbose_name_plural = _("e-mail domains")
        ordering = ["domain"]

    def __str__(self):
        return self.domain


class Sponsorship(models.Model):
    """A member asked to answer for somebody who wishes to join."""

    profile = models.ForeignKey(
        Profile,
        on_delete=models.CASCADE,
        related_name="sponsorships",
        verbose_name=_("request"),
    )
    # As the applicant wrote it: whether it is a member's is not told to them.
    sponsor_email = models.EmailField(_("address of the sponsor"))
    sponsor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="sponsorships",
        verbose_name=_("sponsor"),
    )
    status = models.CharField(
        _("answer"),
        max_length=10,
        choices=SponsorshipStatus,
        default=SponsorshipStatus.ASKED,
    )
    comment = models.TextField(_("comment"), blank=True, max_length=600)
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    class Meta:
        verbose_name = _("sponsorship")
        verbose_name_plural = _("sponsorships")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "sponsor_email"], name="members_sponsorship_unique"
            )
        ]

    def __str__(self):
        return f"{self.profile_id} ← {self.sponsor_email}"

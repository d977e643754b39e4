from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network_site.accounts.proofs import address_is_proven, is_proven
from network_site.members.enums import (
    AdmissionRoute,
    FieldVisibility,
    MembershipStatus,
)
from network_site.members.models.organizations import Organization
from network_site.taxonomies.models import Territory, Theme


def _visibility(label):
    return models.PositiveSmallIntegerField(
        label, choices=FieldVisibility, default=FieldVisibility.MEMBERS
    )


class ProfileQuerySet(models.QuerySet):
    def approved(self):
        return self.filter(status=MembershipStatus.APPROVED)

    def pending(self):
        """Requests waiting for a decision; the address has been proven by its code."""
        return self.filter(address_is_proven("user"), status=MembershipStatus.PENDING)

    def visible_to(self, user):
        """Sheets that `user` may open: what each says is permissions.field_filter's."""
        from network_site.members.permissions import profile_filter

        return self.filter(profile_filter(user))


class Profile(models.Model):
    """Who a person is at work, and where their membership stands."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="profile",
        verbose_name=_("user"),
    )
    organization = models.ForeignKey(
        Organization,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="profiles",
        verbose_name=_("organisation"),
    )
    organization_name = models.CharField(
        _("organisation, when not in the list"), max_length=200, blank=True
    )
    job_title = models.CharField(_("function"), max_length=160, blank=True)
    territory = models.ForeignKey(
        Territory,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="profiles",
        verbose_name=_("territory of action"),
    )
    themes = models.ManyToManyField(
        Theme, verbose_name=_("themes"), related_name="profiles", blank=True
    )
    presentation = models.TextField(_("presentation"), blank=True, max_length=1000)
    help_topics = models.TextField(_("help offered"), blank=True, max_length=400)
    # The name under which its files are kept (members.portraits); empty: none.
    portrait = models.CharField(max_length=40, blank=True, editable=False)
    accepts_contact = models.BooleanField(
        _("may be written to through the site"), default=True
    )
    # Who reads what. No field is shown more widely than the sheet itself.
    sheet_visibility = _visibility(_("the sheet, with the name"))
    job_title_visibility = _visibility(_("function"))
    organization_visibility = _visibility(_("organisation"))
    territory_visibility = _visibility(_("territory of action"))
    themes_visibility = _visibility(_("themes"))
    help_topics_visibility = _visibility(_("help offered"))
    languages_visibility = _visibility(_("languages"))
    presentation_visibility = _visibility(_("presentation"))
    portrait_visibility = _visibility(_("portrait"))
    # Folded words of the fields each audience may read, for the directory's search.
    words_everyone = models.TextField(editable=False, blank=True)
    words_members = models.TextField(editable=False, blank=True)
    words_spaces = models.TextField(editable=False, blank=True)
    # The folded name, last name first: what the directory is sorted by.
    name_key = models.CharField(
        max_length=310, editable=False, blank=True, db_index=True
    )
    is_fictitious = models.BooleanField(
        _("invented for the demonstration"), default=False, editable=False
    )
    status = models.CharField(
        _("membership"),
        max_length=10,
        choices=MembershipStatus,
        default=MembershipStatus.PENDING,
        db_index=True,
    )
    motivation = models.TextField(
        _("why they ask to join"), blank=True, max_length=1000
    )
    # Since when the request waits for an answer: from the proof of its address on.
    requested_at = models.DateTimeField(_("requested at"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decision_reason = models.TextField(_("reason of the decision"), blank=True)
    admission_route = models.CharField(
        _("admitted by"), max_length=12, choices=AdmissionRoute, blank=True
    )
    text_size = models.CharField(_("text size"), max_length=1, blank=True)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        ordering = ["user__last_name", "user__first_name", "pk"]
        indexes = [
            models.Index(fields=["-decided_at", "-id"], name="members_profile_recent"),
        ]

    def __str__(self):
        return str(self.user)

    def get_absolute_url(self):
        return reverse("person", args=[self.pk])

    @property
    def is_address_proven(self):
        return is_proven(self.user)

    @property
    def organization_label(self):
        """The body's name as it is shown: the sheet's, or the one typed."""
        return self.organization.label if self.organization else self.organization_name


class SpokenLanguage(models.Model):
    """A language in which a member can work."""

    profile = models.ForeignKey(
        Profile,
        on_delete=models.CASCADE,
        related_name="languages",
        verbose_name=_("profile"),
    )
    # ISO 639-1, or 639-3 where the former has none.
    code = models.CharField(_("language"), max_length=3)

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "code"], name="members_language_unique"
            )
        ]
        indexes = [models.Index(fields=["code"], name="members_language_code")]

    def __str__(self):
        return self.code


class Position(models.Model):
    """A function held for some time: what was written then keeps it."""

    profile = models.ForeignKey(
        Profile,
        on_delete=models.CASCADE,
        related_name="positions",
        verbose_name=_("profile"),
    )
    organization = models.ForeignKey(
        Organization,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="positions",
        verbose_name=_("organisation"),
    )
    organization_name = models.CharField(
        _("organisation, when not in the list"), max_length=200, blank=True
    )
    job_title = models.CharField(_("function"), max_length=160, blank=True)
    territory = models.ForeignKey(
        Territory,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("territory of action"),
    )
    started_at = models.DateTimeField(_("since"))
    # Empty: the present one.
    ended_at = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["profile", "-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile"],
                condition=models.Q(ended_at=None),
                name="members_position_one_present",
            )
        ]

    def __str__(self):
        return f"{self.profile_id} {self.job_title}"

"""What kind of group a group is: a role of the network, a body's own, or a private space's.

The name of a group is a word that an administrator may change: what a group is hangs on the
rows below. Which groups are those of private spaces is told by members.groups.
"""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _

from network_site.members.enums import BodyRole, RoleCode
from network_site.members.models.organizations import Organization


class Role(models.Model):
    """The group that holds a role of the network; it cannot be deleted while it does."""

    code = models.CharField(_("role"), max_length=20, unique=True, choices=RoleCode)
    group = models.OneToOneField(
        Group,
        on_delete=models.PROTECT,
        related_name="role",
        verbose_name=_("group"),
    )

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["pk"]

    def __str__(self):
        return self.get_code_display()


class BodyGroup(models.Model):
    """A group that belongs to one body: its contributors, or its curators."""

    group = models.OneToOneField(
        Group,
        on_delete=models.CASCADE,
        related_name="body_group",
        verbose_name=_("group"),
    )
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="body_groups",
        verbose_name=_("organisation"),
    )
    role = models.CharField(_("role"), max_length=12, choices=BodyRole)

    class Meta:
        verbose_name = _("group of a body")
        verbose_name_plural = _("groups of bodies")
        ordering = ["organization", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "role"], name="members_body_group_unique"
            )
        ]

    def __str__(self):
        return f"{self.organization_id} {self.role}"


class SpaceGrant(models.Model):
    """Why a person is in the group of a private space, and through which employer.

    Without an organisation the place is the person's own and follows them.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="space_grants",
        verbose_name=_("member"),
    )
    group = models.ForeignKey(
        Group,
        on_delete=models.CASCADE,
        related_name="space_grants",
        verbose_name=_("group"),
    )
    organization = models.ForeignKey(
        Organization,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="space_grants",
        verbose_name=_("through the organisation"),
    )
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("granted by"),
    )
    granted_at = models.DateTimeField(_("granted at"), auto_now_add=True)

    class Meta:
        verbose_name = _("place in a space")
        verbose_name_plural = _("places in spaces")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "group"], name="members_space_grant_unique"
            )
        ]

    def __str__(self):
        return f"{self.user_id} → {self.group_id}"

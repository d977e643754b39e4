from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel

from network_site.core.languages import leads_to
from network_site.media.models import SiteImage
from network_site.members.enums import OrganizationKind
from network_site.taxonomies.models import Figure, Territory, Theme


class OrganizationQuerySet(models.QuerySet):
    def listed(self):
        """Organisations with a sheet in the directory."""
        return self.filter(is_listed=True)

    def visible_to(self, user):
        """Those that `user` may open: a sheet is read by everyone."""
        return self.listed()


class Organization(ClusterableModel):
    """A body of the field, with its sheet in the directory; French text with its English."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    acronym = models.CharField(_("acronym"), max_length=30, blank=True)
    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganizationKind)
    territory = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="organizations",
        verbose_name=_("territory"),
        help_text=_("Empty for a national body."),
    )
    summary = models.TextField(_("summary"), blank=True, max_length=600)
    summary_en = models.TextField(_("summary in English"), blank=True, max_length=600)
    body = models.TextField(_("missions"), blank=True, help_text=_("In Markdown."))
    body_en = models.TextField(_("missions in English"), blank=True)
    # Fourteen figures whose key is checked by the form (members.siret).
    siret = models.CharField(_("SIRET number"), max_length=14, blank=True)
    logo = models.ForeignKey(
        SiteImage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
    )
    website = models.URLField(_("website"), blank=True)
    contact_label = models.CharField(_("contact point"), max_length=160, blank=True)
    contact_email = models.EmailField(_("address of the contact point"), blank=True)
    founded = models.CharField(_("created"), max_length=60, blank=True)
    dissolved = models.CharField(_("dissolved"), max_length=120, blank=True)
    source_citation = models.CharField(_("source"), max_length=400, blank=True)
    source_url = models.URLField(_("address of the source"), blank=True)
    themes = ParentalManyToManyField(
        Theme, verbose_name=_("themes"), related_name="organizations", blank=True
    )
    is_listed = models.BooleanField(_("shown in the directory"), default=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["siret"],
                condition=~models.Q(siret=""),
                name="members_organization_siret_unique",
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("organization", args=[self.slug])

    def clean(self):
        super().clean()
        if self.slug and not leads_to("organization", self.slug):
            raise ValidationError(
                {"slug": gettext("This address is taken: choose another one.")}
            )

    def _localized(self, field):
        if (get_language() or "").startswith("en"):
            return getattr(self, f"{field}_en") or getattr(self, field)
        return getattr(self, field)

    @property
    def label(self):
        """The name in the language of the interface."""
        return self._localized("name")

    @property
    def text_summary(self):
        """The summary in the language of the interface."""
        return self._localized("summary")

    @property
    def text_body(self):
        """The missions, in Markdown, in the language of the interface."""
        return self._localized("body")


class OrganizationFigure(Figure):
    organization = ParentalKey(
        Organization,
        on_delete=models.CASCADE,
        related_name="figures",
        verbose_name=_("organisation"),
    )

    class Meta(Figure.Meta):
        verbose_name = _("key figure")
        verbose_name_plural = _("key figures")


class BudgetLine(models.Model):
    """One line of a body's budget, in millions of euros, as its source states it."""

    organization = ParentalKey(
        Organization,
        on_delete=models.CASCADE,
        related_name="budget_lines",
        verbose_name=_("organisation"),
    )
    year = models.PositiveSmallIntegerField(_("year"))
    label = models.CharField(_("label"), max_length=200)
    label_en = models.CharField(_("label in English"), max_length=200, blank=True)
    amount = models.DecimalField(
        _("amount, in millions of euros"), max_digits=9, decimal_places=1
    )
    source = models.CharField(_("source"), max_length=400, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ["-year", "position", "pk"]

    def __str__(self):
        return f"{self.year} {self.label}"

    @property
    def text(self):
        """The label in the language of the interface."""
        if self.label_en and (get_language() or "").startswith("en"):
            return self.label_en
        return self.label


class Partnership(models.Model):
    """What one body does with another."""

    organization = ParentalKey(
        Organization,
        on_delete=models.CASCADE,
        related_name="partnerships",
        verbose_name=_("organisation"),
    )
    partner = models.ForeignKey(
        Organization,
        on_delete=models.CASCADE,
        related_name="partnerships_in",
        verbose_name=_("partner"),
    )
    description = models.CharField(
        _("what they do together"), max_length=400, blank=True
    )
    description_en = models.CharField(_("in English"), max_length=400, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "partner"], name="members_partnership_unique"
            )
        ]

    def __str__(self):
        return f"{self.organization_id} → {self.partner_id}"

    @property
    def text(self):
        """The description in the language of the interface."""
        if self.description_en and (get_language() or "").startswith("en"):
            return self.description_en
        return self.description


class ContactPoint(models.Model):
    """Where to write about a theme: a unit's address, never a person's."""

    label = models.CharField(_("label"), max_length=200)
    email = models.EmailField(_("e-mail address"))
    organization = models.ForeignKey(
        Organization,
        on_delete=models.CASCADE,
        related_name="contact_points",
        verbose_name=_("organisation"),
    )
    themes = models.ManyToManyField(
        Theme, verbose_name=_("themes"), related_name="contact_points", blank=True
    )
    territory = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contact_points",
        verbose_name=_("territory"),
    )
    source_citation = models.CharField(_("source"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("contact point")
        verbose_name_plural = _("contact points")
        ordering = ["label", "pk"]

    def __str__(self):
        return self.label


class OrganizationAlias(models.Model):
    """A name and an address that an organisation answers to since another joined it."""

    organization = models.ForeignKey(
        Organization,
        on_delete=models.CASCADE,
        related_name="aliases",
        verbose_name=_("organisation"),
    )
    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name


class OrganizationDelegate(models.Model):
    """A member who keeps the sheet of an organisation and sees its members."""

    organization = models.ForeignKey(
        Organization,
        on_delete=models.CASCADE,
        related_name="delegates",
        verbose_name=_("organisation"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="delegations",
        verbose_name=_("member"),
    )
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("named by"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("delegate")
        verbose_name_plural = _("delegates")
        ordering = ["organization", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "user"], name="members_delegate_unique"
            )
        ]

    def __str__(self):
        return f"{self.user_id} → {self.organization_id}"

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from network_site.taxonomies.enums import TerritoryKind


class Term(models.Model):
    """A word of a controlled list, with its labels in both languages (SKOS prefLabel)."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    description = models.TextField(_("description"), blank=True)
    description_en = models.TextField(_("description in English"), blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.label

    @property
    def label(self):
        """The name in the language of the interface, French where English is missing."""
        if self.name_en and (get_language() or "").startswith("en"):
            return self.name_en
        return self.name

    @property
    def text(self):
        """The description in the language of the interface."""
        if self.description_en and (get_language() or "").startswith("en"):
            return self.description_en
        return self.description


class Theme(MP_Node, Term):
    """A field of action; a tree, so that a narrower theme is found under its broader one."""

    alt_labels = models.JSONField(
        _("other labels"),
        default=list,
        blank=True,
        help_text=_("SKOS altLabel: synonyms."),
    )
    node_order_by = ["position", "name"]
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    def get_absolute_url(self):
        return reverse("theme", args=[self.slug])


class Ground(Term):
    """A ground of discrimination named by the law."""

    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("ground of discrimination")
        verbose_name_plural = _("grounds of discrimination")
        ordering = ["position", "name", "pk"]


class TargetGroup(Term):
    """People a practice serves."""

    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")
        ordering = ["position", "name", "pk"]


class Programme(Term):
    """A public programme (PRE, ASV, adulte-relais…), with its figures."""

    acronym = models.CharField(_("acronym"), max_length=20, blank=True)
    body = models.TextField(_("text"), blank=True, help_text=_("In Markdown."))
    body_en = models.TextField(_("text in English"), blank=True)
    source_citation = models.CharField(_("source"), max_length=400, blank=True)
    source_url = models.URLField(_("address of the source"), blank=True)
    themes = models.ManyToManyField(
        Theme, verbose_name=_("themes"), related_name="programmes", blank=True
    )

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["name", "pk"]

    def get_absolute_url(self):
        return reverse("programme", args=[self.slug])


class Figure(models.Model):
    """A figure as a source states it; the value stays text ("près de 30 000")."""

    label = models.CharField(_("label"), max_length=250)
    label_en = models.CharField(_("label in English"), max_length=250, blank=True)
    value = models.CharField(_("value"), max_length=60)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    year = models.CharField(_("year"), max_length=20, blank=True)
    source = models.CharField(_("source"), max_length=400, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self):
        return f"{self.value} {self.label}"

    @property
    def text(self):
        """The label in the language of the interface."""
        if self.label_en and (get_language() or "").startswith("en"):
            return self.label_en
        return self.label


class ProgrammeFigure(Figure):
    programme = models.ForeignKey(
        Programme,
        on_delete=models.CASCADE,
        related_name="figures",
        verbose_name=_("programme"),
    )

    class Meta(Figure.Meta):
        verbose_name = _("figure of a programme")
        verbose_name_plural = _("figures of programmes")


class TerritoryQuerySet(models.QuerySet):
    def regions(self):
        return self.filter(kind=TerritoryKind.REGION)

    def departments(self):
        return self.filter(kind=TerritoryKind.DEPARTMENT)

    def communes(self):
        return self.filter(kind=TerritoryKind.COMMUNE)

    def mapped(self):
        """Territories that have a place on the map of the métropole."""
        return self.filter(map_x__isnull=False)

    def within(self, territory):
        """The territory and all below it (a région's départements and their communes)."""
        return self.filter(
            models.Q(pk=territory.pk)
            | models.Q(parent=territory)
            | models.Q(parent__parent=territory)
        )


class Territory(models.Model):
    """A place of the official geographic code (INSEE COG); parent is the next level up."""

    kind = models.CharField(_("kind"), max_length=12, choices=TerritoryKind)
    insee_code = models.CharField(
        _("official code"),
        max_length=9,
        help_text=_("INSEE code, or SIREN for an EPCI."),
    )
    name = models.CharField(_("name"), max_length=160)
    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("within"),
    )
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    map_x = models.FloatField(_("abscissa on the map"), null=True, blank=True)
    map_y = models.FloatField(_("ordinate on the map"), null=True, blank=True)

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "insee_code"], name="taxonomies_territory_code"
            )
        ]
        indexes = [
            models.Index(fields=["kind", "name"], name="taxonomies_territory_kind")
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("territory", args=[self.slug])

    @property
    def department(self):
        """The département it is or lies in, None above; reads `parent` for a commune or EPCI."""
        if self.kind == TerritoryKind.DEPARTMENT:
            return self
        if self.kind == TerritoryKind.REGION:
            return None
        return self.parent

    @property
    def full_name(self):
        """The name with its département: "Châteauroux, Indre"; reads `parent`."""
        if self.kind != TerritoryKind.COMMUNE or not self.parent:
            return self.name
        if self.parent.name == self.name:
            return self.name
        return f"{self.name}, {self.parent.name}"

    @property
    def is_overseas(self):
        """Whether the territory lies overseas (codes 97x and 98x, régions 01 to 06)."""
        if self.kind == TerritoryKind.REGION:
            return self.insee_code in {"01", "02", "03", "04", "06"}
        return self.kind != TerritoryKind.EPCI and self.insee_code.startswith(
            ("97", "98")
        )

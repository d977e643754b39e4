from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.search import index

from good_practices.enums import MeasureAxis, PracticeLevel
from network_site.members.models import Organization
from network_site.pages.models import BasePage
from network_site.pages.querysets import SitePageManager
from network_site.taxonomies.models import Figure


class PracticeIndexPage(BasePage):
    """The catalogue of good practices."""

    space = "pratique"
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = [
        "good_practices.GoodPracticePage",
        "good_practices.MeasureIndexPage",
    ]

    class Meta:
        verbose_name = _("catalogue of practices")
        verbose_name_plural = _("catalogues of practices")

    def serve(self, request, *args, **kwargs):
        from good_practices.views import practice_list

        return practice_list(request, self)


class MeasureIndexPage(BasePage):
    """The national measures, by axis; axes without a measure are shown empty."""

    space = "pratique"
    max_count = 1
    parent_page_types = ["good_practices.PracticeIndexPage"]
    subpage_types = ["good_practices.MeasurePage"]

    class Meta:
        verbose_name = _("national measures")
        verbose_name_plural = _("national measures")

    def serve(self, request, *args, **kwargs):
        from good_practices.views import measure_list

        return measure_list(request, self)


class MeasurePage(BasePage):
    """A national measure, which local practices implement."""

    space = "pratique"

    axis = models.CharField(
        _("axis"), max_length=10, choices=MeasureAxis, default=MeasureAxis.DAILY
    )
    sessions = models.JSONField(
        _("sessions of the committee"),
        default=list,
        blank=True,
        help_text=_("Numbers of the sessions that decided it, for example [1, 3]."),
    )
    body = models.TextField(_("text"), blank=True, help_text=_("In Markdown."))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    parent_page_types = ["good_practices.MeasureIndexPage"]
    subpage_types = []
    search_fields = BasePage.search_fields + [index.SearchField("body")]
    content_panels = BasePage.content_panels + [
        FieldRowPanel(
            [FieldPanel("axis"), FieldPanel("sessions"), FieldPanel("position")]
        ),
        FieldPanel("body"),
        InlinePanel("figures", label=_("Figure"), heading=_("Figures")),
        MultiFieldPanel(BasePage.terms_panels, heading=_("Filing")),
        BasePage.related_panel,
        BasePage.source_panel,
    ]

    class Meta:
        verbose_name = _("national measure")
        verbose_name_plural = _("national measures")


class MeasureFigure(Figure):
    page = ParentalKey(MeasurePage, on_delete=models.CASCADE, related_name="figures")

    class Meta(Figure.Meta):
        verbose_name = _("figure of a measure")
        verbose_name_plural = _("figures of measures")


class GoodPracticePage(BasePage):
    """What was done somewhere, with what, with what result, and what did not work."""

    space = "pratique"

    measure = models.ForeignKey(
        MeasurePage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="practices",
        verbose_name=_("national measure"),
    )
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="practices",
        verbose_name=_("carried by"),
    )
    carriers = models.CharField(_("carried by, in words"), max_length=300, blank=True)
    started = models.CharField(
        _("since"), max_length=40, blank=True, help_text=_("A year or a month.")
    )
    started_year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    context = models.TextField(
        _("context"), blank=True, help_text=_("Why it was begun.")
    )
    actions = models.TextField(_("what was done"), blank=True)
    results = models.TextField(_("results"), blank=True)
    resources = models.TextField(
        _("means"), blank=True, help_text=_("People, time, cost.")
    )
    partners = models.TextField(_("partners"), blank=True)
    lessons_learned = models.TextField(
        _("obstacles and what did not work"),
        blank=True,
        help_text=_("What would you tell a colleague before they begin?"),
    )
    legal_basis = models.TextField(_("legal basis"), blank=True)
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    adapted_from = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="adaptations",
        verbose_name=_("adapted from"),
    )

    objects = SitePageManager()

    parent_page_types = ["good_practices.PracticeIndexPage"]
    subpage_types = []
    search_fields = BasePage.search_fields + [
        index.SearchField(name)
        for name in (
            "context",
            "actions",
            "results",
            "resources",
            "partners",
            "lessons_learned",
        )
    ]
    content_panels = BasePage.content_panels + [
        FieldRowPanel([FieldPanel("measure"), FieldPanel("adapted_from")]),
        FieldRowPanel([FieldPanel("organization"), FieldPanel("carriers")]),
        FieldRowPanel([FieldPanel("started"), FieldPanel("started_year")]),
        FieldPanel("context"),
        FieldPanel("actions"),
        FieldPanel("results"),
        FieldPanel("resources"),
        FieldPanel("partners"),
        FieldPanel("lessons_learned"),
        FieldPanel("legal_basis"),
        FieldPanel("contact"),
        InlinePanel("figures", label=_("Figure"), heading=_("Figures")),
        MultiFieldPanel(BasePage.terms_panels, heading=_("Filing")),
        BasePage.related_panel,
        BasePage.source_panel,
    ]

    class Meta:
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")


class PracticeFigure(Figure):
    page = ParentalKey(
        GoodPracticePage, on_delete=models.CASCADE, related_name="figures"
    )

    class Meta(Figure.Meta):
        verbose_name = _("figure of a practice")
        verbose_name_plural = _("figures of practices")


class PracticeState(models.Model):
    """The live state of a practice: its level and the last confirmation, not page content."""

    page = models.OneToOneField(
        GoodPracticePage,
        on_delete=models.CASCADE,
        related_name="state",
        verbose_name=_("practice"),
    )
    level = models.CharField(
        _("level"),
        max_length=10,
        choices=PracticeLevel,
        default=PracticeLevel.TESTIMONY,
    )
    examined_on = models.DateField(_("examined on"), null=True, blank=True)
    examined_by = models.CharField(_("examined by"), max_length=160, blank=True)
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("state of a practice")
        verbose_name_plural = _("states of practices")

    def __str__(self):
        return self.get_level_display()

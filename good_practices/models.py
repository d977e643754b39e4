from django.conf import settings
from django.db import models
from django.template.defaultfilters import filesizeformat
from django.utils.functional import cached_property
from django.utils.text import get_text_list
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, PageManager
from wagtail.search import index

from good_practices.complete import lacks_of, year_in
from good_practices.enums import MeasureAxis, PracticeLevel
from good_practices.querysets import PracticeQuerySet
from network_site.core.past_dates import PastDateField
from network_site.members.models import Organization
from network_site.pages.models import BasePage, SpaceIndexPage
from network_site.taxonomies.enums import TerritoryKind
from network_site.taxonomies.models import Figure


def _ordinal(number):
    """Return "1re", "3e" in French (of a session), "1st", "3rd" in English."""
    if (get_language() or "fr").startswith("fr"):
        return "1re" if number == 1 else f"{number}e"
    ending = (
        "th"
        if number % 100 in (11, 12, 13)
        else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    )
    return f"{number}{ending}"


class PracticeIndexPage(SpaceIndexPage):
    """The catalogue of good practices."""

    space = "pratique"
    opens = "practices"
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = [
        "good_practices.GoodPracticePage",
        "good_practices.MeasureIndexPage",
    ]

    class Meta:
        verbose_name = _("catalogue of practices")
        verbose_name_plural = _("catalogues of practices")


class MeasureIndexPage(BasePage):
    """The national measures, by axis; axes without a measure are shown empty."""

    space = "pratique"
    max_count = 1
    parent_page_types = ["good_practices.PracticeIndexPage"]
    subpage_types = ["good_practices.MeasurePage"]

    class Meta:
        verbose_name = _("national measures")
        verbose_name_plural = _("national measures")


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

    @property
    def sessions_label(self):
        """At which sessions of the committee it was decided: "1st and 3rd sessions"."""
        numbers = [number for number in self.sessions if isinstance(number, int)]
        if not numbers:
            return gettext("session not stated")
        names = get_text_list([_ordinal(number) for number in numbers], gettext("and"))
        return ngettext("%(names)s session", "%(names)s sessions", len(numbers)) % {
            "names": names
        }


class MeasureFigure(Figure):
    page = ParentalKey(MeasurePage, on_delete=models.CASCADE, related_name="figures")

    class Meta(Figure.Meta):
        verbose_name = _("figure of a measure")
        verbose_name_plural = _("figures of measures")


class GoodPracticePage(BasePage):
    """What was done somewhere, with what, with what result, and what did not work."""

    space = "pratique"
    # Its mails are those of outbox_handlers: "a practice", not "a page".
    tells_its_examination = True

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
    place = models.CharField(
        _("place, in words"),
        max_length=160,
        blank=True,
        help_text=_("A district, a school, or a commune that is not in the list."),
    )
    started = models.CharField(
        _("since"), max_length=40, blank=True, help_text=_("A year or a month.")
    )
    started_year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    ended = models.CharField(
        _("until"),
        max_length=40,
        blank=True,
        help_text=_("When it stopped, if it did."),
    )
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

    objects = PageManager.from_queryset(PracticeQuerySet)()

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
        FieldPanel("place"),
        FieldRowPanel(
            [FieldPanel("started"), FieldPanel("started_year"), FieldPanel("ended")]
        ),
        FieldPanel("context"),
        FieldPanel("actions"),
        FieldPanel("results"),
        FieldPanel("resources"),
        FieldPanel("partners"),
        FieldPanel("lessons_learned"),
        FieldPanel("legal_basis"),
        FieldPanel("contact"),
        InlinePanel("figures", label=_("Figure"), heading=_("Figures")),
        InlinePanel("files", label=_("File"), heading=_("Files")),
        MultiFieldPanel(BasePage.terms_panels, heading=_("Filing")),
        BasePage.related_panel,
        BasePage.source_panel,
    ]

    class Meta:
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")

    def clean(self):
        """The year of the catalogue is the one of the words, unless another is given."""
        super().clean()
        if self.started_year is None:
            self.started_year = year_in(self.started)

    def lacks(self, children):
        return lacks_of(self, children)

    @cached_property
    def territories(self):
        """The territories it is filed under, in order; prefetched by `with_places`."""
        return [link.territory for link in self.territory_links.all()]

    @property
    def place_names(self):
        """The names of these territories."""
        return [place.name for place in self.territories]

    @property
    def place_label(self):
        """Where: "Châteauroux, Indre", "Dreux and Vernouillet, Eure-et-Loir", "La Réunion"."""
        places = self.territories
        for kind in (
            TerritoryKind.COMMUNE,
            TerritoryKind.DEPARTMENT,
            TerritoryKind.EPCI,
            TerritoryKind.REGION,
        ):
            if found := [place for place in places if place.kind == kind]:
                break
        else:
            return self.place
        if len(found) == 1:
            return found[0].full_name
        names = get_text_list([place.name for place in found], gettext("and"))
        parents = {place.parent for place in found}
        if kind == TerritoryKind.COMMUNE and len(parents) == 1:
            return f"{names}, {parents.pop().name}"
        return names

    @property
    def examined_level(self):
        """How far it was examined, from the side table; without a row it is a testimony."""
        state = getattr(self, "state", None) if self.pk else None
        return PracticeLevel(state.level if state else PracticeLevel.TESTIMONY)

    @cached_property
    def is_taken_up(self):
        """Whether an adaptation is published; set by `with_adaptations` in lists."""
        if not self.pk:
            return False
        return (
            type(self).objects.filter(pk=self.pk).with_adaptations().get().is_taken_up
        )

    @property
    def level(self):
        """The furthest it has come: taken up elsewhere, else how far it was examined."""
        return PracticeLevel.PROVEN if self.is_taken_up else self.examined_level

    @property
    def reached(self):
        """The ranks of the stations it has come to: one taken up was perhaps never read."""
        ranks = set(range(1, self.examined_level.rank + 1))
        return sorted(ranks | {self.level.rank})

    @property
    def card(self):
        """What templates/hot/cards.jinja needs; reads no database once prefetched."""
        level = self.level
        return {
            "type": "pratique",
            "title": self.title,
            "url": self.get_url(),
            "territory": self.place_label,
            "year": self.started_year,
            "level": level.rank,
            "level_label": str(level.label),
            "reached": self.reached,
            "passage": self.summary,
            "lang": self.lang,
        }


class PracticeFigure(Figure):
    page = ParentalKey(
        GoodPracticePage, on_delete=models.CASCADE, related_name="figures"
    )

    class Meta(Figure.Meta):
        verbose_name = _("figure of a practice")
        verbose_name_plural = _("figures of practices")


class PracticeFile(Orderable):
    """A document a colleague can take up: an agreement, a job sheet, a form."""

    page = ParentalKey(GoodPracticePage, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(
        "site_media.SiteDocument",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("document"),
    )
    title = models.CharField(_("title"), max_length=200, blank=True)

    panels = [FieldPanel("document"), FieldPanel("title")]

    class Meta(Orderable.Meta):
        verbose_name = _("file of a practice")
        verbose_name_plural = _("files of practices")

    @property
    def label(self):
        return self.title or self.document.title

    @property
    def details(self):
        """Its kind, pages and weight: "PDF, 6 pages, 180 KB"."""
        document = self.document
        parts = [document.file_extension.upper()]
        if document.page_count:
            parts.append(
                ngettext("%(n)s page", "%(n)s pages", document.page_count)
                % {"n": document.page_count}
            )
        if document.file_size:
            parts.append(filesizeformat(document.file_size))
        return ", ".join(filter(None, parts))


class PracticeState(models.Model):
    """The live state of a practice, not page content: what was done to it, by whom, when."""

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
    # By somebody who examines practices, other than its author.
    read_on = PastDateField(_("read before publication on"), null=True, blank=True)
    examined_on = PastDateField(_("examined on"), null=True, blank=True)
    examined_by = models.CharField(_("examined by"), max_length=160, blank=True)
    # Said by those who lead it, asked whether it still goes on: nothing else sets it.
    confirmed_on = PastDateField(_("confirmed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("state of a practice")
        verbose_name_plural = _("states of practices")

    def __str__(self):
        return self.get_level_display()


class PracticeSubmission(models.Model):
    """A practice begun by a member on the public site, and the form it came from.

    The token is made with the form: sent twice, it finds the draft it has already made.
    """

    page = models.OneToOneField(
        GoodPracticePage,
        on_delete=models.CASCADE,
        related_name="submission",
        verbose_name=_("practice"),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="practice_submissions",
        verbose_name=_("author"),
    )
    form_token = models.UUIDField(_("token of the form"), unique=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("submitted practice")
        verbose_name_plural = _("submitted practices")

    def __str__(self):
        return str(self.page_id)


class KeptText(models.Model):
    """What someone typed into a draft while another version of it was being saved."""

    page = models.ForeignKey(
        GoodPracticePage,
        on_delete=models.CASCADE,
        related_name="kept_texts",
        verbose_name=_("practice"),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("author"),
    )
    data = models.JSONField(_("text"))
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("text set aside")
        verbose_name_plural = _("texts set aside")

    def __str__(self):
        return str(self.page_id)

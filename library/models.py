from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from network_site.members.models import Organization
from network_site.pages.models import BasePage
from network_site.pages.querysets import SitePageManager

from .enums import DatePrecision, LegalStatus, StudyType, TextType

# Three letters of the ministry, one of the service, two digits of the year, five of the
# order, one letter of the nature: CPAM1826518D (décret n° 2018-1047 is one).
nor_validator = RegexValidator(
    r"^[A-Za-z]{4}\d{7}[A-Za-z]$",
    _("A NOR has four letters, seven digits and a letter, for example CPAM1826518D."),
)


class LibraryIndexPage(BasePage):
    """The virtual library."""

    space = "texte"
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["library.RegulatoryTextPage", "library.StudyPage"]

    class Meta:
        verbose_name = _("library")
        verbose_name_plural = _("libraries")

    def serve(self, request, *args, **kwargs):
        from .views import record_list

        return record_list(request, self)


class RecordPage(BasePage):
    """What a text and a study have in common, so that one list and one query serve both."""

    space = "texte"
    is_creatable = False

    nature = models.CharField(_("nature"), max_length=12, editable=False, db_index=True)
    reference = models.CharField(
        _("number"), max_length=60, blank=True, help_text=_("For example 2006-396.")
    )
    document_date = models.DateField(_("date"), null=True, blank=True, db_index=True)
    date_precision = models.CharField(
        _("known to the"),
        max_length=5,
        choices=DatePrecision,
        default=DatePrecision.DAY,
    )
    publisher = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="records",
        verbose_name=_("issued by"),
    )
    body = models.TextField(
        _("note on the text"), blank=True, help_text=_("In Markdown.")
    )
    body_html = models.TextField(editable=False, blank=True)
    official_url = models.URLField(_("official address"), max_length=400, blank=True)

    objects = SitePageManager()

    search_fields = BasePage.search_fields + [
        index.SearchField("body"),
        index.SearchField("reference"),
        index.FilterField("nature"),
        index.FilterField("document_date"),
    ]

    class Meta:
        verbose_name = _("record")
        verbose_name_plural = _("records")

    @property
    def nature_label(self):
        """The words for the nature, whatever the page type."""
        for choices in (TextType, StudyType):
            if self.nature in choices.values:
                return choices(self.nature).label
        return self.nature


class RegulatoryTextPage(RecordPage):
    """A law, a decree, a circular, an agreement: with its number, dates and legal status."""

    text_type = models.CharField(
        _("nature"), max_length=12, choices=TextType, default=TextType.LAW
    )
    nor = models.CharField(
        _("NOR"), max_length=12, blank=True, validators=[nor_validator], db_index=True
    )
    no_nor_reason = models.CharField(
        _("why there is no NOR"),
        max_length=200,
        blank=True,
        help_text=_("A circular has a NOR, or a reason for not having one."),
    )
    published_on = models.DateField(_("published on"), null=True, blank=True)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)

    parent_page_types = ["library.LibraryIndexPage"]
    subpage_types = []
    template = "library/record_page.html"
    search_fields = RecordPage.search_fields + [index.SearchField("nor")]

    content_panels = BasePage.content_panels[:1] + [
        FieldRowPanel(
            [FieldPanel("text_type"), FieldPanel("reference"), FieldPanel("nor")]
        ),
        FieldRowPanel(
            [
                FieldPanel("document_date"),
                FieldPanel("published_on"),
                FieldPanel("in_force_from"),
            ]
        ),
        FieldPanel("publisher"),
        FieldPanel("summary"),
        FieldPanel("body"),
        InlinePanel("files", label=_("File"), heading=_("Files")),
        FieldPanel("official_url"),
        FieldPanel("no_nor_reason"),
        MultiFieldPanel(BasePage.terms_panels, heading=_("Filing")),
        BasePage.related_panel,
        BasePage.source_panel,
    ]

    class Meta:
        verbose_name = _("regulatory text")
        verbose_name_plural = _("regulatory texts")

    def full_clean(self, *args, **kwargs):
        self.nature = self.text_type
        self.nor = self.nor.upper()
        super().full_clean(*args, **kwargs)

    def clean(self):
        super().clean()
        if (
            self.text_type == TextType.CIRCULAR
            and not self.nor
            and not self.no_nor_reason
            and self.live
        ):
            raise ValidationError(
                {"nor": _("Give the circular’s NOR, or say why it has none.")}
            )


class StudyPage(RecordPage):
    """A study, a report, a note, a guide: with its author and its extent."""

    study_type = models.CharField(
        _("nature"), max_length=12, choices=StudyType, default=StudyType.STUDY
    )
    authors = models.CharField(_("authors"), max_length=300, blank=True)
    extent = models.CharField(_("extent"), max_length=80, blank=True)

    parent_page_types = ["library.LibraryIndexPage"]
    subpage_types = []
    template = "library/record_page.html"
    search_fields = RecordPage.search_fields + [index.SearchField("authors")]

    content_panels = BasePage.content_panels[:1] + [
        FieldRowPanel(
            [
                FieldPanel("study_type"),
                FieldPanel("document_date"),
                FieldPanel("date_precision"),
            ]
        ),
        FieldRowPanel([FieldPanel("authors"), FieldPanel("publisher")]),
        FieldPanel("summary"),
        FieldPanel("body"),
        InlinePanel("files", label=_("File"), heading=_("Files")),
        FieldRowPanel([FieldPanel("official_url"), FieldPanel("extent")]),
        MultiFieldPanel(BasePage.terms_panels, heading=_("Filing")),
        BasePage.related_panel,
        BasePage.source_panel,
    ]

    class Meta:
        verbose_name = _("study")
        verbose_name_plural = _("studies")

    def full_clean(self, *args, **kwargs):
        self.nature = self.study_type
        super().full_clean(*args, **kwargs)


class RecordFile(Orderable):
    """A file of a record, with the words a reader needs before opening it."""

    page = ParentalKey(RecordPage, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        on_delete=models.PROTECT,
        related_name="record_links",
        verbose_name=_("document"),
    )
    label = models.CharField(_("label"), max_length=160, blank=True)

    panels = [FieldPanel("document"), FieldPanel("label")]

    class Meta(Orderable.Meta):
        verbose_name = _("file of a record")
        verbose_name_plural = _("files of records")


class LegalStatusEntry(models.Model):
    """One line of a text's legal history: live state, not page content.

    Publishing an older draft of the page must not bring a repealed text back into force.
    """

    page = models.ForeignKey(
        RegulatoryTextPage,
        on_delete=models.CASCADE,
        related_name="status_entries",
        verbose_name=_("text"),
    )
    status = models.CharField(_("status"), max_length=16, choices=LegalStatus)
    effective_on = models.DateField(_("since"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    checked_by = models.CharField(_("checked by"), max_length=160, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("legal status")
        verbose_name_plural = _("legal statuses")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.get_status_display()


class Provision(models.Model):
    """Where one provision of a text stands today, as a checker found it."""

    page = models.ForeignKey(
        RegulatoryTextPage,
        on_delete=models.CASCADE,
        related_name="provisions",
        verbose_name=_("text"),
    )
    article = models.CharField(_("article"), max_length=40)
    subject = models.CharField(_("what it provides"), max_length=300)
    status = models.CharField(_("status"), max_length=16, choices=LegalStatus)
    note = models.CharField(_("note"), max_length=200, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("provision")
        verbose_name_plural = _("provisions")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.article

import itertools
import re
from html import unescape

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.html import format_html, strip_tags
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Collection, Orderable
from wagtail.search import index

from library.enums import (
    STATUS_GLYPHS,
    DatePrecision,
    LegalStatus,
    StudyType,
    TextType,
    nature_label,
)
from library.page_forms import RecordForm, RegulatoryTextForm
from library.permissions import SectionPermissionTester
from library.querysets import LegalStatusQuerySet, RecordManager
from network_site.core.markdown import render_markdown
from network_site.core.past_dates import PastDateField
from network_site.core.templatetags.date_tags import (
    date_daymonth,
    date_mid,
)
from network_site.members.models import Organization
from network_site.pages.choosing import may_name
from network_site.pages.models import BasePage, SpaceIndexPage

_HEADING = re.compile(r'<h2 id="(s\d+)">(.*?)</h2>', re.DOTALL)

# Three letters of the ministry, one of the service, two digits of the year, five of the
# order, one letter of the nature: CPAM1826518D (décret n° 2018-1047 is one).
nor_validator = RegexValidator(
    r"^[A-Za-z]{4}\d{7}[A-Za-z]$",
    _("A NOR has four letters, seven digits and a letter, for example CPAM1826518D."),
)


def rendered_note(body):
    """The note on a text (Markdown) as safe HTML, an anchor at each of its headings."""
    number = itertools.count(1)
    return re.sub(
        r"<h2>",
        lambda _match: f'<h2 id="s{next(number)}">',
        render_markdown(body, heading_shift=0),
    )


class LibraryIndexPage(SpaceIndexPage):
    """The virtual library."""

    space = "texte"
    opens = "library"
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = [
        "library.LibrarySectionPage",
        "library.RegulatoryTextPage",
        "library.StudyPage",
    ]

    class Meta:
        verbose_name = _("library")
        verbose_name_plural = _("libraries")


class LibrarySectionPage(BasePage):
    """A body's own space in the library: where its contributors and curators work.

    Opened by services.open_body_space(), with its groups, its files' collection and its
    workflow. Readers find its records in the one list of the library, under its name.
    """

    space = "texte"
    is_creatable = False
    parent_page_types = ["library.LibraryIndexPage"]
    subpage_types = ["library.RegulatoryTextPage", "library.StudyPage"]
    preview_modes = []
    permission_tester = SectionPermissionTester
    content_panels = BasePage.content_panels[:1]

    # Two rows of one body only where two bodies became one.
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="library_sections",
        verbose_name=_("organisation"),
    )
    collection = models.ForeignKey(
        Collection,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("collection of files"),
    )

    class Meta:
        verbose_name = _("space of a body in the library")
        verbose_name_plural = _("spaces of bodies in the library")


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
        _("precision of the date"),
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
    # Rendered once, when it is written: every reader gets the same words.
    body_html = models.TextField(editable=False, blank=True)
    official_url = models.URLField(_("official address"), max_length=400, blank=True)

    objects = RecordManager()

    search_fields = BasePage.search_fields + [
        index.SearchField("body"),
        index.SearchField("reference"),
        index.FilterField("nature"),
        index.FilterField("document_date"),
    ]

    class Meta:
        verbose_name = _("record")
        verbose_name_plural = _("records")

    def full_clean(self, *args, **kwargs):
        self._derive()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self):
        self._derive()
        super().minimal_clean()

    @property
    def nature_label(self):
        """The words for the nature, whatever the page type."""
        return nature_label(self.nature)

    @property
    def section(self):
        """The space of the body where the record stands; None in the network's own part."""
        return LibrarySectionPage.objects.parent_of(self).first()

    def may_say(self, kind, target, *, parent=None):
        """A record says that it changes another one of the same body; those of the network's
        own part speak for the whole library, which its editors look after."""
        if super().may_say(kind, target, parent=parent):
            return True
        record = RecordPage.objects.filter(pk=target.pk).first()
        if record is None:
            return False
        own = _body_of(parent.specific if parent is not None else self)
        return own is None or own == _body_of(record)

    @property
    def is_study(self):
        return self.nature in StudyType.values

    @property
    def date_text(self):
        """The date as precisely as it is known: « 31 mars 2006 », « mars 2006 », « 2006 »."""
        if not self.document_date:
            return ""
        if self.date_precision == DatePrecision.YEAR:
            return str(self.document_date.year)
        if self.date_precision == DatePrecision.MONTH:
            return format_date(self.document_date, "F Y")
        return date_mid(self.document_date)

    @property
    def day_text(self):
        """The date but for its year: « 31 mars », « mars », nothing."""
        if not self.document_date or self.date_precision == DatePrecision.YEAR:
            return ""
        if self.date_precision == DatePrecision.MONTH:
            return format_date(self.document_date, "F")
        return date_daymonth(self.document_date)

    @property
    def identity(self):
        """What the record is, in full: « Loi n° 2006-396 du 31 mars 2006 »."""
        parts = {
            "nature": self.nature_label,
            "number": self.reference,
            "date": self.date_text,
        }
        is_day = self.date_precision == DatePrecision.DAY
        if self.reference and self.document_date and is_day:
            return gettext("%(nature)s no. %(number)s of %(date)s") % parts
        if self.reference:
            return gettext("%(nature)s no. %(number)s") % parts
        if self.document_date and is_day:
            return gettext("%(nature)s of %(date)s") % parts
        if self.document_date:
            return gettext("%(nature)s, %(date)s") % parts
        return self.nature_label

    @property
    def overline(self):
        """What stands above the title: the identity, without repeating the title."""
        if self.reference and self.reference in self.title:
            return self.nature_label
        return self.identity

    @property
    def sections(self):
        """The headings of the text: (anchor, words), for the list of contents."""
        return [
            (anchor, unescape(strip_tags(words)))
            for anchor, words in _HEADING.findall(self.body_html)
        ]

    @property
    def safe_body(self):
        """The rendered text, which `_derive` alone writes."""
        return mark_safe(self.body_html)  # noqa: S308 - from render_markdown

    def _derive(self):
        """Fill what follows from other fields; no effect outside of this row."""
        self.body_html = rendered_note(self.body)


def _body_of(page):
    """The key of the body in whose space `page` stands, or which the page is; or None."""
    section = LibrarySectionPage.objects.ancestor_of(page, inclusive=True).first()
    return section.organization_id if section is not None else None


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
    published_in = models.CharField(
        _("published in"),
        max_length=160,
        blank=True,
        help_text=_("For example Journal officiel, Official Journal of the EU."),
    )
    published_on = models.DateField(_("published on"), null=True, blank=True)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)

    parent_page_types = ["library.LibraryIndexPage", "library.LibrarySectionPage"]
    subpage_types = []
    template = "library/record_page.html"
    search_fields = RecordPage.search_fields + [index.SearchField("nor")]

    base_form_class = RegulatoryTextForm
    content_panels = BasePage.content_panels[:1] + [
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        FieldPanel("text_type"),
                        FieldPanel("reference"),
                        FieldPanel("nor"),
                    ]
                ),
                FieldPanel("no_nor_reason"),
                FieldRowPanel(
                    [FieldPanel("document_date"), FieldPanel("date_precision")]
                ),
                FieldRowPanel(
                    [
                        FieldPanel("published_on"),
                        FieldPanel("published_in"),
                        FieldPanel("in_force_from"),
                    ]
                ),
                FieldPanel("publisher"),
            ],
            heading=_("Identity of the text"),
        ),
        FieldPanel("summary"),
        FieldPanel("body"),
        InlinePanel("files", label=_("File"), heading=_("Files")),
        FieldPanel("official_url"),
        MultiFieldPanel(BasePage.terms_panels, heading=_("Filing")),
        BasePage.related_panel,
        BasePage.source_panel,
    ]

    class Meta:
        verbose_name = _("regulatory text")
        verbose_name_plural = _("regulatory texts")

    def _derive(self):
        super()._derive()
        self.nature = self.text_type
        self.nor = (self.nor or "").strip().upper()

    # Set by the editor's form while a draft is saved.
    is_kept_as_draft = False

    def clean(self):
        """What a published text must have; a draft may be kept without it."""
        super().clean()
        if (
            self.live
            and not self.is_kept_as_draft
            and (errors := self._errors_of_its_nor())
        ):
            raise ValidationError(errors)

    def lacks(self, children):
        """A text is found and cited by its number or its date; an agreement, by its source.

        A circular has a NOR or a reason for having none, and a NOR belongs to one record.
        """
        errors = self._errors_of_its_nor()
        known_by = [self.reference, self.nor, self.document_date, self.no_nor_reason]
        if self.text_type == TextType.AGREEMENT:
            known_by += [self.source_citation, self.source_url, self.official_url]
        if not any(known_by) and not errors:
            errors["document_date"] = gettext(
                "Give its number or its date: without either it can be neither found nor"
                " cited."
            )
        return errors

    def _errors_of_its_nor(self):
        if (
            self.text_type == TextType.CIRCULAR
            and not self.nor
            and not self.no_nor_reason
        ):
            return {"nor": gettext("Give the circular’s NOR, or say why it has none.")}
        other = None
        if self.nor:
            other = (
                RegulatoryTextPage.objects.filter(nor=self.nor, live=True)
                .exclude(pk=self.pk)
                .first()
            )
        if other is None:
            return {}
        if not may_name(other):
            return {
                "nor": gettext(
                    "This NOR is already that of a record that you may not open: ask an"
                    " administrator."
                )
            }
        return {
            "nor": format_html(
                gettext(
                    "This NOR is already that of “{title}”"
                    ' (<a href="{url}">record no. {pk}</a>).'
                    " Complete that record rather than making a second one."
                ),
                title=other.title,
                url=reverse("wagtailadmin_pages:edit", args=[other.pk]),
                pk=other.pk,
            )
        }

    @property
    def current_status(self):
        """The LegalStatusEntry that counts today, None when nobody recorded one."""
        if not self.pk:
            return None
        return self.status_entries.in_effect().first()


class StudyPage(RecordPage):
    """A study, a report, a note, a guide: with its author and its extent."""

    study_type = models.CharField(
        _("nature"), max_length=12, choices=StudyType, default=StudyType.STUDY
    )
    authors = models.CharField(_("authors"), max_length=300, blank=True)
    extent = models.CharField(_("extent"), max_length=80, blank=True)

    parent_page_types = ["library.LibraryIndexPage", "library.LibrarySectionPage"]
    subpage_types = []
    template = "library/record_page.html"
    search_fields = RecordPage.search_fields + [index.SearchField("authors")]

    base_form_class = RecordForm

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

    def _derive(self):
        super()._derive()
        self.nature = self.study_type


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
    checked_on = PastDateField(_("checked on"), null=True, blank=True)
    checked_by = models.CharField(
        _("checked by"),
        max_length=160,
        blank=True,
        help_text=_("A person in a capacity, or a service: readers see it."),
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = LegalStatusQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal status")
        verbose_name_plural = _("legal statuses")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.get_status_display()

    @property
    def glyph(self):
        """The glyph that stands beside the word."""
        return STATUS_GLYPHS[LegalStatus(self.status)]

    @property
    def is_over(self):
        """Whether the text no longer applies."""
        return self.status in {LegalStatus.REPEALED, LegalStatus.EXPIRED}


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
    checked_on = PastDateField(_("checked on"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("provision")
        verbose_name_plural = _("provisions")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.article

    @property
    def glyph(self):
        """The glyph that stands beside the word."""
        return STATUS_GLYPHS[LegalStatus(self.status)]

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.models import Orderable, Page
from wagtail.search import index

from network_site.pages.enums import RelationKind
from network_site.pages.querysets import SitePageManager
from network_site.pages.reader_cache import shared_by_readers
from network_site.taxonomies.models import (
    Ground,
    Programme,
    TargetGroup,
    Territory,
    Theme,
)


class BasePage(Page):
    """What every page of the network has: a summary, a language, a source, its terms.

    `space` names the mark the page wears: texte, pratique, journee, or page.
    """

    summary = models.TextField(
        _("summary"), blank=True, max_length=600, help_text=_("Two sentences at most.")
    )
    lang = models.CharField(
        _("language of the text"),
        max_length=5,
        choices=[("fr", _("French")), ("en", _("English"))],
        default="fr",
    )
    source_citation = models.CharField(_("source"), max_length=400, blank=True)
    source_url = models.URLField(_("address of the source"), blank=True)

    space = "page"

    objects = SitePageManager()

    search_fields = Page.search_fields + [index.SearchField("summary")]
    content_panels = Page.content_panels + [FieldPanel("summary")]
    source_panel = MultiFieldPanel(
        [FieldPanel("source_citation"), FieldPanel("source_url")], heading=_("Source")
    )
    terms_panels = [
        InlinePanel("theme_links", label=_("Theme"), heading=_("Themes")),
        InlinePanel("territory_links", label=_("Territory"), heading=_("Territories")),
        InlinePanel(
            "target_group_links", label=_("Target group"), heading=_("Target groups")
        ),
        InlinePanel(
            "ground_links", label=_("Ground"), heading=_("Grounds of discrimination")
        ),
        InlinePanel("programme_links", label=_("Programme"), heading=_("Programmes")),
    ]
    related_panel = InlinePanel(
        "related_links", label=_("Link"), heading=_("Links to pages")
    )
    promote_panels = Page.promote_panels + [FieldPanel("lang")]

    class Meta:
        abstract = True


class PageTerm(Orderable):
    """A page filed under a term; made concrete once a kind of term, for every page type."""

    class Meta(Orderable.Meta):
        abstract = True


def _unique(term):
    return models.UniqueConstraint(
        fields=["page", term], name=f"pages_page_{term}_unique"
    )


class PageTheme(PageTerm):
    page = ParentalKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="theme_links"
    )
    theme = models.ForeignKey(
        Theme,
        on_delete=models.PROTECT,
        related_name="page_links",
        verbose_name=_("theme"),
    )

    class Meta(PageTerm.Meta):
        abstract = False
        verbose_name = _("theme of a page")
        verbose_name_plural = _("themes of pages")
        constraints = [_unique("theme")]


class PageGround(PageTerm):
    page = ParentalKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="ground_links"
    )
    ground = models.ForeignKey(
        Ground,
        on_delete=models.PROTECT,
        related_name="page_links",
        verbose_name=_("ground"),
    )

    class Meta(PageTerm.Meta):
        abstract = False
        verbose_name = _("ground of a page")
        verbose_name_plural = _("grounds of pages")
        constraints = [_unique("ground")]


class PageTargetGroup(PageTerm):
    page = ParentalKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="target_group_links"
    )
    target_group = models.ForeignKey(
        TargetGroup,
        on_delete=models.PROTECT,
        related_name="page_links",
        verbose_name=_("target group"),
    )

    class Meta(PageTerm.Meta):
        abstract = False
        verbose_name = _("target group of a page")
        verbose_name_plural = _("target groups of pages")
        constraints = [_unique("target_group")]


class PageProgramme(PageTerm):
    page = ParentalKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="programme_links"
    )
    programme = models.ForeignKey(
        Programme,
        on_delete=models.PROTECT,
        related_name="page_links",
        verbose_name=_("programme"),
    )

    class Meta(PageTerm.Meta):
        abstract = False
        verbose_name = _("programme of a page")
        verbose_name_plural = _("programmes of pages")
        constraints = [_unique("programme")]


class PageTerritory(PageTerm):
    page = ParentalKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="territory_links"
    )
    territory = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        related_name="page_links",
        verbose_name=_("territory"),
    )

    class Meta(PageTerm.Meta):
        abstract = False
        verbose_name = _("territory of a page")
        verbose_name_plural = _("territories of pages")
        constraints = [_unique("territory")]


class RelatedPage(Orderable):
    """A typed link from one page to another, read from both ends."""

    page = ParentalKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="related_links"
    )
    target = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.CASCADE,
        related_name="related_from",
        verbose_name=_("page"),
    )
    kind = models.CharField(
        _("link"), max_length=12, choices=RelationKind, default=RelationKind.RELATED
    )
    note = models.CharField(_("note"), max_length=200, blank=True)

    panels = [FieldPanel("kind"), PageChooserPanel("target"), FieldPanel("note")]

    class Meta(Orderable.Meta):
        verbose_name = _("link between pages")
        verbose_name_plural = _("links between pages")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "target", "kind"], name="pages_related_unique"
            )
        ]


class BilingualBody(BasePage):
    """An editorial page: Markdown in French, and its English text in fields of the same page."""

    title_en = models.CharField(_("title in English"), max_length=255, blank=True)
    summary_en = models.TextField(_("summary in English"), blank=True, max_length=600)
    body = models.TextField(_("text"), blank=True, help_text=_("In Markdown."))
    body_en = models.TextField(_("text in English"), blank=True)

    search_fields = BasePage.search_fields + [index.SearchField("body")]
    content_panels = BasePage.content_panels + [
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("title_en"), FieldPanel("summary_en"), FieldPanel("body_en")],
            heading=_("In English"),
        ),
        BasePage.source_panel,
    ]

    class Meta:
        abstract = True

    def serve(self, request, *args, **kwargs):
        """The same for all readers with the same rights."""
        return shared_by_readers(super().serve)(request, *args, **kwargs)

    def _localized(self, field):
        if (get_language() or "").startswith("en"):
            return getattr(self, f"{field}_en") or getattr(self, field)
        return getattr(self, field)

    @property
    def label(self):
        """The title in the language of the interface."""
        return self._localized("title")

    @property
    def text_summary(self):
        """The summary in the language of the interface."""
        return self._localized("summary")

    @property
    def text_body(self):
        """The text, in Markdown, in the language of the interface."""
        return self._localized("body")

    @property
    def text_lang(self):
        """The language in which the text is shown."""
        if self.body_en and (get_language() or "").startswith("en"):
            return "en"
        return self.lang


class StandardPage(BilingualBody):
    """Legal notice, privacy, accessibility, contact, about: pages of the site."""

    parent_page_types = ["home.HomePage", "pages.StandardPage"]
    subpage_types = ["pages.StandardPage"]
    template = "pages/standard_page.html"

    class Meta:
        verbose_name = _("page of the site")
        verbose_name_plural = _("pages of the site")


class EditorialPage(BilingualBody):
    """A signed text: the author, in what capacity, when, and where it was first published."""

    author_name = models.CharField(_("author"), max_length=160, blank=True)
    author_title = models.CharField(_("in the capacity of"), max_length=200, blank=True)
    author_title_en = models.CharField(
        _("capacity in English"), max_length=200, blank=True
    )
    published_on = models.DateField(_("published on"), null=True, blank=True)

    parent_page_types = ["home.HomePage"]
    subpage_types = []
    template = "pages/editorial_page.html"
    content_panels = BilingualBody.content_panels + [
        MultiFieldPanel(
            [
                FieldPanel("author_name"),
                FieldPanel("author_title"),
                FieldPanel("author_title_en"),
                FieldPanel("published_on"),
            ],
            heading=_("Author"),
        )
    ]

    class Meta:
        verbose_name = _("editorial")
        verbose_name_plural = _("editorials")

    @property
    def text_author_title(self):
        """The author's capacity in the language of the interface."""
        return self._localized("author_title")

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable

from network_site.home.contrast import AA_TEXT, contrast
from network_site.pages.models import BasePage
from network_site.pages.routing import route_below

PAPER = "#fbf7ee"
INK = "#15212b"
_HEX = r"^#[0-9a-fA-F]{6}$"


def is_colour(value):
    """Whether `value` is written #rrggbb."""
    return bool(re.match(_HEX, value or ""))


hex_colour = RegexValidator(_HEX, _("A colour is written #1c5673."))


class HomePage(BasePage):
    """The first screen: what the network is for, one search box, four ways in."""

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "library.LibraryIndexPage",
        "good_practices.PracticeIndexPage",
        "events.EventIndexPage",
        "newsletters.NewsletterIndexPage",
        "pages.StandardPage",
        "pages.EditorialPage",
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    @property
    def localized(self):
        """The page itself: its translation is off, and Wagtail would read whether it is live."""
        return self

    def route(self, request, path_components):
        """Every page stands below this one: the way to it is read at once.

        What leads there is kept (pages.sites); the page itself is read to be shown.
        """
        if path_components:
            return route_below(self, request, path_components)
        if self.get_deferred_fields():
            return HomePage.objects.get(pk=self.pk).route(request, [])
        return super().route(request, path_components)


@register_setting(icon="view")
class Branding(ClusterableModel, BaseSiteSetting):
    """Name, logo, colours, footer and contact: what another operator changes without code."""

    name = models.CharField(
        _("name of the network"),
        max_length=120,
        default="Intégration & prévention des discriminations",
    )
    name_en = models.CharField(
        _("name in English"),
        max_length=120,
        default="Integration & prevention of discrimination",
    )
    overline = models.CharField(
        _("line above the name"), max_length=60, blank=True, default="Réseau national"
    )
    overline_en = models.CharField(
        _("line above, in English"),
        max_length=60,
        blank=True,
        default="National network",
    )
    tagline = models.TextField(_("sentence of the footer"), blank=True, max_length=400)
    tagline_en = models.TextField(
        _("sentence of the footer in English"), blank=True, max_length=400
    )
    logo = models.ForeignKey(
        "site_media.SiteImage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
    )
    ink_colour = models.CharField(
        _("ink"), max_length=7, default="#15212b", validators=[hex_colour]
    )
    signal_colour = models.CharField(
        _("highlighter"), max_length=7, default="#ffd65c", validators=[hex_colour]
    )
    contact_email = models.EmailField(_("address of the network"), blank=True)

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("overline"),
                FieldPanel("tagline"),
                FieldPanel("logo"),
            ],
            heading=_("Identity"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("name_en"),
                FieldPanel("overline_en"),
                FieldPanel("tagline_en"),
            ],
            heading=_("In English"),
        ),
        MultiFieldPanel(
            [FieldPanel("ink_colour"), FieldPanel("signal_colour")],
            heading=_("Colours"),
        ),
        InlinePanel("footer_links", label=_("Link"), heading=_("Links of the footer")),
        FieldPanel("contact_email"),
    ]

    class Meta:
        verbose_name = _("branding")
        verbose_name_plural = _("brandings")

    # The links of the footer where they came with the row.
    _links = None

    @classmethod
    def for_site(cls, site):
        """As Wagtail's, with the logo and the links of the footer in the same statement."""
        links = list(
            FooterLink.objects.filter(branding__site=site).select_related(
                "page", "branding__logo"
            )
        )
        found = links[0].branding if links else super().for_site(site)
        found._links = links
        return found

    @property
    def links(self):
        """The links of the footer, their pages read, in order."""
        if self._links is not None:
            return self._links
        return list(self.footer_links.select_related("page")) if self.pk else []

    def localized(self, field):
        """The field's text in the language of the interface."""
        if (get_language() or "").startswith("en"):
            return getattr(self, f"{field}_en") or getattr(self, field)
        return getattr(self, field)

    def clean(self):
        """Refuse colours on which the words of the site could not be read (WCAG 2.2, 1.4.3)."""
        super().clean()
        if not (is_colour(self.ink_colour) and is_colour(self.signal_colour)):
            return
        errors = {}
        against_paper = contrast(self.ink_colour, PAPER)
        if against_paper < AA_TEXT:
            errors["ink_colour"] = gettext(
                "This ink is too pale on the paper: contrast %(ratio).1f, at least 4.5 is needed."
            ) % {"ratio": against_paper}
        on_signal = contrast(INK, self.signal_colour)
        if on_signal < AA_TEXT:
            errors["signal_colour"] = gettext(
                "Dark words would not be read on this highlighter: contrast %(ratio).1f, at "
                "least 4.5 is needed."
            ) % {"ratio": on_signal}
        if errors:
            raise ValidationError(errors)


class FooterLink(Orderable):
    """A link of the footer: to a page of the site, or to an address."""

    branding = ParentalKey(
        Branding, on_delete=models.CASCADE, related_name="footer_links"
    )
    label = models.CharField(_("label"), max_length=80)
    label_en = models.CharField(_("label in English"), max_length=80, blank=True)
    page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page"),
    )
    address = models.CharField(_("or address"), max_length=300, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("label"), FieldPanel("label_en")]),
        FieldRowPanel([PageChooserPanel("page"), FieldPanel("address")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("link of the footer")
        verbose_name_plural = _("links of the footer")

    def clean(self):
        super().clean()
        if bool(self.page_id) == bool(self.address):
            raise ValidationError(
                gettext("Choose a page, or write an address: one of the two.")
            )

    @property
    def url(self):
        """Where the link leads, in the language of the interface for a page."""
        return self.page.url if self.page_id else self.address

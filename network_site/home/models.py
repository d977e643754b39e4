from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from network_site.pages.models import BasePage

hex_colour = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("A colour is written #1c5673."))


class HomePage(BasePage):
    """The first screen: what the network is for, one search box, four ways in."""

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "library.LibraryIndexPage",
        "good_practices.PracticeIndexPage",
        "events.EventIndexPage",
        "pages.StandardPage",
        "pages.EditorialPage",
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def serve(self, request, *args, **kwargs):
        from network_site.home.views import home

        return home(request, self)


@register_setting(icon="view")
class Branding(BaseSiteSetting):
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
    footer_links = models.JSONField(
        _("links of the footer"),
        default=list,
        blank=True,
        help_text=_("A list of {label, label_en, url}."),
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
        FieldPanel("footer_links"),
        FieldPanel("contact_email"),
    ]

    class Meta:
        verbose_name = _("branding")
        verbose_name_plural = _("brandings")

    def localized(self, field):
        """The field's text in the language of the interface."""
        if (get_language() or "").startswith("en"):
            return getattr(self, f"{field}_en") or getattr(self, field)
        return getattr(self, field)

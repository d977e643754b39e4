"""Organisations, contact points and approved domains in the admin, under one heading."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
)
from wagtail.snippets.views.snippets import (
    IndexView,
    SnippetViewSet,
    SnippetViewSetGroup,
)

from network_site.core.spreadsheets import InertCells
from network_site.members.admin_domains import (
    DomainCreateView,
    DomainDeleteView,
    DomainEditView,
)
from network_site.members.forms import EmailDomainForm, OrganizationAdminForm
from network_site.members.models import ContactPoint, EmailDomain, Organization


class _OrganizationIndexView(InertCells, IndexView):
    """The list, and its export."""


class OrganizationViewSet(SnippetViewSet):
    model = Organization
    index_view_class = _OrganizationIndexView
    icon = "group"
    copy_view_enabled = False
    list_display = ["name", "acronym", "kind", "siret", "is_listed"]
    list_filter = ["kind", "is_listed"]
    search_fields = ["name", "acronym", "name_en", "siret"]
    ordering = ["name"]
    list_export = ["name", "acronym", "kind", "website", "contact_email"]
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("acronym")]),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("territory")]),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("siret")]),
        FieldPanel("logo"),
        FieldPanel("summary"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("name_en"),
                FieldPanel("summary_en"),
                FieldPanel("body_en"),
            ],
            heading=_("In English"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("website"),
                FieldRowPanel(
                    [FieldPanel("contact_label"), FieldPanel("contact_email")]
                ),
                FieldRowPanel([FieldPanel("founded"), FieldPanel("dissolved")]),
            ],
            heading=_("Landmarks"),
        ),
        FieldPanel("themes"),
        InlinePanel("figures", label=_("Figure"), heading=_("Key figures")),
        InlinePanel("budget_lines", label=_("Line"), heading=_("Budget")),
        InlinePanel("partnerships", label=_("Partner"), heading=_("Partners")),
        MultiFieldPanel(
            [FieldPanel("source_citation"), FieldPanel("source_url")],
            heading=_("Where it comes from"),
        ),
        FieldPanel("is_listed"),
    ]

    def get_edit_handler(self):
        handler = super().get_edit_handler()
        handler.base_form_class = OrganizationAdminForm
        return handler


class ContactPointViewSet(SnippetViewSet):
    model = ContactPoint
    icon = "mail"
    copy_view_enabled = False
    list_display = ["label", "organization", "email"]
    search_fields = ["label", "email"]
    panels = [
        FieldPanel("label"),
        FieldRowPanel([FieldPanel("email"), FieldPanel("organization")]),
        FieldPanel("themes"),
        FieldPanel("territory"),
        FieldPanel("source_citation"),
    ]


class EmailDomainViewSet(SnippetViewSet):
    model = EmailDomain
    add_view_class = DomainCreateView
    edit_view_class = DomainEditView
    delete_view_class = DomainDeleteView
    icon = "globe"
    copy_view_enabled = False
    list_display = ["domain", "organization", "admits_at_once", "note"]
    search_fields = ["domain"]
    panels = [
        FieldPanel("domain"),
        FieldRowPanel([FieldPanel("organization"), FieldPanel("admits_at_once")]),
        FieldPanel("note"),
    ]

    def get_edit_handler(self):
        handler = super().get_edit_handler()
        handler.base_form_class = EmailDomainForm
        return handler


class NetworkGroup(SnippetViewSetGroup):
    menu_label = _("Network")
    menu_icon = "group"
    menu_order = 250
    items = (OrganizationViewSet, ContactPointViewSet, EmailDomainViewSet)

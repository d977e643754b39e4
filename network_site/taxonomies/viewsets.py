"""The controlled lists in the admin, under one heading."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
)
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from network_site.taxonomies.forms import ThemeForm
from network_site.taxonomies.models import (
    Ground,
    Programme,
    TargetGroup,
    Territory,
    Theme,
)

ENGLISH = MultiFieldPanel(
    [FieldPanel("name_en"), FieldPanel("description_en")], heading=_("In English")
)
TERM_PANELS = [
    FieldPanel("name"),
    FieldPanel("slug"),
    FieldPanel("description"),
    FieldPanel("position"),
    ENGLISH,
]


class ThemeViewSet(SnippetViewSet):
    model = Theme
    icon = "tag"
    copy_view_enabled = False
    list_display = [
        Column(
            "name", label=_("name"), accessor=lambda t: "— " * (t.depth - 1) + t.name
        ),
        "slug",
    ]
    search_fields = ["name", "name_en"]
    ordering = ["path"]
    panels = [
        FieldPanel("name"),
        FieldPanel("parent"),
        FieldPanel("slug"),
        FieldPanel("description"),
        FieldPanel("alt_labels"),
        FieldPanel("position"),
        ENGLISH,
    ]

    def get_edit_handler(self):
        handler = super().get_edit_handler()
        handler.base_form_class = ThemeForm
        return handler


class GroundViewSet(SnippetViewSet):
    model = Ground
    icon = "warning"
    copy_view_enabled = False
    list_display = ["name", "slug", "position"]
    search_fields = ["name", "name_en"]
    ordering = ["position", "name"]
    panels = TERM_PANELS


class TargetGroupViewSet(SnippetViewSet):
    model = TargetGroup
    icon = "group"
    copy_view_enabled = False
    list_display = ["name", "slug", "position"]
    search_fields = ["name", "name_en"]
    ordering = ["position", "name"]
    panels = TERM_PANELS


class ProgrammeViewSet(SnippetViewSet):
    model = Programme
    icon = "folder-open-inverse"
    copy_view_enabled = False
    list_display = ["name", "acronym", "slug"]
    search_fields = ["name", "name_en", "acronym"]
    ordering = ["name"]
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("acronym")]),
        FieldPanel("slug"),
        FieldPanel("description"),
        FieldPanel("body"),
        FieldPanel("themes"),
        MultiFieldPanel(
            [FieldPanel("source_citation"), FieldPanel("source_url")],
            heading=_("Where it comes from"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("name_en"),
                FieldPanel("description_en"),
                FieldPanel("body_en"),
            ],
            heading=_("In English"),
        ),
    ]


class TerritoryViewSet(SnippetViewSet):
    """Territories come from the official code: their names and positions can be mended."""

    model = Territory
    icon = "site"
    copy_view_enabled = False
    list_display = ["name", "kind", "insee_code", "parent", "population"]
    list_filter = ["kind"]
    search_fields = ["name", "insee_code"]
    ordering = ["name", "pk"]
    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("insee_code")]),
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("parent"),
        FieldPanel("population"),
        FieldRowPanel([FieldPanel("map_x"), FieldPanel("map_y")]),
    ]


class VocabularyGroup(SnippetViewSetGroup):
    menu_label = _("Vocabularies")
    menu_icon = "tag"
    menu_name = "vocabularies"
    menu_order = 400
    items = (
        ThemeViewSet,
        GroundViewSet,
        TargetGroupViewSet,
        ProgrammeViewSet,
        TerritoryViewSet,
    )

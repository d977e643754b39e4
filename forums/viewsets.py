from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from forums.admin_views import ForumCreateView, ForumEditView
from forums.models import Forum


class ForumViewSet(SnippetViewSet):
    """Discussion spaces: who reads them, who looks after them."""

    model = Forum
    add_view_class = ForumCreateView
    edit_view_class = ForumEditView
    icon = "comment"
    menu_label = _("Discussion spaces")
    menu_order = 260
    add_to_admin_menu = True
    list_display = ["name", "visibility", "group", "is_archived"]
    list_filter = ["visibility", "is_archived"]
    search_fields = ["name", "name_en"]
    ordering = ["position", "name", "pk"]
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("slug")]),
        FieldPanel("description"),
        MultiFieldPanel(
            [FieldPanel("visibility"), FieldPanel("group")], heading=_("Readers")
        ),
        FieldPanel("facilitators"),
        FieldPanel("mails_without_content"),
        FieldRowPanel([FieldPanel("position"), FieldPanel("is_archived")]),
        MultiFieldPanel(
            [FieldPanel("name_en"), FieldPanel("description_en")],
            heading=_("In English"),
        ),
    ]

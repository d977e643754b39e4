from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from forums.admin_views import (
    ForumCreateView,
    ForumDeleteView,
    ForumEditView,
    ForumHistoryView,
    ForumUsageView,
)
from forums.forms import ForumAdminForm
from forums.models import Forum
from forums.panels import ReadersPanel


class ForumViewSet(SnippetViewSet):
    """Discussion spaces: who reads them, who looks after them."""

    model = Forum
    add_view_class = ForumCreateView
    edit_view_class = ForumEditView
    delete_view_class = ForumDeleteView
    usage_view_class = ForumUsageView
    history_view_class = ForumHistoryView
    icon = "comment"
    menu_label = _("Discussion spaces")
    menu_order = 260
    # Two spaces have nothing to share but their readers.
    copy_view_enabled = False
    add_to_admin_menu = True
    list_display = ["name", "visibility", "group", "is_archived"]
    list_filter = ["visibility", "is_archived"]
    search_fields = ["name", "name_en"]
    ordering = ["position", "name", "pk"]
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("slug")]),
        FieldPanel("description"),
        MultiFieldPanel(
            [
                FieldPanel("visibility", permission="superuser"),
                FieldPanel("group", permission="superuser"),
                ReadersPanel(),
            ],
            heading=_("Readers"),
        ),
        FieldPanel("facilitators"),
        FieldPanel("mails_without_content"),
        FieldRowPanel([FieldPanel("position"), FieldPanel("is_archived")]),
        MultiFieldPanel(
            [FieldPanel("name_en"), FieldPanel("description_en")],
            heading=_("In English"),
        ),
    ]

    def register_chooser_viewset(self):
        """Nothing in the back office chooses a space: no address lists them."""

    def get_queryset(self, request):
        return Forum.objects.visible_to(request.user)

    def get_edit_handler(self):
        handler = super().get_edit_handler()
        handler.base_form_class = ForumAdminForm
        return handler

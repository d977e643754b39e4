from wagtail.admin.panels import Panel

from forums.enums import ForumVisibility


class ReadersPanel(Panel):
    """Says who reads the space to those who do not decide it; administrators have the fields."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "forums/admin/readers_panel.html"

        def is_shown(self):
            return super().is_shown() and not self.request.user.is_superuser

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            context["readers"] = ForumVisibility(self.instance.visibility).label
            return context

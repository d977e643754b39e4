from wagtail.admin.ui.components import Component


class SecondFactorPanel(Component):
    """On the first page of the back office: until when one may do without a second factor."""

    name = "second_factor"
    order = 50
    template_name = "members/admin/second_factor_panel.html"

    def __init__(self, request):
        self.request = request

    def get_context_data(self, parent_context):
        return {
            "request": self.request,
            "csrf_token": parent_context["csrf_token"],
            "button": "button button-small button-secondary",
        }

    def render_html(self, parent_context=None):
        if not getattr(self.request, "second_factor_until", None):
            return ""
        return super().render_html(parent_context)

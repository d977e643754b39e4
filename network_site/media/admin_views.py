from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView


class _AccountView(AccountView):
    """Without the picture: a person's portrait is that of their sheet, and comes one way in."""

    def get_panels(self):
        return [panel for panel in super().get_panels() if panel.name != "avatar"]


account_view = require_admin_access(_AccountView.as_view())

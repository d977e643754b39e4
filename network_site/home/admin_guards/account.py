"""The settings of one's own back office: what has an effect here, and nothing else.

One's name, portrait, address and password are those of the site, changed there; the network
writes its own mails of examination (pages.workflow_mail), which Wagtail's choices do not rule.
"""

from wagtail.admin.auth import require_admin_access
from wagtail.admin.forms.account import NotificationPreferencesForm
from wagtail.admin.views import account

_WITHOUT_EFFECT = (
    "submitted_notifications",
    "approved_notifications",
    "rejected_notifications",
)


class _CommentsForm(NotificationPreferencesForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in _WITHOUT_EFFECT:
            self.fields.pop(name, None)


class _CommentsPanel(account.NotificationsSettingsPanel):
    form_class = _CommentsForm


class _AccountView(account.AccountView):
    def get_panels(self):
        user = self.request.user
        profile = account.UserProfile.get_for_user(user)
        panels = (
            kind(self.request, user, profile)
            for kind in (
                _CommentsPanel,
                account.LocaleSettingsPanel,
                account.ThemeSettingsPanel,
            )
        )
        return [panel for panel in panels if panel.is_active()]


account_view = require_admin_access(_AccountView.as_view())

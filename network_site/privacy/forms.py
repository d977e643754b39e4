from django import forms
from django.utils.translation import gettext_lazy as _

from network_site.privacy import services
from network_site.privacy.enums import Signature


class LeaveForm(forms.Form):
    """Under which words what one wrote stays, and that one has understood."""

    signature = forms.ChoiceField(
        label=_("What I wrote stays signed"),
        widget=forms.RadioSelect,
        choices=(),
        error_messages={
            "required": _("Choose how what you wrote is signed once you have left."),
            "invalid_choice": _("Choose one of the signatures of this list."),
        },
    )
    understood = forms.BooleanField(
        label=_(
            "I have understood that after these days nothing that is erased can be restored"
        ),
        error_messages={
            "required": _(
                "Tick this box: after these days, nothing that is erased can be restored."
            )
        },
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["signature"].choices = [
            (choice.value, services.signature_of(user, choice))
            for choice in Signature
            if choice != Signature.NAME or user.get_full_name()
        ]

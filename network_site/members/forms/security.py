"""The forms of the second factor: allauth's, in our words."""

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm as BaseAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as BaseReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from network_site.members import second_factor

_DIGITS = {
    "autocomplete": "one-time-code",
    "inputmode": "numeric",
    "autocapitalize": "off",
    "spellcheck": "false",
}


def _name_code(field, help_text=""):
    field.label = _("Code")
    field.help_text = help_text
    field.widget.attrs = dict(_DIGITS)


class AuthenticateForm(BaseAuthenticateForm):
    """Logging in, second step: the code of the application, or a recovery code."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _name_code(
            self.fields["code"],
            _("The six digits of your application, or one of your recovery codes."),
        )
        # A recovery code is made of letters too on some keyboards.
        self.fields["code"].widget.attrs["autofocus"] = True


class ReauthenticateForm(BaseReauthenticateForm):
    """Showing the second factor again, in a session that is open."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _name_code(
            self.fields["code"],
            _("The six digits of your application, or one of your recovery codes."),
        )


class ActivateApplicationForm(ActivateTOTPForm):
    """Tying an application to the account: its first code proves that it is."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _name_code(
            self.fields["code"], _("The six digits that the application shows now.")
        )

    def clean_code(self):
        code = super().clean_code()
        second_factor.note_shown(context.request, self.user)
        return code


class _NamedKey(forms.Form):
    """What a key is called, for its owner to tell it from another."""

    def name_it(self):
        self.fields["name"].label = _("Name of this key")
        self.fields["name"].help_text = _(
            "So that you recognise it among your keys: “Office computer”, “My phone”."
        )
        self.fields["name"].max_length = 100


class AddKeyForm(AddWebAuthnForm, _NamedKey):
    """A new passkey, or a security key that only confirms."""

    def __init__(self, *args, **kwargs):
        kwargs["initial"] = {"passwordless": True, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.name_it()
        passwordless = self.fields["passwordless"]
        passwordless.label = _("This key is enough to log in, without a password")
        passwordless.help_text = _(
            "Leave it ticked for a phone or a computer that knows your face, your finger"
            " or a code. Untick it for an older security key, which only confirms."
        )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("credential") and not self.errors:
            second_factor.note_shown(context.request, self.user)
        return cleaned


class RenameKeyForm(EditWebAuthnForm, _NamedKey):
    """Another name for a key."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.name_it()

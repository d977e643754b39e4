"""The one screen on which one asks to join: allauth's form, with the request's fields.

Apart from the other forms: allauth's imports ours.
"""

from allauth.account.forms import (
    BaseConfirmCodeForm,
    ConfirmEmailVerificationCodeForm,
    SignupForm,
)
from allauth.core import context
from django import forms
from django.utils.translation import gettext_lazy as _

from network_site.members import services, visitor_mails
from network_site.members.adapters import refuse_more_mails
from network_site.members.domains import normalize_email
from network_site.members.forms.joining import BAD_ADDRESS, OWN_ADDRESS, SAID

# What was typed, password left out, kept in the session until the address is proven; it is
# given back to whoever asks for another address, not to the next visitor of the browser.
DRAFT = "joining_draft"
RESUMES = "joining_resumes"


class JoiningForm(SignupForm):
    """Professional address, who one is, and a password."""

    def __init__(self, *args, **kwargs):
        session = getattr(context.request, "session", {})
        draft = session.get(DRAFT, {}) if session.get(RESUMES) else {}
        kwargs["initial"] = {**draft, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        email = self.fields["email"]
        email.label = _("Professional e-mail address")
        email.help_text = _(
            "That of your organisation if you can: its domain may admit you at once. A code"
            " is sent there."
        )
        email.widget.attrs.pop("placeholder", None)
        email.error_messages["invalid"] = BAD_ADDRESS
        self.fields["password1"].widget.attrs.pop("placeholder", None)

    def clean_email(self):
        try:
            normalize_email(self.cleaned_data["email"])
        except ValueError as error:
            raise forms.ValidationError(BAD_ADDRESS, code="invalid") from error
        return super().clean_email()

    def clean(self):
        cleaned = super().clean()
        sponsor = cleaned.get("sponsor_email")
        if sponsor and sponsor == cleaned.get("email"):
            self.add_error("sponsor_email", OWN_ADDRESS)
        return cleaned

    def try_save(self, request):
        """Keep what was typed, be the address known or not, so that it may be corrected."""
        if visitor_mails.is_full(self.cleaned_data["email"]):
            # Before an account is made whose code could not leave.
            refuse_more_mails(request)
        territory = self.cleaned_data["territory"]
        request.session.pop(RESUMES, None)
        request.session[DRAFT] = {
            name: self.cleaned_data[name] for name in ("email", *SAID)
        } | {"territory": territory and territory.pk}
        return super().try_save(request)


class ProofForm(ConfirmEmailVerificationCodeForm):
    """The code sent to an address: the right one proves whose it is."""

    def clean_code(self):
        BaseConfirmCodeForm.clean_code(self)
        if self.user is not None:
            # Before allauth looks whether anybody else has it.
            services.free_address(email=self.email, user=self.user)
        return super().clean_code()

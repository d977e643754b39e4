from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from network_site.members import services
from network_site.members.forms.person import PersonForm


class MembershipRequestForm(PersonForm):
    """Asking to join, in one screen with the address and the password."""

    motivation = forms.CharField(
        label=_("Why do you wish to join?"),
        required=False,
        max_length=1000,
        help_text=_("One or two sentences help the facilitators to answer faster."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    field_order = [
        "email",
        "first_name",
        "last_name",
        "organization_name",
        "job_title",
        "territory",
        "motivation",
        "password1",
    ]

    def signup(self, request, user):
        """Called by allauth once the account exists: file the request."""
        # Whoever reads the site in English is written to in English.
        user.language = get_language() or settings.LANGUAGE_CODE
        user.save(update_fields=["language"])
        services.request_membership(
            user=user,
            **{
                name: self.cleaned_data[name]
                for name in (
                    "first_name",
                    "last_name",
                    "organization_name",
                    "job_title",
                    "territory",
                    "motivation",
                )
            },
        )


class AdmissionForm(forms.Form):
    """The answer to a request: a refusal says why."""

    decision = forms.ChoiceField(
        choices=[("admit", _("Admit")), ("refuse", _("Refuse"))],
        widget=forms.HiddenInput,
    )
    reason = forms.CharField(
        label=_("Reason, which the person will read"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self):
        cleaned = super().clean()
        if (
            cleaned.get("decision") == "refuse"
            and not cleaned.get("reason", "").strip()
        ):
            self.add_error(
                "reason", _("Say why: the person will read it and may answer you.")
            )
        return cleaned

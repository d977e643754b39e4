from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from network_site.members import services
from network_site.members.domains import normalize_email
from network_site.members.forms.person import PersonForm, WordsField

# What is said of oneself when asking, besides the address and the password.
SAID = (
    "first_name",
    "last_name",
    "organization_name",
    "job_title",
    "territory",
    "motivation",
    "sponsor_email",
)
BAD_ADDRESS = _(
    "This is not a whole e-mail address: name@organisation.fr, for example."
)
OWN_ADDRESS = _(
    "This is your own address. Write that of a colleague, or leave it empty."
)
TOO_MANY_ASKED = _(
    "You have already asked three colleagues this month. The facilitators will answer you."
)


class SponsorField(forms.EmailField):
    """The address of a colleague; nothing tells whether it is a member's."""

    def __init__(self, **kwargs):
        super().__init__(
            label=_("Address of a colleague who is a member"),
            max_length=254,
            help_text=_(
                "If this person belongs to the network, we write to them: by answering for"
                " you, they admit you at once. Your name and address are shown to them."
            ),
            error_messages={"invalid": BAD_ADDRESS},
            widget=forms.EmailInput(attrs={"autocomplete": "off"}),
            **kwargs,
        )

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return ""
        try:
            return normalize_email(value)
        except ValueError as error:
            raise forms.ValidationError(BAD_ADDRESS, code="invalid") from error


class SaidForm(PersonForm):
    """What one says of oneself when asking to join."""

    motivation = WordsField(
        label=_("Why do you wish to join?"),
        required=False,
        longest=1000,
        help_text=_(
            "One or two sentences help the facilitators to answer faster: 1,000 characters"
            " at most."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    sponsor_email = SponsorField(required=False)


class MembershipRequestForm(SaidForm):
    """Asking to join, in one screen with the address and the password (members.forms.signup)."""

    field_order = ["email", *SAID[:-1], "sponsor_email", "password1"]

    def signup(self, request, user):
        """Called by allauth once the account exists: file the request."""
        # Whoever reads the site in English is written to in English.
        user.language = get_language() or settings.LANGUAGE_CODE
        user.save(update_fields=["language"])
        services.request_membership(
            user=user, **{name: self.cleaned_data[name] for name in SAID}
        )


class RequestForm(SaidForm):
    """A request that is corrected while it waits, or made again after a refusal."""

    field_order = SAID

    def __init__(self, *args, profile, written=None, **kwargs):
        """`written`: what the person had typed before their session ended."""
        self.user = profile.user
        initial = {
            "first_name": self.user.first_name,
            "last_name": self.user.last_name,
            "organization_name": profile.organization_label,
            "job_title": profile.job_title,
            "territory": profile.territory_id,
            "motivation": profile.motivation,
            **(written or {}),
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["sponsor_email"].label = _("Ask another colleague who is a member")

    def save(self):
        """Write the request; returns the profile, or None when a sponsor may not be asked.

        Raises services.AlreadyDecided once the person is a member.
        """
        try:
            return services.correct_request(user=self.user, **self.cleaned_data)
        except services.OwnAddress:
            self.add_error("sponsor_email", OWN_ADDRESS)
        except services.TooManyAsked:
            self.add_error("sponsor_email", TOO_MANY_ASKED)
        return None


class SponsorForm(forms.Form):
    """A colleague to ask, while one waits."""

    sponsor_email = SponsorField()

    def __init__(self, *args, profile, **kwargs):
        self.profile = profile
        super().__init__(*args, **kwargs)

    def save(self):
        """Ask; returns the Sponsorship, or None when this person may not be asked."""
        try:
            return services.ask_sponsor(
                profile=self.profile, email=self.cleaned_data["sponsor_email"]
            )
        except services.OwnAddress:
            self.add_error("sponsor_email", OWN_ADDRESS)
        except services.TooManyAsked:
            self.add_error("sponsor_email", TOO_MANY_ASKED)
        return None


class SponsorshipForm(forms.Form):
    """The answer of a member who is asked to answer for somebody."""

    answer = forms.ChoiceField(
        choices=[("vouch", _("I answer for them")), ("decline", _("I do not"))],
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Choose one of the two answers."),
            "invalid_choice": _("Choose one of the two answers."),
        },
    )
    comment = WordsField(
        label=_("A word for the facilitators"),
        required=False,
        longest=600,
        help_text=_("They alone read it; the person who asks never does."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AdmissionForm(forms.Form):
    """The answer to a request: a refusal says why."""

    decision = forms.ChoiceField(
        choices=[("admit", _("Admit")), ("refuse", _("Refuse"))],
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Choose one of the two answers."),
            "invalid_choice": _("Choose one of the two answers."),
        },
    )
    reason = WordsField(
        label=_("Reason, which the person will read"),
        required=False,
        longest=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self):
        cleaned = super().clean()
        # A reason that is too long has its own error.
        if (
            cleaned.get("decision") == "refuse"
            and "reason" in cleaned
            and not cleaned["reason"].strip()
        ):
            self.add_error(
                "reason", _("Say why: the person will read it and may answer you.")
            )
        return cleaned

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from network_site.anonymity.nir import contains_nir
from network_site.core.date_fields import DateTimeField
from network_site.newsletters.blocks import validate_address
from network_site.newsletters.enums import Audience
from network_site.newsletters.models import MAX_CONTRIBUTION, NewsletterIssuePage

# Kept with the subscription, in the words that were shown.
CONSENT = _(
    "I agree to receive the newsletter at this address. It is used for nothing else, and each"
    " letter carries a link to stop it."
)


class SubscribeForm(forms.Form):
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write an address such as prenom.nom@exemple.fr."),
        },
    )
    consent = forms.BooleanField(
        label=CONSENT,
        error_messages={"required": _("Tick the box: we may only write to you then.")},
    )
    # A trap for robots: people do not see it.
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    @property
    def is_trapped(self):
        return bool(self.cleaned_data.get("website"))


def _no_number(value):
    if contains_nir(value):
        raise ValidationError(
            _(
                "The text contains a social security number. Take it out: it would make"
                " someone recognisable."
            )
        )


class ContributionForm(forms.Form):
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        error_messages={"required": _("Give a title.")},
    )
    text = forms.CharField(
        label=_("Text"),
        help_text=_("600 characters at most: what it is, and whom it can help."),
        max_length=MAX_CONTRIBUTION,
        widget=forms.Textarea(attrs={"rows": 5}),
        validators=[_no_number],
        error_messages={
            "required": _("Say in a few words what it is."),
            "max_length": _(
                "The text has %(show_value)s characters, and %(limit_value)s at most fit."
                " Nothing is lost: shorten it."
            ),
        },
    )
    url = forms.CharField(
        label=_("Address"),
        required=False,
        max_length=500,
        help_text=_("Of a page of the network or elsewhere, if there is one."),
        validators=[validate_address],
    )
    on_behalf = forms.ChoiceField(
        label=_("Proposed"), widget=forms.RadioSelect, required=True
    )
    form_token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, organization=None, name="", **kwargs):
        kwargs.setdefault("initial", {"form_token": uuid.uuid4()})
        super().__init__(*args, **kwargs)
        self.organization = organization
        choices = [("self", _("in my own name (%(name)s)") % {"name": name})]
        if organization is not None:
            choices.insert(
                0,
                (
                    "organization",
                    _("on behalf of %(name)s") % {"name": organization.label},
                ),
            )
        self.fields["on_behalf"].choices = choices
        self.fields["on_behalf"].initial = choices[0][0]

    def clean_form_token(self):
        return self.cleaned_data["form_token"] or uuid.uuid4()

    @property
    def chosen_organization(self):
        if self.cleaned_data["on_behalf"] == "organization":
            return self.organization
        return None


class AnswerForm(forms.Form):
    """A composer's answer to a proposal."""

    decision = forms.ChoiceField(
        choices=[("accept", ""), ("refuse", ""), ("place", "")]
    )
    issue = forms.ModelChoiceField(
        queryset=NewsletterIssuePage.objects.none(),
        label=_("Put it in"),
        required=False,
        empty_label=_("No issue for now"),
    )
    reason = forms.CharField(
        label=_("Reason, which the person will read"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, issues, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["issue"].queryset = issues

    def clean(self):
        cleaned = super().clean()
        decision = cleaned.get("decision")
        if decision == "refuse" and not (cleaned.get("reason") or "").strip():
            self.add_error(
                "reason",
                _("Say why in one or two sentences: the person will read it."),
            )
        if decision == "place" and not cleaned.get("issue"):
            self.add_error("issue", _("Choose the issue it goes into."))
        return cleaned


NOW, LATER = "now", "later"


class SendForm(forms.Form):
    """Who gets the issue, and when."""

    audience = forms.ChoiceField(
        label=_("Send to"),
        choices=Audience,
        initial=Audience.ALL,
        widget=forms.RadioSelect,
    )
    when = forms.ChoiceField(
        label=_("When"),
        choices=[(NOW, _("Right away")), (LATER, _("At a date and an hour"))],
        initial=NOW,
        widget=forms.RadioSelect,
    )
    starts_at = DateTimeField(
        label=_("Date and hour (Paris)"),
        help_text=_("For example 24/11/2026 08:00."),
        required=False,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, now, **kwargs):
        super().__init__(*args, **kwargs)
        self.now = now

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("when") == NOW:
            # A date left over in the field is not what was asked.
            self._errors.pop("starts_at", None)
            cleaned["starts_at"] = None
        elif cleaned.get("when") == LATER and "starts_at" not in self._errors:
            starts_at = cleaned.get("starts_at")
            if starts_at is None:
                self.add_error("starts_at", _("Choose the date and the hour."))
            elif starts_at < self.now:
                self.add_error(
                    "starts_at",
                    _(
                        "This date has passed. Choose one to come, or send right away;"
                        " nothing has been sent."
                    ),
                )
        return cleaned


class ProofForm(forms.Form):
    address = forms.EmailField(
        label=_("Send a test to"),
        help_text=_(
            "Yours or a colleague’s: the test shows what the person at this address may"
            " read."
        ),
        error_messages={
            "invalid": _("Write an address such as prenom.nom@exemple.fr.")
        },
    )

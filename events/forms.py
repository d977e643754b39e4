from django import forms
from django.utils.translation import gettext_lazy as _

from events.enums import RegistrationMode


class RegistrationForm(forms.Form):
    """What a member says when they sign up."""

    mode = forms.ChoiceField(
        label=_("How will you take part?"),
        widget=forms.RadioSelect,
        choices=[
            (RegistrationMode.ON_SITE, _("On site")),
            (RegistrationMode.REMOTE, _("Remotely")),
        ],
    )
    access_needs = forms.CharField(
        label=_("Do you need anything to take part?"),
        help_text=_(
            "Access, hearing, meal… Read by the organising team only, erased thirty "
            "days after the day."
        ),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    question = forms.CharField(
        label=_("A question you would like to see addressed"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data=None, *, event):
        super().__init__(data)
        self.fields["mode"].choices = [
            (mode, label)
            for mode, label in self.fields["mode"].choices
            if mode in event.modes
        ]
        if len(event.modes) == 1:
            # Nothing to choose: the only way is the one that is meant.
            self.fields["mode"].required = False
            self.fields["mode"].widget = forms.HiddenInput()
            self.fields["mode"].initial = event.modes[0]
        self.only_mode = event.modes[0] if len(event.modes) == 1 else None

    def clean_mode(self):
        return self.cleaned_data["mode"] or self.only_mode


class CancelDayForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is the day cancelled?"),
        help_text=_("These words are sent to everyone registered or waiting."),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

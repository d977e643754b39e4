from django import forms
from django.utils.translation import gettext_lazy as _

from events.enums import AttendanceMode, RegistrationMode
from network_site.core.filters import unknown_remarks


class EventFilterForm(forms.Form):
    """The filters of the list, from its address; what is not among the choices is left out,
    and said (`remarks`)."""

    theme = forms.ChoiceField(label=_("Theme"), required=False)
    territory = forms.ChoiceField(label=_("Région"), required=False)
    mode = forms.ChoiceField(
        label=_("Attendance"),
        required=False,
        choices=[
            ("", _("All ways")),
            (AttendanceMode.ON_SITE, _("On site")),
            (AttendanceMode.REMOTE, _("Remotely")),
        ],
    )
    month = forms.ChoiceField(label=_("Month"), required=False)

    def __init__(self, data=None, *, themes=(), territories=(), months=()):
        super().__init__(data)
        self.fields["theme"].choices = [("", _("All themes")), *themes]
        self.fields["territory"].choices = [("", _("All of France")), *territories]
        self.fields["month"].choices = [("", _("All dates")), *months]

    @property
    def chosen(self):
        """The filters that are set and make sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def remarks(self):
        self.is_valid()
        return unknown_remarks(self.data.get(name, "") for name in self.errors)


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

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from network_site.members import services
from network_site.members.enums import FieldVisibility
from network_site.members.forms.leaving import LeavingMixin
from network_site.members.forms.person import PersonForm, WordsField
from network_site.members.languages import language_choices
from network_site.members.models import Profile
from network_site.members.permissions import FIELDS
from network_site.taxonomies.models import Theme

# The widest first: what most people leave as it is comes before what closes.
AUDIENCES = [
    (audience.value, audience.label)
    for audience in sorted(FieldVisibility, reverse=True)
]


# Fields of the sheet that bear another name in the form.
_INPUTS = {"organization": "organization_name"}


def _other_languages():
    """The languages to choose among: everyone here works in French."""
    return [(code, label) for code, label in language_choices() if code != "fr"]


class VisibilityField(forms.TypedChoiceField):
    """Who reads a field of the sheet; a form that does not say changes nothing."""

    def __init__(self, label):
        super().__init__(
            label=label,
            choices=AUDIENCES,
            coerce=int,
            required=False,
            empty_value=None,
        )


class ProfileForm(LeavingMixin, PersonForm):
    """A member's own sheet, and who reads each part of it."""

    help_topics = WordsField(
        label=_("I can help with"),
        required=False,
        longest=400,
        help_text=_(
            "A few short lines: what colleagues may ask you. For example: setting up a"
            " reception desk in several languages."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    themes = forms.ModelMultipleChoiceField(
        label=_("Themes"),
        queryset=Theme.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages you can work in, besides French"),
        choices=_other_languages,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    presentation = WordsField(
        label=_("Presentation"),
        required=False,
        longest=1000,
        help_text=_("What you work on, in a few sentences."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    accepts_contact = forms.BooleanField(
        label=_("Members may write to me through the site; my address is never shown."),
        required=False,
    )
    version = forms.CharField(required=False, widget=forms.HiddenInput)
    sheet_visibility = VisibilityField(_("Who sees the sheet, with your name"))

    def __init__(self, *args, profile: Profile, **kwargs):
        self.profile = profile
        state = services.state_of(profile)
        initial = {**state, "version": services.version_of(profile)}
        super().__init__(*args, initial=initial, **kwargs)
        for name in FIELDS:
            field = self.fields.get(_INPUTS.get(name, name))
            label = field.label if field else _("Portrait")
            self.fields[f"{name}_visibility"] = VisibilityField(
                _("Who sees: %(field)s") % {"field": label}
            )
        self.add_leaving_field()

    def clean(self):
        data = super().clean()
        for name in services.VISIBILITIES:
            if data.get(name) is None:
                data.pop(name, None)
        self.check_leaving(data)
        return data

    def parts(self):
        """What is asked and who reads it: [{field, visibility, is_list, chosen}]."""
        parts = []
        for name in FIELDS:
            input_name = _INPUTS.get(name, name)
            if input_name not in self.fields:
                continue
            field = self[input_name]
            is_list = field.widget_type == "checkboxselectmultiple"
            parts.append(
                {
                    "field": field,
                    "visibility": self[f"{name}_visibility"],
                    "is_list": is_list,
                    "chosen": [
                        one.choice_label for one in field if one.data["selected"]
                    ]
                    if is_list
                    else [],
                }
            )
        return parts

    def save(self):
        """Write the sheet; False when another one was written meanwhile, which the form tells."""
        try:
            services.update_profile(profile=self.profile, **self.cleaned_data)
        except services.ChangedMeanwhile as error:
            self.tell_changed(error.names)
            return False
        return True

    def tell_changed(self, names):
        """Say what differs, keep what was typed, and take the sheet as it is for read."""
        labels = [str(self.fields[name].label) for name in names if name in self.fields]
        self.add_error(
            None,
            _now(
                "Your sheet was changed elsewhere (another tab, another device) after you"
                " opened this page. What differs: %(fields)s. What you typed is below: read"
                " it again, then save."
            )
            % {"fields": ", ".join(labels)},
        )
        self.data = self.data.copy()
        fresh = Profile.objects.get(pk=self.profile.pk)
        self.data[self.add_prefix("version")] = services.version_of(fresh)

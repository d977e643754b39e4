from django import forms
from django.conf import settings as site_settings
from django.core.validators import MaxValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network_site.core.date_fields import DateField
from network_site.core.templatetags.date_tags import date_mid
from network_site.notifications.enums import Rhythm
from network_site.notifications.notifications import SPACES
from network_site.registries.enums import (
    Category,
    Level,
)
from network_site.taxonomies.enums import TerritoryKind
from network_site.taxonomies.models import Territory, Theme

# Forgetting to end a pause is not the same as leaving.
LONGEST_PAUSE = 366
HOURS = range(5, 22)


class FilterForm(forms.Form):
    """What of the centre is shown; anything that is not a choice is as if it were not there."""

    etat = forms.ChoiceField(choices=[("non-lues", "")], required=False)
    espace = forms.ChoiceField(
        choices=[(space, "") for space in [*SPACES, Category.ACCOUNT]], required=False
    )
    avant = forms.IntegerField(
        min_value=1, validators=[MaxValueValidator(2**62)], required=False
    )

    def chosen(self):
        """{name: value} of what was asked and exists."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class LevelForm(forms.Form):
    """A level for one thing; "none" follows it no longer."""

    level = forms.ChoiceField(choices=[*Level.choices, ("none", "")])


class RhythmForm(forms.Form):
    rhythm = forms.ChoiceField(choices=Rhythm.choices)


class WantedForm(forms.Form):
    wanted = forms.ChoiceField(choices=[("on", ""), ("off", "")])


class BreakForm(forms.Form):
    """A pause from today, in days; 0 ends it."""

    days = forms.TypedChoiceField(
        choices=[("0", ""), ("7", ""), ("14", ""), ("31", "")], coerce=int
    )


def _hours():
    return [
        ("0", _("That of the network (7 h every day, 8 h on Tuesdays)")),
        *((hour, _("%(hour)d h") % {"hour": hour}) for hour in HOURS),
    ]


class SettingsForm(forms.Form):
    """Everything of the settings page but what is followed.

    `switchable` are the notifications that may be switched off, as (name, label) by space.
    """

    rhythm = forms.ChoiceField(
        label=_("My summary"),
        choices=Rhythm.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "What you follow at the level “Summary” is gathered in it. Nothing new: no"
            " mail."
        ),
    )
    hour = forms.TypedChoiceField(
        label=_("Hour of the summary"),
        choices=_hours,
        coerce=int,
    )
    paused_from = DateField(
        label=_("First day of the pause"),
        help_text=_("For example 24/11/2026."),
        required=False,
    )
    paused_until = DateField(
        label=_("Last day of the pause"),
        help_text=_("For example 24/11/2026."),
        required=False,
    )
    language = forms.ChoiceField(
        label=_("Language of the mails"), choices=site_settings.LANGUAGES
    )
    wants_newsletter = forms.BooleanField(
        label=_("I wish to receive the newsletter"), required=False
    )

    def __init__(self, *args, switchable=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.switchable = [
            name for _space, names in switchable for name, _label in names
        ]
        for space in SPACES:
            self.fields[f"rhythm_{space}"] = forms.ChoiceField(
                label=space.label,
                choices=[("same", _("As my summary")), *Rhythm.choices],
            )
        for space, names in switchable:
            self.fields[f"wanted_{space}"] = forms.MultipleChoiceField(
                label=Category(space).label,
                choices=names,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    @classmethod
    def initial_of(cls, user, settings, switchable):
        """What the form shows of the person's settings."""
        off = set(settings.switched_off)
        return {
            "rhythm": settings.rhythm,
            "hour": settings.hour or 0,
            "paused_from": settings.paused_from,
            "paused_until": settings.paused_until,
            "language": user.language,
            "wants_newsletter": settings.wants_newsletter,
            **{
                f"rhythm_{space}": settings.category_rhythms.get(space, "same")
                for space in SPACES
            },
            **{
                f"wanted_{space}": [name for name, _label in names if name not in off]
                for space, names in switchable
            },
        }

    def clean(self):
        cleaned = super().clean()
        if "paused_from" in self.errors or "paused_until" in self.errors:
            return cleaned
        first, last = cleaned.get("paused_from"), cleaned.get("paused_until")
        today = timezone.localdate()
        if last and not first:
            cleaned["paused_from"] = first = min(today, last)
        if first and not last:
            self.add_error(
                "paused_until",
                _("Say until which day: without one, no mail would ever come again."),
            )
        elif first and first > last:
            self.add_error(
                "paused_until",
                _(
                    "The pause would end (%(last)s) before it begins (%(first)s):"
                    " change one of the two dates."
                )
                % {"last": date_mid(last), "first": date_mid(first)},
            )
        elif last and last < today and "paused_until" in self.changed_data:
            self.add_error(
                "paused_until",
                _("This day is past: choose one to come, or leave both dates empty."),
            )
        elif last and (last - first).days > LONGEST_PAUSE:
            self.add_error(
                "paused_until",
                _(
                    "A pause lasts a year at most. To receive nothing for longer,"
                    " choose “Never by e-mail”."
                ),
            )
        return cleaned

    def values(self, settings):
        """The keyword arguments of services.update_settings(), but the person.

        What the MailSettings switch off and this form does not show stays switched off.
        """
        data = self.cleaned_data
        wanted = {
            name
            for field, names in data.items()
            if field.startswith("wanted_")
            for name in names
        }
        return {
            "rhythm": data["rhythm"],
            "hour": data["hour"] or None,
            "category_rhythms": {
                space: data[f"rhythm_{space}"]
                for space in SPACES
                if data[f"rhythm_{space}"] != "same"
            },
            "switched_off": [
                *(name for name in self.switchable if name not in wanted),
                *(set(settings.switched_off) - set(self.switchable)),
            ],
            "paused_from": data["paused_from"],
            "paused_until": data["paused_until"],
            "wants_newsletter": data["wants_newsletter"],
            "language": data["language"],
        }


class _PlaceField(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        if obj.kind == TerritoryKind.REGION:
            return obj.name
        return f"{obj.insee_code} {obj.name}"


class _ThemesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj):
        return obj.label


class WelcomeForm(forms.Form):
    """Three questions, each of which may stay without an answer."""

    territory = _PlaceField(
        label=_("Where do you work?"),
        help_text=_(
            "You will hear of the practices, days and texts of this département, or of"
            " this région."
        ),
        queryset=Territory.objects.filter(
            kind__in=[TerritoryKind.REGION, TerritoryKind.DEPARTMENT]
        ).order_by("-kind", "insee_code"),
        required=False,
        empty_label=_("Everywhere: no territory in particular"),
    )
    themes = _ThemesField(
        label=_("What do you work on?"),
        help_text=_("What is filed under a theme you tick will be told to you."),
        queryset=Theme.objects.filter(depth=1),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    rhythm = forms.ChoiceField(
        label=_("How often may we write to you?"),
        help_text=_("One mail for everything new; none when nothing is."),
        choices=Rhythm.choices,
        widget=forms.RadioSelect,
        initial=Rhythm.WEEKLY,
    )

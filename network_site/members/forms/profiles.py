from django import forms
from django.utils.translation import gettext_lazy as _

from network_site.members import services
from network_site.members.forms.person import PersonForm
from network_site.members.models import Profile
from network_site.taxonomies.models import Theme


class ProfileForm(PersonForm):
    """A member's own sheet."""

    themes = forms.ModelMultipleChoiceField(
        label=_("Themes"),
        queryset=Theme.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    presentation = forms.CharField(
        label=_("Presentation"),
        required=False,
        max_length=1000,
        help_text=_("What you work on, what colleagues may ask you about."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, profile: Profile, **kwargs):
        self.profile = profile
        initial = {
            "first_name": profile.user.first_name,
            "last_name": profile.user.last_name,
            "organization_name": profile.organization_label,
            "job_title": profile.job_title,
            "territory": profile.territory_id,
            "themes": list(profile.themes.values_list("pk", flat=True))
            if profile.pk
            else [],
            "presentation": profile.presentation,
        }
        super().__init__(*args, initial=initial, **kwargs)

    def save(self):
        """Write the sheet through the service; returns the profile."""
        return services.update_profile(profile=self.profile, **self.cleaned_data)

from django import forms
from django.utils.translation import gettext_lazy as _

from network_site.members.enums import OrganizationKind
from network_site.taxonomies.models import Territory, Theme


class DirectoryFilterForm(forms.Form):
    """What narrows the directory; anything that is not a choice is left aside."""

    q = forms.CharField(label=_("Name"), required=False, max_length=100)
    kind = forms.MultipleChoiceField(
        label=_("Kind"), required=False, choices=OrganizationKind.choices
    )
    theme = forms.ModelMultipleChoiceField(
        label=_("Theme"),
        required=False,
        queryset=Theme.objects.all(),
        to_field_name="slug",
    )
    territory = forms.ModelChoiceField(
        label=_("Territory"),
        required=False,
        queryset=Territory.objects.all(),
        to_field_name="slug",
    )

from django import forms
from django.utils.translation import gettext_lazy as _

from network_site.members.models import Organization
from network_site.taxonomies.enums import TerritoryKind
from network_site.taxonomies.models import Territory


class DepartmentChoiceField(forms.ModelChoiceField):
    """A département, by its number and name."""

    def __init__(self, **kwargs):
        super().__init__(
            queryset=Territory.objects.filter(kind=TerritoryKind.DEPARTMENT).order_by(
                "insee_code"
            ),
            required=False,
            empty_label=_("National, or several départements"),
            **kwargs,
        )

    def label_from_instance(self, obj):
        return f"{obj.insee_code} {obj.name}"


class OrganizationNameInput(forms.TextInput):
    """A text field with the directory's names as suggestions, which work without script."""

    template_name = "members/widgets/organization_name.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(
            name, value, {**(attrs or {}), "list": f"{name}-list"}
        )
        context["widget"]["list_id"] = f"{name}-list"
        context["widget"]["names"] = list(
            Organization.objects.listed()
            .order_by("name")
            .values_list("name", flat=True)[:500]
        )
        return context


class PersonForm(forms.Form):
    """What a person says of themselves."""

    first_name = forms.CharField(
        label=_("First name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    organization_name = forms.CharField(
        label=_("Organisation"),
        max_length=200,
        help_text=_("Choose it in the list, or write its name if it is not there."),
        widget=OrganizationNameInput(attrs={"autocomplete": "organization"}),
    )
    job_title = forms.CharField(
        label=_("Function"),
        max_length=160,
        help_text=_("For example: officer in charge of the city contract."),
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    territory = DepartmentChoiceField(label=_("Territory of action"))

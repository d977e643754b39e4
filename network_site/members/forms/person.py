from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from network_site.core.text import one_line, visible
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


class LineField(forms.CharField):
    """A line of text: what cannot be seen in it is taken out, runs of blanks are one."""

    def to_python(self, value):
        return one_line(super().to_python(value))


class WordsField(forms.CharField):
    """A few paragraphs. What is too long is refused by the server, and nothing is cut."""

    def __init__(self, *, longest, **kwargs):
        super().__init__(validators=[MaxLengthValidator(longest)], **kwargs)

    def to_python(self, value):
        return visible(super().to_python(value))


class OrganizationNameInput(forms.TextInput):
    """A text field that offers the directory's names; without script, a plain field."""

    template_name = "members/widgets/organization_name.html"


class PersonForm(forms.Form):
    """What a person says of themselves."""

    first_name = LineField(
        label=_("First name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = LineField(
        label=_("Last name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    organization_name = LineField(
        label=_("Organisation"),
        max_length=200,
        help_text=_(
            "Write the first letters and choose it in the list. If it is not there, write"
            " its full name: your words are kept as they are."
        ),
        widget=OrganizationNameInput(attrs={"autocomplete": "organization"}),
    )
    job_title = LineField(
        label=_("Function"),
        max_length=160,
        help_text=_("For example: officer in charge of the city contract."),
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    territory = DepartmentChoiceField(label=_("Territory of action"))

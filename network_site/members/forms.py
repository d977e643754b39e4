from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from network_site.members import services
from network_site.members.domains import normalize_domain
from network_site.members.models import Profile
from network_site.taxonomies.enums import TerritoryKind
from network_site.taxonomies.models import Territory, Theme


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
        from network_site.members.models import Organization

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


class MembershipRequestForm(PersonForm):
    """Asking to join, in one screen with the address and the password."""

    motivation = forms.CharField(
        label=_("Why do you wish to join?"),
        required=False,
        max_length=1000,
        help_text=_("One or two sentences help the facilitators to answer faster."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    field_order = [
        "email",
        "first_name",
        "last_name",
        "organization_name",
        "job_title",
        "territory",
        "motivation",
        "password1",
    ]

    def signup(self, request, user):
        """Called by allauth once the account exists: file the request."""
        # Whoever reads the site in English is written to in English.
        user.language = get_language() or settings.LANGUAGE_CODE
        user.save(update_fields=["language"])
        services.request_membership(
            user=user,
            **{
                name: self.cleaned_data[name]
                for name in (
                    "first_name",
                    "last_name",
                    "organization_name",
                    "job_title",
                    "territory",
                    "motivation",
                )
            },
        )


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


class AdmissionForm(forms.Form):
    """The answer to a request: a refusal says why."""

    decision = forms.ChoiceField(
        choices=[("admit", _("Admit")), ("refuse", _("Refuse"))],
        widget=forms.HiddenInput,
    )
    reason = forms.CharField(
        label=_("Reason, which the person will read"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self):
        cleaned = super().clean()
        if (
            cleaned.get("decision") == "refuse"
            and not cleaned.get("reason", "").strip()
        ):
            self.add_error(
                "reason", _("Say why: the person will read it and may answer you.")
            )
        return cleaned


class ApprovedDomainForm(WagtailAdminModelForm):
    """A domain is kept bare, so that it is matched on whole labels."""

    def clean_domain(self):
        try:
            domain = normalize_domain(self.cleaned_data["domain"])
        except ValueError as error:
            raise ValidationError(
                _("Write a domain with its extension, for example ville-exemple.fr.")
            ) from error
        return domain

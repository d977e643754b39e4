from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from network_site.core.text import fold
from network_site.media import intake
from network_site.members.domains import is_public_mailbox, normalize_domain
from network_site.members.forms.person import OrganizationNameInput
from network_site.members.models import Organization, Profile
from network_site.members.permissions import profile_filter
from network_site.members.services.organizations import SHEET_FIELDS, find_organization
from network_site.members.siret import LENGTH, is_valid_siret, normalize_siret


class EmailDomainForm(WagtailAdminModelForm):
    """A domain is kept bare, so that it is matched on whole labels."""

    def clean_domain(self):
        try:
            domain = normalize_domain(self.cleaned_data["domain"])
        except ValueError as error:
            raise ValidationError(
                _("Write a domain with its extension, for example ville-exemple.fr.")
            ) from error
        return domain

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("admits_at_once") and is_public_mailbox(cleaned.get("domain")):
            self.add_error(
                "admits_at_once",
                _("Anybody opens a mailbox at this domain: it cannot admit at once."),
            )
        return cleaned


class SiretField(forms.CharField):
    """A SIRET number, grouped as one likes, kept as fourteen figures."""

    def to_python(self, value):
        return normalize_siret(super().to_python(value))

    def validate(self, value):
        super().validate(value)
        if not value:
            return
        if not (value.isascii() and value.isdecimal()):
            raise ValidationError(
                _("A SIRET number is made of figures only, for example %(example)s."),
                params={"example": "130 025 265 00013"},
            )
        if len(value) != LENGTH:
            raise ValidationError(
                _("A SIRET number has 14 figures, and this one has %(length)s."),
                params={"length": len(value)},
            )
        if not is_valid_siret(value):
            raise ValidationError(
                _(
                    "This number is not a SIRET: its last figure does not answer to the"
                    " others. Compare it with the original, figure by figure."
                )
            )


class OrganizationAdminForm(WagtailAdminModelForm):
    """An organisation in the admin: its SIRET by its key, and one organisation a number."""

    # Longer than what is kept: numbers are typed and pasted with blanks.
    siret = SiretField(label=_("SIRET"), required=False, max_length=40)

    def clean_siret(self):
        siret = self.cleaned_data["siret"]
        if siret:
            others = Organization.objects.filter(siret=siret)
            other = others.exclude(pk=self.instance.pk).first()
            if other is not None:
                raise ValidationError(
                    _(
                        "This number is that of “%(name)s”. If the two are one body, join"
                        " them from its sheet."
                    ),
                    params={"name": other.name},
                )
        return siret


class OrganizationSheetForm(forms.ModelForm):
    """What a delegate writes of the sheet of their organisation."""

    logo_file = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("JPEG, PNG, WebP, AVIF, HEIC or GIF, 2 MB at most."),
        widget=forms.FileInput(
            attrs={
                "accept": "image/png,image/webp,image/jpeg,image/avif,image/heic,image/gif"
            }
        ),
    )
    removes_logo = forms.BooleanField(label=_("Take the logo away"), required=False)
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Organization
        fields = SHEET_FIELDS
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 3}),
            "summary_en": forms.Textarea(attrs={"rows": 3, "lang": "en"}),
            "body": forms.Textarea(attrs={"rows": 12}),
            "body_en": forms.Textarea(attrs={"rows": 8, "lang": "en"}),
        }

    field_order = [
        "summary",
        "body",
        "website",
        "contact_label",
        "contact_email",
        "logo_file",
        "removes_logo",
        "summary_en",
        "body_en",
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.logo_id:
            del self.fields["removes_logo"]

    def clean(self):
        # Browsers send lines ended their own way: the same text is one text.
        cleaned = super().clean()
        for name in SHEET_FIELDS:
            if isinstance(cleaned.get(name), str):
                cleaned[name] = cleaned[name].replace("\r\n", "\n").strip()
        return cleaned

    def clean_logo_file(self):
        upload = self.cleaned_data["logo_file"]
        return intake.receive(upload, intake.LOGO) if upload else None

    @property
    def sheet(self):
        """What update_sheet takes."""
        return {
            **{name: self.cleaned_data[name] for name in SHEET_FIELDS},
            "logo": self.cleaned_data["logo_file"],
            "removes_logo": self.cleaned_data.get("removes_logo", False),
        }


class OtherOrganizationForm(forms.Form):
    """The organisation that another is to be joined with, by its name."""

    name = forms.CharField(
        label=_("The other organisation"),
        max_length=200,
        help_text=_("Its name, its acronym or a former name, as the directory has it."),
        widget=OrganizationNameInput,
        error_messages={"required": _("Write the name of the other organisation.")},
    )

    def __init__(self, *args, organization, **kwargs):
        super().__init__(*args, **kwargs)
        self.organization = organization

    def clean_name(self):
        other = find_organization(self.cleaned_data["name"])
        if other is None:
            raise ValidationError(
                _("No organisation of the directory has this name: look for its sheet.")
            )
        if other == self.organization:
            raise ValidationError(_("This is the same organisation."))
        return other


class PersonChoiceForm(forms.Form):
    """A member, by their name or their address, among those whose sheet the reader sees.

    When several answer, they are offered as `candidates`, and `choice` says which.
    """

    MOST = 8

    person = forms.CharField(
        label=_("Member"),
        max_length=254,
        help_text=_("Their first and last names, or their e-mail address."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Write the name or the e-mail address of a member.")
        },
    )
    choice = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, reader, **kwargs):
        super().__init__(*args, **kwargs)
        self.reader = reader
        self.candidates = []

    def clean(self):
        cleaned = super().clean()
        words = " ".join((cleaned.get("person") or "").split())
        if not words:
            return cleaned
        found = list(self._like(words)[: self.MOST])
        chosen = [one for one in found if one.pk == cleaned.get("choice")]
        exact = chosen or [one for one in found if self._is_exactly(one, words)]
        if len(exact) == 1:
            cleaned["profile"] = exact[0]
        elif found:
            self.candidates = found
            self.add_error("person", _("Choose the person among those below."))
        else:
            self.add_error(
                "person",
                _("No member whose sheet you read has this name or this address."),
            )
        return cleaned

    def _like(self, words):
        seen = (
            Profile.objects.approved()
            .filter(profile_filter(self.reader), user__is_active=True)
            .select_related("user", "organization")
            .order_by("name_key", "pk")
        )
        if "@" in words:
            return seen.filter(user__email__iexact=words)
        folded = fold(words).split()
        if not folded:
            return seen.none()
        for word in folded[:6]:
            seen = seen.filter(name_key__contains=word)
        return seen

    def _is_exactly(self, profile, words):
        if "@" in words:
            return True
        return sorted(profile.name_key.split()) == sorted(fold(words).split())


class DecisionForm(forms.Form):
    """The answer to a question about an employer."""

    decision = forms.ChoiceField(choices=[("end", ""), ("keep", "")])

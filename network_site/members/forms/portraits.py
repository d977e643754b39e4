from django import forms
from django.utils.translation import gettext_lazy as _

from network_site.media import intake
from network_site.members import portraits


class PortraitForm(forms.Form):
    """A photograph to be cropped; `made` holds its pixels once the form is valid."""

    photo = forms.FileField(
        label=_("Photograph"),
        help_text=_(
            "JPEG, PNG, WebP, AVIF or HEIC, 10 MB at most. You crop it at the next step."
        ),
        error_messages={
            "required": _("Choose a file first."),
            "missing": _("Choose a file first."),
            "empty": _("This file is empty: choose another one."),
        },
        widget=forms.FileInput(
            attrs={"accept": "image/jpeg,image/png,image/webp,image/avif,image/heic"}
        ),
    )
    made = None

    def clean_photo(self):
        photo = self.cleaned_data["photo"]
        self.made = intake.receive(photo, intake.PORTRAIT)
        return photo


def _range(label, low, high, step, **kwargs):
    return forms.IntegerField(
        label=label,
        min_value=low,
        max_value=high,
        widget=forms.NumberInput(attrs={"type": "range", "step": step}),
        **kwargs,
    )


class FrameForm(forms.Form):
    """Which square of the photograph is kept."""

    x = _range(_("From left to right"), 0, 100, 1)
    y = _range(_("From top to bottom"), 0, 100, 1)
    zoom = _range(_("Enlargement (percent)"), 100, portraits.MOST_ZOOM, 5)

    def frame(self):
        """The frame asked for; what is missing or out of bounds is the middle, whole."""
        self.is_valid()
        wanted = {
            name: value
            for name, value in self.cleaned_data.items()
            if value is not None
        }
        return portraits.Frame(**wanted)

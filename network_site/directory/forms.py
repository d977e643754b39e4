import re
import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from network_site.anonymity.nir import contains_nir
from network_site.directory.models import LONGEST_BODY, LONGEST_SUBJECT

# What no database keeps, or no reader sees; tabs and line ends are kept.
_UNKEPT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class _Words(forms.CharField):
    """Text whose odd characters are dropped rather than refused."""

    def to_python(self, value):
        text = _UNKEPT.sub("", str(value or "")).replace("\r\n", "\n").strip()
        if not isinstance(self.widget, forms.Textarea):
            text = " ".join(text.split())
        return super().to_python(text)

    def validate(self, value):
        super().validate(value)
        if contains_nir(value):
            raise forms.ValidationError(
                _(
                    "This contains a social security number. Take it out: it would make"
                    " someone recognisable."
                ),
                code="nir",
            )


class AnswerForm(forms.Form):
    """An organisation's answer, from its mailbox."""

    form_token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    body = _Words(
        label=_("Message"),
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={
            "required": _("Write your message."),
            "max_length": _(
                "The message has %(show_value)d characters, and %(limit_value)d at most can"
                " be sent. Nothing is lost: shorten it."
            ),
        },
    )

    def clean_form_token(self):
        return self.cleaned_data["form_token"] or uuid.uuid4()


class ContactForm(AnswerForm):
    """A message to a person or to an organisation."""

    subject = _Words(
        label=_("Subject"),
        max_length=LONGEST_SUBJECT,
        error_messages={
            "required": _("Say in a few words what it is about."),
            "max_length": _(
                "The subject has %(show_value)d characters, and %(limit_value)d at most can"
                " be kept. Put the details into the message."
            ),
        },
    )
    field_order = ["form_token", "subject", "body"]


class ReportForm(forms.Form):
    comment = _Words(
        label=_("What is wrong with this message?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

"""How forms are drawn, and what they say of a box left empty."""

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

# A longer label is a sentence of its own, which stands beside the box.
_LONGEST = 80


class SiteFormRenderer(TemplatesSetting):
    """Draw every field with the site's own template.

    Widgets come from Django's and Wagtail's templates (django.forms is an installed
    app), so the back office, which lays its fields out itself, is unchanged.
    """

    field_template_name = "components/field.html"


def say_what_is_missing():
    """Have every form, other packages' too, say what to do in a box that was left empty.

    A field with a sentence of its own keeps it.
    """
    get_bound_field = forms.Field.get_bound_field

    def with_sentence(field, form, name):
        bound = get_bound_field(field, form, name)
        # Asked before the field is cleaned, which is the form's own copy.
        usual = forms.Field.default_error_messages["required"]
        if field.error_messages.get("required") is usual:
            field.error_messages["required"] = missing_words(field, str(bound.label))
        return bound

    forms.Field.get_bound_field = with_sentence


def missing_words(field, label):
    """What to do in an empty `field` called `label`: tick, choose, write, give a file."""
    label = strip_tags(label).strip().rstrip(":*").strip()
    named = label if len(label) <= _LONGEST else ""
    words = _words_for(field, is_question=label.endswith("?"))
    if not named:
        return words + "."
    if not named[1:2].isupper():
        named = named[:1].lower() + named[1:]
    end = "" if named[-1] in "?!.…" else "."
    return _("%(words)s: %(label)s") % {"words": words, "label": named} + end


def _words_for(field, *, is_question):
    if isinstance(field, forms.BooleanField):
        return _("Tick this box")
    if isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField):
        return _("Choose one at least here")
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return _("Choose here")
    if isinstance(field, forms.FileField):
        return _("Choose a file")
    if isinstance(field, forms.DateField | forms.DateTimeField):
        return _("Write a date here, such as 03/03/2018")
    return _("Answer here") if is_question else _("Write here")

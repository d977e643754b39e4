"""What forms need besides Django's own tags. None of it reads the database."""

from django import template
from django.forms import BaseForm
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag(takes_context=True)
def error_prefix(context):
    """ "Error: " before the title of a page whose form was refused; else nothing.

    What is heard first tells that the form has not left (WCAG 2.2, 3.3.1 and 2.4.2).
    """
    for layer in context.dicts:
        for value in layer.values():
            # By its type: isinstance() would draw what is lazy, the security token first.
            is_form = issubclass(type(value), BaseForm)
            if is_form and value.is_bound and value.errors:
                return _("Error:") + " "
    return ""

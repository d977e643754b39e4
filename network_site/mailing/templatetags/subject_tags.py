"""For the subjects of mails."""

from django import template

from network_site.mailing import mail_text

register = template.Library()


@register.filter
def elastic(value):
    """A title or a name in a subject: it gives way where the whole is too long."""
    return mail_text.elastic(value)


@register.filter
def fitting(text):
    """A subject that `compose` does not write, made to fit."""
    return mail_text.fitting_subject(text)


@register.filter
def unmarked(text):
    """The same whole."""
    return mail_text.whole_subject(text)

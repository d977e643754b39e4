"""What a letter's words become in each part of its mail."""

from django import template
from django.utils.safestring import mark_safe

from network_site.core.markdown import markdown_words, render_markdown
from network_site.mailing.links import in_mail
from network_site.mailing.mail_body import mail_html

register = template.Library()


@register.filter
def plain_words(markdown):
    """Markdown as words, with whole addresses of the reader's language."""
    return markdown_words(markdown, absolute=in_mail)


@register.filter
def mail_markdown(markdown):
    """Markdown as the HTML of a mail."""
    return mark_safe(mail_html(render_markdown(markdown)))  # noqa: S308 - core.markdown


@register.filter
def underlined(heading):
    """A heading with a line of hyphens below it."""
    heading = str(heading)
    return f"{heading}\n{'-' * min(len(heading), 72)}"


@register.filter
def last_line(report):
    """The line of a report that says what happened: the last one of a traceback."""
    lines = [line for line in str(report or "").splitlines() if line.strip()]
    return lines[-1].strip()[:300] if lines else ""

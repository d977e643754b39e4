from django import template

from network_site.core.markdown import render_markdown

register = template.Library()


@register.filter
def markdown(text):
    """Markdown as safe HTML."""
    return render_markdown(text)

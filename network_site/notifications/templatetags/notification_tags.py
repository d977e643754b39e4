"""The control by which one follows a thing, and the count of what is unread."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from network_site.core.templatetags.icon_tags import icon
from network_site.notifications.bell import unread_of
from network_site.notifications.follow import HOLE
from network_site.registries.notifications import followable_of

register = template.Library()


@register.simple_tag(takes_context=True)
def follow_control(context, kind, pk):
    """The place of the control that follows the `kind` of key `pk`.

    It is filled for each reader (notifications/follow.py), on pages kept for many too; a
    visitor is shown the way to log in.
    """
    declared = followable_of(kind)
    if declared is None or not pk:
        return ""
    request = context.get("request")
    login = ""
    if request is not None:
        login = format_html(
            '<p class="follow no-print"><a class="with-icon" href="{}?{}" rel="nofollow">{}{}</a></p>',
            reverse("account_login"),
            urlencode({"next": request.get_full_path()}),
            icon("bell"),
            declared.verb,
        )
    return format_html(
        "{}{}{}",
        mark_safe(f"<!--own:{HOLE}-{declared.kind}-{int_or_code(pk)}-->"),  # noqa: S308 - a kind and a key
        login,
        mark_safe("<!--/own-->"),
    )


def int_or_code(pk):
    """The key as a hole's name holds it; raises ValueError for anything else."""
    text = str(pk)
    if not text.replace("_", "").isalnum():
        raise ValueError(text)
    return text


@register.simple_tag(takes_context=True)
def unread_notifications(context):
    """How many unread notifications the reader may read (see bell.py)."""
    request = context.get("request")
    return unread_of(request) if request is not None else 0

"""What the frame of a mail shows of the network: its name, its address, its ink."""

from django import template
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import get_language
from wagtail.models import Site

from network_site.core.addresses import site_root
from network_site.core.text import one_blank_line
from network_site.home.models import Branding

register = template.Library()

KEPT_SECONDS = 60


@register.simple_tag
def mail_frame():
    """{name, overline, contact_email, ink, base_url} in the language being written.

    The branding of the default site, kept for a minute: fifty thousand summaries are not
    fifty thousand queries.
    """
    lang = get_language() or settings.LANGUAGE_CODE
    key = f"mail_frame:{lang}"
    frame = cache.get(key)
    if frame is None:
        frame = _read_frame()
        cache.set(key, frame, KEPT_SECONDS)
    return frame


def _read_frame():
    site = Site.objects.filter(is_default_site=True).first()
    branding = Branding.for_site(site) if site else Branding()
    return {
        "name": branding.localized("name"),
        "overline": branding.localized("overline"),
        "contact_email": branding.contact_email,
        "ink": branding.ink_colour,
        "base_url": site_root(),
    }


@register.filter
def bare_address(url):
    """An address as one would say it, without its scheme."""
    return url.partition("://")[2] or url


@register.filter
def is_address(value):
    """Whether a fact is an address to open."""
    return str(value).startswith(("http://", "https://"))


@register.filter
def compact(text):
    """A text part whose conditions left no holes, where `compose` did not write it."""
    return one_blank_line(text)


@register.filter
def quoted(text):
    """Somebody's words set off in a mail without markup."""
    return "\n".join(f"> {line}".rstrip() for line in str(text).splitlines())

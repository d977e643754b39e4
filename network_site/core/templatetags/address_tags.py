"""Addresses of the site: spaces, the other language, the links of a printed page. None of it reads the database."""

import re
from html import unescape

from django import template
from django.conf import settings
from django.urls import get_script_prefix
from django.utils.encoding import escape_uri_path
from django.utils.html import (
    format_html,
    format_html_join,
    strip_tags,
)
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from network_site.core import canonical
from network_site.core.addresses import split_language
from network_site.core.languages import in_language, is_french
from network_site.core.spaces import SLUGS

register = template.Library()

_OUTSIDE_LINK = re.compile(
    r'<a [^<>]*?href="(https?://[^"]+)"[^<>]*+>(.*?)</a>', re.DOTALL
)


SPACE_PATHS = {"home": "", **{name: f"{slug}/" for name, slug in SLUGS.items()}}


class PrintedLinksNode(template.Node):
    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context):
        html = self.nodelist.render(context)
        lines = {}
        for url, words in _OUTSIDE_LINK.findall(html):
            # As text, escaped again below: an attribute may hold what a sentence may not.
            said = " ".join(unescape(strip_tags(words)).split())
            lines.setdefault(unescape(url), said)
        if not lines:
            return html
        items = format_html_join(
            "",
            "<li>{}{}</li>",
            (
                (f"{words}{_(':')} " if words not in url else "", url)
                for url, words in lines.items()
            ),
        )
        return html + format_html(
            '<section class="printed print-links"><h2>{}</h2><ol>{}</ol></section>',
            _("Addresses of the links"),
            items,
        )


@register.tag
def printed_links(parser, token):
    """{% printed_links %}…{% endprinted_links %}: where its links lead, listed on paper."""
    nodelist = parser.parse(("endprinted_links",))
    parser.delete_first_token()
    return PrintedLinksNode(nodelist)


@register.simple_tag
def space_url(name):
    """The address of a space's first page in the language of the interface.

    Names: home, library, practices, events, forums. The first pages of three spaces
    are Wagtail pages, whose address is no named URL.
    """
    prefix = "" if is_french() else f"{get_language()}/"
    return f"{get_script_prefix()}{prefix}{SPACE_PATHS[name]}"


@register.simple_tag(takes_context=True)
def other_language_url(context):
    """The address of this very page under the other language of the interface."""
    request = context.get("request")
    if request is None:
        return "/"
    language, path = split_language(request.path_info)
    other = next(code for code, _name in settings.LANGUAGES if code != language)
    root = get_script_prefix().rstrip("/")
    query = request.META.get("QUERY_STRING", "")
    address = f"{root}{escape_uri_path(in_language(path, other))}"
    return f"{address}?{query}" if query else address


@register.inclusion_tag("components/page_links.html", takes_context=True)
def page_links(context):
    """The address of the page and of the same in the other language, for the head."""
    request = context.get("request")
    if request is None:
        return {}
    return canonical.page_links(request, context.get("canonical_pairs") or ())


@register.simple_tag(takes_context=True)
def current_space(context):
    """The name of the space this address lies in ("" elsewhere), for the navigation."""
    request = context.get("request")
    if request is None:
        return ""
    path = split_language(request.path_info)[1].lstrip("/")
    for name, start in (*SPACE_PATHS.items(), ("directory", "annuaire/")):
        if start and path.startswith(start):
            return name
    return ""

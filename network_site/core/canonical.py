"""The one address of a page, and the same page in the other language (RFC 6596, hreflang).

A list says which filters make it another list (`canonical_pairs` in its context, the number of
the page comes from `core.pagination`); everything else of a query is left out.
"""

from django.conf import settings
from django.urls import get_script_prefix
from django.utils.http import urlencode

from network_site.core.addresses import split_language
from network_site.core.languages import in_language


def page_links(request, pairs=()):
    """{"canonical": address, "alternates": [(code, address)]} of the page `request` asks for.

    `pairs` are the (name, value) of its query that count. The last alternate is that of readers
    of any other language ("x-default").
    """
    language, path = split_language(request.path_info)
    number = getattr(request, "page_of_list", 1)
    pairs = [*pairs, *([("page", number)] if number > 1 else [])]
    query = f"?{urlencode(pairs)}" if pairs else ""
    root = get_script_prefix().rstrip("/")

    def address(code):
        return request.build_absolute_uri(f"{root}{in_language(path, code)}") + query

    alternates = [(code, address(code)) for code, _name in settings.LANGUAGES]
    return {
        "canonical": address(language),
        "alternates": [*alternates, ("x-default", address(settings.LANGUAGE_CODE))],
    }

"""An address of this site under another language (the site's own has no prefix)."""

import re
from functools import lru_cache
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.urls import (
    LocalePrefixPattern,
    Resolver404,
    URLResolver,
    get_resolver,
    get_script_prefix,
    resolve,
    reverse,
)
from django.utils.translation import get_language, override

from network_site.core.addresses import own_address, split_language

# What is the same in each address of a pattern, at its beginning.
_LITERAL = re.compile(r"\^?([\w./%-]*)")


def is_french():
    """Whether the interface speaks French just now."""
    return (get_language() or "fr").startswith("fr")


def in_language(path, code):
    """`path`, which has no prefix of a language, under the language `code`."""
    return path if code == settings.LANGUAGE_CODE else f"/{code}{path}"


def view_at(path, code):
    """The name of the view that answers at `path` of the language `code`; None for nobody's."""
    try:
        # Django knows the prefix of one language at a time.
        with override(code):
            return resolve("/" + path.removeprefix(get_script_prefix())).view_name
    except Resolver404:
        return None


def leads_to(name, *args):
    """Whether the view `name` answers at the address it has for `args`, and no other before it."""
    with override(settings.LANGUAGE_CODE):
        path = reverse(name, args=args)
    is_its = view_at(path, settings.LANGUAGE_CODE) == name
    return is_its and not begins_an_address(path)


def begins_an_address(path):
    """Whether an address of the apps stands at `path`, without prefix of a language, or below."""
    return any(one.startswith(path) for one in _addresses())


@lru_cache(maxsize=1)
def _addresses():
    """What is fixed of each address of the apps, up to its first part that changes."""
    found = {settings.STATIC_URL, settings.MEDIA_URL}
    _walk(get_resolver(), "/", found)
    return found


def _walk(resolver, above, found):
    for one in resolver.url_patterns:
        is_prefix = isinstance(one.pattern, LocalePrefixPattern)
        written = "" if is_prefix else str(one.pattern)
        literal = _LITERAL.match(written)[1]
        if isinstance(one, URLResolver) and literal == written:
            _walk(one, above + literal, found)
        else:
            found.add(above + literal)


def own_url_in(url, code):
    """`url` as it was written in the back office or by a view, under the language `code`.

    An address of another site, and of a file, which stands outside the languages, is unchanged.
    """
    try:
        is_elsewhere = own_address(url) is None
        parts = urlsplit(url)
    except ValueError:
        return url
    if is_elsewhere or not parts.path:
        return url
    root = get_script_prefix().rstrip("/")
    language, path = split_language(parts.path.removeprefix(root))
    other = in_language(path, code)
    if view_at(in_language(path, language), language) != view_at(other, code):
        return url
    return urlunsplit(parts._replace(path=root + other))

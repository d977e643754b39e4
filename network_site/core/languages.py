"""An address of this site under another language (the site's own has no prefix)."""

from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.urls import Resolver404, get_script_prefix, resolve
from django.utils.translation import get_language, override

from network_site.core.addresses import split_language


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


def own_url_in(url, code):
    """`url` as it was written in the back office or by a view, under the language `code`.

    An address of another site, and of a file, which stands outside the languages, is unchanged.
    """
    parts = urlsplit(url)
    if parts.scheme or parts.netloc:
        return url
    root = get_script_prefix().rstrip("/")
    language, path = split_language(parts.path.removeprefix(root))
    other = in_language(path, code)
    if view_at(in_language(path, language), language) != view_at(other, code):
        return url
    return urlunsplit(parts._replace(path=root + other))

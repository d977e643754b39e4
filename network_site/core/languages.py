"""The language that an address of this site begins with: none for the site's own."""

from django.conf import settings


def split_language(path):
    """(code, path without the prefix of a language); "/engagement/" has none.

    >>> split_language("/en/bibliotheque/")
    ('en', '/bibliotheque/')
    """
    for code, _name in settings.LANGUAGES:
        if code != settings.LANGUAGE_CODE and f"{path}/".startswith(f"/{code}/"):
            return code, path[len(code) + 1 :] or "/"
    return settings.LANGUAGE_CODE, path


def in_language(path, code):
    """`path`, which has no prefix of a language, under the language `code`."""
    return path if code == settings.LANGUAGE_CODE else f"/{code}{path}"

"""Where no page may stand: the addresses that the site answers itself, and what is below them.

Django asks the pages last: a page there would be read by nobody, or hide what it leads to.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language_from_path
from django.utils.translation import gettext as _
from wagtail.models import Site

from network_site.core.languages import begins_an_address, view_at

PAGES = "wagtail_serve"


class AddressTaken(ValidationError):
    """Raised with the page that may not stand where it was sent."""

    def __init__(self, page, path):
        super().__init__({"slug": taken_words(path)})
        self.page = page


def taken_words(path):
    """Why no page may stand at `path`, and what to do."""
    return _(
        "The address %(path)s is one that the site uses itself. Choose another slug."
    ) % {"path": path}


def is_taken(path):
    """Whether the site itself answers at `path` ("/recherche/") or below it.

    "/en-bref/" is taken too: Django reads it as an address in English
    (LocaleMiddleware, "en" with a variant).
    """
    return (
        get_language_from_path(path) not in {None, settings.LANGUAGE_CODE}
        or view_at(path, settings.LANGUAGE_CODE) != PAGES
        or begins_an_address(path)
    )


def path_under(parent, slug):
    """The path, in the language of the site, of a page `slug` of `parent`; None outside of it."""
    for root in Site.get_site_root_paths():
        if parent.url_path.startswith(root.root_path):
            return f"/{parent.url_path[len(root.root_path) :]}{slug}/"
    return None


def is_free(slug, parent, page=None):
    """Whether `page` (None: any) may have the address `slug` under `parent`."""
    path = parent and path_under(parent, slug)
    if not path:
        return True
    return path in getattr(page, "own_paths", ()) or not is_taken(path)

"""What stands at an address of this site, and who may read it: the one rule, in any language.

    standing = standing_at("https://…/en/discussions/fil/12-titre/")
    standing.is_own, standing.obj, standing.tokens

An address elsewhere is for everybody; one of this site that nobody knows is nobody's. Each app
says in its `own_addresses.py`, loaded once when the apps are ready, what its addresses name:

    open_to(EVERYBODY, "forums:index", "forums:feed")       # the same for all, or a list that
                                                            # shows each reader their own part
    @stands_at("forums:thread", "forums:answer")
    def thread(pk, **parts):                                # the parts of the address
        return Standing(…)                                  # None: nothing is there
"""

from typing import NamedTuple

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.module_loading import autodiscover_modules
from django.utils.text import capfirst
from django.utils.translation import override
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from network_site.core.addresses import own_address
from network_site.pages.visibility import (
    EVERYBODY,
    NOBODY,
    readable,
    tokens_for,
    tokens_of_page,
)

# How many redirections are followed.
_MOST_STEPS = 5

_known = {}


class Standing(NamedTuple):
    """What stands at an address: who reads it, the object, and its mark ("texte", …)."""

    tokens: frozenset
    obj: object = None
    mark: str = ""
    is_own: bool = True

    @property
    def what(self):
        """The kind of the object in a word of the active language; "" without one."""
        if self.obj is None:
            return ""
        model = type(self.obj)
        if isinstance(self.obj, Page):
            model = self.obj.specific_class or model
        return capfirst(model._meta.verbose_name)


NOTHING = Standing(NOBODY)
ELSEWHERE = Standing(EVERYBODY, is_own=False)


def stands_at(*names):
    """Register the decorated function for the addresses called `names`."""

    def register(function):
        for name in names:
            _known[name] = function
        return function

    return register


def open_to(tokens, *names):
    """Say who reads addresses that are nothing but themselves."""
    stands_at(*names)(lambda **parts: Standing(tokens))


def discover():
    """Load every app's `own_addresses.py`."""
    autodiscover_modules("own_addresses")


def standing_at(url):
    """The Standing of `url`, whatever its language and the active one."""
    try:
        own = own_address(url)
    except ValueError:
        return NOTHING
    return ELSEWHERE if own is None else _standing(own.path, _MOST_STEPS)


def may_open(user, url):
    """Whether `user` may read what stands at `url`."""
    return readable(standing_at(url).tokens, tokens_for(user))


def tree_paths(urls):
    """The `url_path` that a page at each of `urls` has, in their order; one query at most.

    For many addresses at once; those elsewhere, and the home page, are left out.
    """
    paths = {}
    for url in urls:
        try:
            own = own_address(url)
        except ValueError:
            continue
        if own is not None and (bare := _bare(own.path)):
            paths[bare] = None
    root = _root() if paths else None
    return [f"{root.url_path}{path}" for path in paths] if root else []


def standing_of_page(page):
    """The Standing of `page`, wherever it is named; nothing when it is not published."""
    if page is None or not page.live:
        return NOTHING
    mark = getattr(page.specific_class, "space", "page")
    return Standing(tokens_of_page(page), page, mark)


def _standing(path, steps):
    match = _match(path)
    found = None
    if match is not None and match.view_name == "wagtail_serve":
        page = page_at(path)
        found = standing_of_page(page) if page is not None else None
    elif match is not None:
        known = _known.get(match.view_name)
        if known is None:
            return NOTHING
        found = known(**match.kwargs)
    if found is None and steps:
        found = _redirected(path, steps - 1)
    return found or NOTHING


def _match(path):
    """What the site's addresses make of `path`; as the site does, a last stroke is added."""
    # French has no prefix, and every address has the same name in the other language.
    with override(settings.LANGUAGE_CODE):
        for candidate in (path, f"{path}/"):
            try:
                return resolve(candidate)
            except Resolver404:
                continue
    return None


def _redirected(path, steps):
    """Where a moved page, or an address that an administrator redirected, leads."""
    site = Site.objects.filter(is_default_site=True).first()
    # A page moved by somebody who works in another language leaves its address there.
    paths = [path, *(f"/{code}{path}" for code, _name in settings.LANGUAGES)]
    found = (
        Redirect.get_for_site(site)
        .select_related("redirect_page")
        .filter(old_path__in=map(Redirect.normalise_path, paths))
        .order_by("site_id", "pk")
        .first()
    )
    if found is None:
        return None
    if found.redirect_page is not None:
        return standing_of_page(found.redirect_page)
    try:
        own = own_address(found.redirect_link)
    except ValueError:
        return None
    return None if own is None else _standing(own.path, steps)


def page_at(path):
    """The page at a path of this site without a language, published or not; None without one."""
    root = _root()
    if root is None:
        return None
    return Page.objects.filter(url_path=f"{root.url_path}{_bare(path)}").first()


def _root():
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    return site.root_page if site else None


def _bare(path):
    """`path` as it follows the root page's own: "" or "bibliotheque/loi-2008-496/"."""
    bare = path.strip("/")
    return f"{bare}/" if bare else ""

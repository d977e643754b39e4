"""What an issue holds, and which of it a reader sees: one rule for the mail and the archive.

Each piece has tokens, as in search: who holds one of them reads it. A section that is left
without a piece disappears with its heading.
"""

from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import FieldDoesNotExist
from django.urls import Resolver404, get_script_prefix, resolve
from django.utils.text import capfirst
from wagtail.models import Page, Site

from network_site.core.templatetags.core_tags import date_long
from network_site.notifications.links import absolute
from network_site.pages.visibility import (
    ALL,
    PUBLIC,
    tokens_of_page,
    tokens_of_pages,
)
from network_site.search.registry import sources

EVERYBODY = frozenset({PUBLIC, ALL})
NOBODY = frozenset({ALL})


@dataclass(frozen=True)
class Piece:
    """One thing of an issue: a page, an address, or words (then `text` is Markdown)."""

    kind: str
    tokens: frozenset
    title: str = ""
    url: str = ""
    mark: str = ""
    what: str = ""
    when: str = ""
    text: str = ""
    by: str = ""
    lang: str = ""


@dataclass
class Section:
    """A heading, which may be empty at the beginning of an issue, and what follows it."""

    heading: str = ""
    pieces: list = field(default_factory=list)


@dataclass(frozen=True)
class Contents:
    """The pieces of an issue with who may read each; `for_tokens` gives one reader's part."""

    sections: tuple

    @property
    def tokens(self):
        """All tokens that make a difference between two readers."""
        return frozenset().union(
            *(piece.tokens for section in self.sections for piece in section.pieces)
        )

    @property
    def pieces(self):
        return [piece for section in self.sections for piece in section.pieces]

    def for_tokens(self, held):
        """The sections that a holder of `held` reads, none of them empty."""
        found = []
        for section in self.sections:
            pieces = [piece for piece in section.pieces if readable(piece.tokens, held)]
            if pieces:
                found.append(Section(section.heading, pieces))
        return found


def readable(tokens, held):
    """Whether somebody who holds `held` reads what has `tokens`."""
    return ALL in held or bool(tokens & held)


def contents_of(issue):
    """The Contents of `issue` as it stands in memory (a draft, a revision, the live page).

    The pages named are read in a constant number of queries; pages that are not published, or
    are gone, are left out.
    """
    blocks = [(block.block_type, block.value) for block in issue.body]
    pages = _pages(
        value["page"].pk
        for kind, value in blocks
        if kind == "content" and value["page"] is not None
    )
    tokens = tokens_of_pages(pages.values())
    sections = [Section()]
    for kind, value in blocks:
        if kind == "heading":
            sections.append(Section(str(value)))
        elif kind == "content":
            page = pages.get(value["page"].pk) if value["page"] else None
            if page is not None:
                sections[-1].pieces.append(_page_piece(page, value, tokens[page.pk]))
        elif kind == "link":
            standing = standing_at(value["url"])
            sections[-1].pieces.append(
                Piece(
                    kind="link",
                    tokens=standing.tokens,
                    mark=standing.mark,
                    what=standing.what,
                    title=value["title"],
                    url=absolute(value["url"]) if value["url"] else "",
                    text=value["text"],
                    by=value["by"],
                )
            )
        elif str(value).strip():
            sections[-1].pieces.append(
                Piece(kind="words", tokens=EVERYBODY, text=str(value))
            )
    return Contents(tuple(sections))


def _pages(pks):
    found = Page.objects.live().filter(pk__in=set(pks)).specific()
    return {page.pk: page for page in found}


# The mark of a page's space beside its kind; the others are pages.
_MARKS = {"texte", "pratique", "journee", "discussion", "organisation"}


def _page_piece(page, value, tokens):
    mark = getattr(page, "space", "page")
    starts_at = getattr(page, "starts_at", None)
    when = (date_long(starts_at), getattr(page, "venue", "")) if starts_at else ()
    return Piece(
        kind="page",
        tokens=tokens,
        title=page.title,
        url=absolute(page.get_url_parts()[2]) if page.get_url_parts() else "",
        mark=_mark(mark),
        what=capfirst(page._meta.verbose_name),
        when=", ".join(part for part in when if part),
        text=value["sentence"] or getattr(page, "summary", ""),
        by=value["by"],
        lang=getattr(page, "lang", ""),
    )


def own_path(url):
    """The path of an address of this site, None for one elsewhere."""
    parts = urlsplit(url or "")
    if not parts.scheme and not parts.netloc:
        return parts.path or None
    own = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    if parts.scheme in {"http", "https"} and parts.netloc == own.netloc:
        return parts.path or "/"
    return None


class Standing(NamedTuple):
    """What stands at an address: who may read it, its mark and its kind in a word."""

    tokens: frozenset
    mark: str = ""
    what: str = ""


def standing_at(url):
    """The Standing of `url`: for everybody when it is elsewhere, or of nothing that hides.

    An object of this site is recognised through the sources of search, which know who may
    find its words; a page by its restrictions.
    """
    path = own_path(url)
    if path is None:
        return Standing(EVERYBODY)
    try:
        match = resolve(path)
    except Resolver404:
        return Standing(EVERYBODY)
    if match.url_name == "wagtail_serve":
        page = page_at(path)
        if page is None:
            return Standing(EVERYBODY)
        model = page.specific_class
        return Standing(
            tokens_of_page(page) if page.live else NOBODY,
            _mark(getattr(model, "space", "page")),
            capfirst(model._meta.verbose_name),
        )
    return _standing_of_object(path, match)


def _mark(name):
    return name if name in _MARKS else "page"


def _standing_of_object(path, match):
    """The Standing of the object at `path`, recognised by its own address."""
    app = apps.get_containing_app_config(match.func.__module__)
    models = [
        model
        for model in (app.get_models() if app else ())
        if hasattr(model._default_manager, "visible_to") and not issubclass(model, Page)
    ]
    candidates = {source.model: source for source in sources()}
    for model in {**dict.fromkeys(models), **candidates}:
        obj = None if issubclass(model, Page) else _object_of(model, match.kwargs)
        if obj is None or not _same_path(obj.get_absolute_url(), path):
            continue
        source = candidates.get(model)
        if source is not None:
            return Standing(
                NOBODY.union(*(part.tokens for part in source.parts(obj))),
                _mark(source.kind.value),
                capfirst(model._meta.verbose_name),
            )
        is_public = model._default_manager.visible_to(AnonymousUser()).filter(pk=obj.pk)
        return Standing(EVERYBODY if is_public.exists() else NOBODY)
    # Something of an app that hides things, and that is not there (any more).
    return Standing(NOBODY if match.kwargs and models else EVERYBODY)


def _object_of(model, kwargs):
    """The first object of `model` that the parts of an address may name."""
    for name, value in kwargs.items():
        try:
            model._meta.get_field("id" if name == "pk" else name)
        except FieldDoesNotExist:
            continue
        obj = model._default_manager.filter(**{name: value}).first()
        if obj is not None and hasattr(obj, "get_absolute_url"):
            return obj
    return None


def _same_path(one, other):
    def bare(path):
        path = urlsplit(str(path)).path
        return path.removeprefix(f"{get_script_prefix()}en/").strip("/")

    return bare(one) == bare(other)


def page_at(path):
    """The page at a path of this site, None when there is none."""
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if site is None:
        return None
    bare = path.strip("/").removeprefix("en/")
    url_path = f"{site.root_page.url_path}{bare}/" if bare else site.root_page.url_path
    return Page.objects.filter(url_path=url_path).first()

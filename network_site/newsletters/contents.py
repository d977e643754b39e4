"""What an issue holds, and which of it a reader sees: one rule for the mail and the archive.

Each piece has tokens, as in search: who holds one of them reads it. A section that is left
without a piece disappears with its heading.
"""

from dataclasses import dataclass, field

from django.utils.text import capfirst
from wagtail.models import Page

from network_site.core.addresses import absolute
from network_site.core.markdown import markdown_words, passages
from network_site.core.templatetags.date_tags import date_long
from network_site.core.text import one_line
from network_site.mailing.links import in_mail
from network_site.mailing.mail_text import shortened
from network_site.pages.addresses import standing_at
from network_site.pages.visibility import (
    EVERYBODY,
    readable,
    tokens_of_both,
    tokens_of_pages,
)


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
    # Something of this site, which is found and read under rights of its own.
    is_own: bool = False
    is_intro: bool = False


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


def beginning(piece):
    """How the words of a piece begin, to tell it from others."""
    return shortened(one_line(markdown_words(piece.text)), 60)


def contents_of(issue):
    """The Contents of `issue` as it stands in memory (a draft, a revision, the live page).

    Words that lead somewhere are for those who may go there, paragraph by paragraph: their
    introduction stands among the pieces, the first.
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
    sections = [Section(pieces=_words_pieces(issue.intro, is_intro=True))]
    for kind, value in blocks:
        if kind == "heading":
            sections.append(Section(str(value)))
        elif kind == "content":
            page = pages.get(value["page"].pk) if value["page"] else None
            if page is not None:
                sections[-1].pieces.append(_page_piece(page, value, tokens[page.pk]))
        elif kind == "link":
            standing = standing_at(value["url"])
            words = (value["title"], value["text"], value["by"])
            sections[-1].pieces.append(
                Piece(
                    kind="link",
                    tokens=_tokens_of_words(standing.tokens, *words),
                    mark=_mark(standing.mark) if standing.obj else "",
                    what=standing.what,
                    is_own=standing.is_own,
                    title=value["title"],
                    url=in_mail(value["url"]) if value["url"] else "",
                    text=value["text"],
                    by=value["by"],
                )
            )
        else:
            sections[-1].pieces += _words_pieces(str(value))
    return Contents(tuple(sections))


def _words_pieces(text, *, is_intro=False):
    """`text` (Markdown) as one piece, or paragraph by paragraph where some are not for all."""
    if not text.strip():
        return []
    found = [
        (words, _tokens_of_addresses(addresses)) for words, addresses in passages(text)
    ]
    if all(tokens == EVERYBODY for _words, tokens in found):
        found = [(text, EVERYBODY)]
    return [
        Piece(
            kind="words",
            tokens=tokens,
            text=words,
            is_own=tokens != EVERYBODY,
            is_intro=is_intro,
        )
        for words, tokens in found
    ]


def _tokens_of_addresses(addresses, tokens=EVERYBODY):
    for address in addresses:
        tokens = tokens_of_both(tokens, standing_at(address).tokens)
    return tokens


def _tokens_of_words(tokens, *texts):
    """`tokens`, and those of the addresses that stand in `texts`."""
    for text in texts:
        for _words, addresses in passages(text):
            tokens = _tokens_of_addresses(addresses, tokens)
    return tokens


def _pages(pks):
    found = Page.objects.live().filter(pk__in=set(pks)).specific()
    return {page.pk: page for page in found}


# The mark of a page's space beside its kind; the others are pages.
_MARKS = {"texte", "pratique", "journee", "discussion", "organisation"}


def _mark(name):
    return name if name in _MARKS else "page"


def _page_piece(page, value, tokens):
    mark = getattr(page, "space", "page")
    starts_at = getattr(page, "starts_at", None)
    when = (date_long(starts_at), getattr(page, "venue", "")) if starts_at else ()
    return Piece(
        kind="page",
        is_own=True,
        tokens=_tokens_of_words(tokens, value["sentence"], value["by"]),
        title=page.title,
        url=absolute(page.get_url_parts()[2]) if page.get_url_parts() else "",
        mark=_mark(mark),
        what=capfirst(page._meta.verbose_name),
        when=", ".join(part for part in when if part),
        text=value["sentence"] or getattr(page, "summary", ""),
        by=value["by"],
        lang=getattr(page, "lang", ""),
    )

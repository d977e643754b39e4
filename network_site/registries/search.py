"""What can be found: each app declares its sources in `search_sources.py`.

The contract is told in docs/features/search.md. This module knows no space: sources
come to it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import models
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What a result is, as its mark says; the code is part of the page's address."""

    TEXTE = "texte", pgettext_lazy("kind of result", "Texts")
    PRATIQUE = "pratique", pgettext_lazy("kind of result", "Practices")
    JOURNEE = "journee", pgettext_lazy("kind of result", "Exchange days")
    DISCUSSION = "discussion", pgettext_lazy("kind of result", "Discussions")
    ORGANISATION = "organisation", pgettext_lazy("kind of result", "Organisations")
    PERSONNE = "personne", pgettext_lazy("kind of result", "People")
    TERRITOIRE = "territoire", pgettext_lazy("kind of result", "Territories")
    PAGE = "page", pgettext_lazy("kind of result", "Pages")


@dataclass(frozen=True)
class Part:
    """A piece of an object that one set of people may read.

    `text` may be a string or an iterable of strings, HTML or not. A part is read by
    whoever holds one of `tokens`; without a token, by administrators only. `lang` is that
    of a translation ("en"): its words are found under that interface only.

    A file has a `label` and a `url`; its text is plain, that of its pages one by one where
    it has pages: the page of a passage is then told. `of` is the document: its collection is
    asked again at each search, and a change of it closes the part until it is written anew.
    """

    name: str = "main"
    title: str = ""
    text: str | Iterable = ""
    tokens: Iterable[str] = ()
    references: Iterable[str] = field(default_factory=list)
    lang: str = ""
    label: str = ""
    url: str = ""
    pages: Iterable[str] = ()
    of: models.Model | None = None

    @property
    def readers(self):
        """The tokens under which the part is indexed."""
        return [in_language(token, self.lang) for token in self.tokens]


def in_language(token, lang):
    """The token of the readers of a translation; the token itself without a language."""
    return f"{lang}:{token}" if lang else token


class Source:
    """How the objects of one model are indexed, read and shown in a list of results."""

    model: type[models.Model]
    kind: Kind
    # Whether the card tells what changes without the object being written again (seats).
    has_live_card = False

    # What is written to the index

    def queryset(self):
        """Everything that may be indexed, with what `parts` needs prefetched."""
        return self.model._default_manager.all()

    def parts(self, obj) -> Iterator[Part]:
        """The parts of `obj`; none means that it is not in the index."""
        raise NotImplementedError

    def title(self, obj) -> str:
        return str(obj)

    def aliases(self, obj) -> Iterable[str]:
        """Other names of `obj` (acronym, English title): an exact one comes first too."""
        return []

    def references(self, obj) -> Iterable[str]:
        """Legal references that lead to `obj` first, in any written form."""
        return []

    def replaces(self, obj) -> Iterable[int]:
        """The primary keys of the objects, of the same root model, that `obj` replaces."""
        return []

    def themes(self, obj) -> Iterable:
        """The themes that `obj` stands under."""
        return []

    def territories(self, obj) -> Iterable:
        """The territories that `obj` is about."""
        return []

    def labels(self, obj) -> Iterable[str]:
        """Labels of other terms that `obj` is filed under (programmes, target groups)."""
        return []

    def marks(self, obj) -> Iterable[str]:
        """What is said of `obj` besides its kind: "site" (a page of the site's own, shown
        last), or a nature ("law"), by which a question's word may narrow (search.intents)."""
        return []

    def date(self, obj) -> date | datetime | None:
        """What the sort by date goes by."""
        return None

    # What is shown

    def visible_queryset(self, user):
        """Rows that `user` may see, with what the card needs: the second lock."""
        return self.model._default_manager.visible_to(user)

    def url(self, obj) -> str:
        return obj.get_absolute_url()

    def card_context(self, obj, user) -> dict:
        """What the card says besides type, title, url and passage (components/card_*.html)."""
        return {}


@dataclass(frozen=True)
class KindWord:
    """Words, folded, by which a question names a kind of content, or a nature of it: `nature`
    is a choice whose value Source.marks gives."""

    words: tuple[str, ...]
    kind: Kind
    nature: object = None

    @property
    def value(self):
        """The word of the index's field of kinds."""
        return f"{self.kind}/{self.nature}" if self.nature else str(self.kind)

    @property
    def label(self):
        """What the chip says, in the language of the interface."""
        return (self.nature or self.kind).label


_kind_words: list[KindWord] = []


def add_kind_words(*words):
    """Register `KindWord`s, once each."""
    _kind_words.extend(word for word in words if word not in _kind_words)


def kind_words() -> list[KindWord]:
    """Every word that names a kind."""
    return _kind_words


_sources: dict[type[models.Model], Source] = {}


def source(cls):
    """Register a `Source` class; one per model."""
    _sources[cls.model] = cls()
    return cls


def sources() -> list[Source]:
    """Every registered source, in the order of the apps."""
    return list(_sources.values())


def source_for(model) -> Source | None:
    """The source of `model` or of its nearest ancestor, None when it is not searchable."""
    for cls in model.__mro__:
        if cls in _sources:
            return _sources[cls]
    return None

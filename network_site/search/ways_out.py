"""What can still be done when nothing was found: less narrow, other words, a theme."""

from dataclasses import dataclass

from network_site.search import services
from network_site.taxonomies.models import Theme

MOST_THEMES = 6


@dataclass(frozen=True)
class Wider:
    """The same question with fewer conditions, and how many it finds for this reader."""

    # "kind", "theme", "territory": the filter left out; "all": every filter;
    # "words": the quotation marks and the words left out.
    without: str
    total: int


def wider(*, user, text, kinds=(), themes=(), territories=()) -> list[Wider]:
    """The wider questions that find something, the narrowest first."""
    filters = {"kinds": kinds, "themes": themes, "territories": territories}
    filters = {name: values for name, values in filters.items() if values}
    found = []
    if len(filters) > 1:
        for name in filters:
            kept = {other: values for other, values in filters.items() if other != name}
            found.append(Wider(_SINGULAR[name], _total(user, text, kept)))
    if filters and text:
        found.append(Wider("all", _total(user, text, {})))
    plain = plain_words(text)
    if plain and plain != text:
        found.append(Wider("words", _total(user, plain, filters)))
    return sorted((one for one in found if one.total), key=lambda one: one.total)


_SINGULAR = {"kinds": "kind", "themes": "theme", "territories": "territory"}


def plain_words(text: str) -> str:
    """`text` without its quotation marks, its words left out and its `titre:`."""
    for sign in '"«»“”„':
        text = text.replace(sign, " ")
    kept = []
    for word in text.split():
        name, colon, rest = word.partition(":")
        if colon and name.lower() in ("titre", "title"):
            word = rest
        if word and not word.startswith("-"):
            kept.append(word)
    return " ".join(kept)


def _total(user, text, filters):
    return services.search(user=user, text=text, size=0, **filters).total


def themes_to_browse(*, user) -> list[tuple[Theme, int]]:
    """[(theme, how many objects of it the reader sees)], the most filled first."""
    counts = services.search(user=user, size=0).facets["theme"]
    slugs = sorted(counts, key=lambda slug: (-counts[slug], slug))
    themes = {
        theme.slug: theme
        for theme in Theme.objects.filter(slug__in=slugs[: MOST_THEMES * 3], depth=1)
    }
    return [(themes[slug], counts[slug]) for slug in slugs if slug in themes][
        :MOST_THEMES
    ]

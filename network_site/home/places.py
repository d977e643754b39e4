"""Which place of the official geographic code (INSEE COG) is meant by what was typed.

From the vocabulary that the catalogue keeps in memory: no statement.
"""

import re
from dataclasses import dataclass, field

from network_site.search.analysis import fold_whole
from network_site.search.letters import one_letter_away
from network_site.taxonomies.catalogue_source import full_name
from network_site.taxonomies.enums import TerritoryKind

MOST_OTHERS = 6
_NOT_WORDS = re.compile(r"[\W_]+")
_ARTICLE = re.compile(r"^(?:a|au|aux|dans|en|sur)\s+(?=\w)|^(?:le|la|les|l)\s+(?=\w)")
_CODE = re.compile(r"(?:\d{2,3}|2[ab]|\d{5}|2[ab]\d{3})\Z")
# The widest first: of a région and a département of one name the région holds both.
_WIDTH = {
    TerritoryKind.REGION: 0,
    TerritoryKind.DEPARTMENT: 1,
    TerritoryKind.COMMUNE: 2,
}


@dataclass
class Place:
    """What was typed, and what it means: `term` (of the vocabulary) or nothing.

    `others` are other places that it may mean; `is_near`: the name was nearly that of `term`;
    `is_postcode`: the figures are those of a post code, `term` its département.
    """

    typed: str
    term: object = None
    others: list = field(default_factory=list)
    is_near: bool = False
    is_postcode: bool = False


def _key(text):
    words = _NOT_WORDS.sub(" ", fold_whole(text)).split()
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in words)


class _Names:
    """The names of the places of one version of the vocabulary."""

    def __init__(self, terms):
        self.by_name, self.by_code = {}, {}
        for term in terms:
            if term.kind not in _WIDTH:
                continue
            self.by_name.setdefault(_key(term.name), []).append(term)
            self.by_code.setdefault(term.code.lower(), []).append(term)


def _names(terms):
    found = getattr(terms, "place_names", None)
    if found is None:
        found = terms.place_names = _Names(terms)
    return found


def find(terms, typed):
    """The Place that `typed` means: a name ("Nîmes", "Nîmes, Gard", "St-Denis (93)"), an
    address word ("nimes-30") or an official code; `terms` is the vocabulary of territories."""
    typed = " ".join(typed.split())
    place = Place(typed)
    if not typed:
        return place
    if (term := terms.by_slug.get(typed.lower())) and term.kind in _WIDTH:
        place.term = term
        return place
    names = _names(terms)
    code = typed.lower().replace(" ", "")
    if _CODE.match(code):
        return _by_code(place, names, code)
    for wanted, within in _readings(typed):
        found = names.by_name.get(wanted, [])
        if within:
            found = [one for one in found if _lies_in(terms, one, within)]
        if found:
            return _chosen(place, terms, found)
    return _nearly(place, terms, names)


def _by_code(place, names, code):
    found = names.by_code.get(code, [])
    # A région and a département may have one code: what people write is the département's.
    found = sorted(found, key=lambda one: one.kind != TerritoryKind.DEPARTMENT)
    if not found and len(code) == 5:
        head = code[:3] if code.startswith(("97", "98")) else code[:2]
        found = [
            one
            for one in names.by_code.get(head, [])
            if one.kind == TerritoryKind.DEPARTMENT
        ]
        place.is_postcode = bool(found)
    if found:
        place.term, place.others = found[0], found[1 : MOST_OTHERS + 1]
    return place


def _readings(typed):
    """(name, place that it lies in) in the ways in which `typed` can be read."""
    yield _key(typed), ""
    head, sign, rest = typed.replace("(", ",").replace(")", "").partition(",")
    if sign and rest.strip():
        yield _key(head), _key(rest)
    whole = _key(typed)
    shorter = _ARTICLE.sub("", whole)
    while shorter != whole:
        yield shorter, ""
        whole, shorter = shorter, _ARTICLE.sub("", shorter)
    words = whole.split()
    for cut in range(len(words) - 1, 0, -1):
        yield " ".join(words[:cut]), " ".join(words[cut:])


def _lies_in(terms, term, within):
    return any(
        within in (_key(above.name), above.code.lower())
        for pk in terms.above(term.pk)
        if (above := terms.by_pk[pk])
    )


def _chosen(place, terms, found):
    """The widest of one name; those that it does not hold may have been meant as well."""
    found = sorted(found, key=lambda one: (_WIDTH[one.kind], one.code))
    place.term = found[0]
    place.others = [one for one in found[1:] if found[0].pk not in terms.above(one.pk)][
        :MOST_OTHERS
    ]
    return place


def _nearly(place, terms, names):
    """A name one letter away; else those that begin so are offered."""
    wanted = _key(place.typed)
    if len(wanted) > 3:
        near = [
            one
            for name in one_letter_away(wanted)
            for one in names.by_name.get(name, ())
        ]
        if near:
            place.is_near = True
            return _chosen(place, terms, near)
    if len(wanted) > 2:
        begun = [
            one
            for name, many in names.by_name.items()
            if name.startswith(wanted)
            for one in many
        ]
        begun.sort(key=lambda one: (_WIDTH[one.kind], len(one.name), one.name))
        if len(begun) == 1:
            place.term, place.is_near = begun[0], True
        else:
            place.others = begun[:MOST_OTHERS]
    return place


def label(terms, term, language=""):
    """The name of a place, a commune's with its département."""
    return full_name(terms, term, language)

"""A list of the site: read from an address, asked of the catalogue, drawn with its facets.

Each space says which facets its list has (`TermFacet`, `WordFacet`, `YearFacet`); the rest is
the same everywhere: what an address may carry, what is counted, the chips that undo a filter,
what is said of a filter that means nothing.
"""

from dataclasses import dataclass, field
from functools import cached_property

from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from network_site.catalogue.asking import RELEVANCE, Catalogue, Filter
from network_site.catalogue.registry import WordsUnavailable
from network_site.core.dates import Unreadable, read_year
from network_site.core.filters import unknown_remarks

# Of the choices of one facet in one address; more is no question of a person.
MOST_CHOSEN = 20
MOST_WORDS = 200
# A facet folds beyond these (hot/facet_groups.jinja).
MOST_OPTIONS = 8


@dataclass
class Option:
    """One line of a facet."""

    value: str
    label: str
    count: int
    checked: bool
    # Of a label that is content, not interface.
    lang: str = ""


@dataclass
class Group:
    """One facet, as hot/facet_groups.jinja draws it."""

    name: str
    label: str
    options: list = field(default_factory=list)
    mark: str = "texte"
    closed: bool = False
    radio: bool = False

    @property
    def max(self):
        return max((option.count for option in self.options), default=0)


class WordFacet:
    """A facet of known words: a nature, a level, a status.

    `choices` are (value, label) pairs, or a function that gives (word of the address,
    value, label). A value may be a tuple: one word for several values, of which each entry
    has one at most. `lang` is that of labels that are contents. `most_first` puts what is
    chosen first, then the commonest.
    """

    def __init__(
        self, name, label, choices, *, facet="", closed=False, radio=False, lang="",
        most_first=False,
    ):  # fmt: skip
        self.name, self.label = name, label
        self.facet = facet or name
        self.closed, self.radio, self.lang = closed, radio, lang
        self.most_first = most_first
        self._choices = choices

    def choices(self, catalogue):
        """[(word of the address, value of the facet, label)] in the order of display."""
        if callable(self._choices):
            return catalogue.kept(self, lambda: self._choices(catalogue))
        return [
            (str(value), value, capfirst(str(label))) for value, label in self._choices
        ]

    def read(self, words, catalogue):
        """({word: (value, label)} of those that mean something)."""
        if not words:
            return {}
        known = {word: (value, label) for word, value, label in self.choices(catalogue)}
        return {word: known[word] for word in words if word in known}

    def options(self, catalogue, counts, chosen):
        options = [
            Option(
                word,
                label,
                sum(counts.get(one, 0) for one in _several(value)),
                word in chosen,
                self.lang,
            )
            for word, value, label in self.choices(catalogue)
        ]
        if self.most_first:
            options.sort(key=lambda option: (not option.checked, -option.count))
        return options


def _several(value):
    return value if isinstance(value, tuple) else (value,)


class NumberFacet:
    """A facet of years, one box each, the latest first."""

    def __init__(self, name, label, *, facet="", closed=False):
        self.name, self.label = name, label
        self.facet = facet or name
        self.closed, self.radio = closed, False

    def read(self, words, catalogue):
        return {
            word: (int(word), word)
            for word in words
            if len(word) == 4 and word.isdecimal() and word.isascii()
        }

    def options(self, catalogue, counts, chosen):
        values = {value for value in counts if value} | {int(word) for word in chosen}
        return [
            Option(str(value), str(value), counts.get(value, 0), str(value) in chosen)
            for value in sorted(values, reverse=True)
        ]


class TermFacet:
    """A facet of the terms of a vocabulary, broader ones first, opened where one is chosen.

    `silent` is (word of the address, label) for what is filed under no term at all; `only`
    a kind of term, alone understood; `full` a function(terms, term, language) that gives the
    label of a term out of its tree.
    """

    def __init__(
        self, name, label, *, facet="", vocabulary="", silent=None, closed=False,
        radio=False, in_order=False, only="", full=None,
    ):  # fmt: skip
        self.name, self.label = name, label
        self.facet = facet or name
        self.vocabulary = vocabulary or self.facet
        self.silent, self.closed, self.radio = silent, closed, radio
        self.in_order, self.only = in_order, only
        self._full = full or (lambda terms, term, language: term.label(language))

    def full_label(self, terms, term):
        """The label of a term out of its tree."""
        return self._full(terms, term, get_language() or "")

    def read(self, words, catalogue):
        terms = catalogue.terms(self.vocabulary)
        found = {}
        for word in words:
            term = terms.by_slug.get(word)
            if self.silent and word == self.silent[0]:
                found[word] = None, str(self.silent[1])
            elif term is not None and self.only in ("", term.kind):
                found[word] = term.pk, self.full_label(terms, term)
        return found

    def options(self, catalogue, counts, chosen):
        terms, language = catalogue.terms(self.vocabulary), get_language() or ""
        picked = [terms.by_slug[word].pk for word in chosen if word in terms.by_slug]
        opened = {above for pk in picked for above in terms.above(pk)}
        shown = {pk for pk in counts if pk in terms.by_pk} | opened
        everything = len(shown) <= MOST_OPTIONS
        options = []

        def branch(parent, depth):
            lines = []
            for pk in terms.below.get(parent, ()):
                if pk not in shown:
                    continue
                term = terms.by_pk[pk]
                lines.append(
                    (
                        pk not in opened,
                        [
                            Option(
                                term.slug,
                                "– " * depth + term.label(language),
                                counts.get(pk, 0),
                                term.slug in chosen,
                            ),
                            *(
                                branch(pk, depth + 1)
                                if everything or pk in opened
                                else ()
                            ),
                        ],
                    )
                )
            if not self.in_order:
                # What is chosen stays in sight where the list folds.
                lines.sort(key=lambda line: line[0])
            return [option for _rank, many in lines for option in many]

        if self.silent and (counts.get(None) or self.silent[0] in chosen):
            word, label = self.silent
            options.append(
                Option(word, str(label), counts.get(None, 0), word in chosen)
            )
        return options + branch(None, 0)


@dataclass(frozen=True)
class YearFacet:
    """Years from one to another: two numbers of the address."""

    facet: str = "year"
    low: str = "year_from"
    high: str = "year_to"


@dataclass(frozen=True)
class Kind:
    """What a list is of: its kinds, its facets, its orders, its mark.

    `orders` are {word of the address: (keys of the catalogue, label)}, the first being the
    one of an address that says nothing.
    """

    kinds: tuple
    facets: tuple
    orders: dict
    mark: str
    years: YearFacet | None = None
    # Facets whose pairs are asked for (Answer.pairs): what a map is drawn from.
    pairs: tuple = ()
    # Where the words are not those of the site's box: function(words, user) → (label of a
    # root model, numbers of the objects that have them all).
    finder: object = None


def shown(rows, numbers, user):
    """The objects of a queryset that have these numbers, in their order.

    The second lock: those that `user` may not open by their model's own rule are left out.
    """
    found = rows.visible_to(user).in_bulk(numbers)
    return [found[number] for number in numbers if number in found]


class Listing:
    """The list that an address asks for, as one reader sees it.

    `fixed` are Filters that the page itself sets (a theme's page): every count obeys them.
    """

    def __init__(self, kind, data, user, *, fixed=(), per_page=20, extra=()):
        self.kind = kind
        self.catalogue = Catalogue(user)
        self.fixed, self.per_page, self.extra = list(fixed), per_page, tuple(extra)
        words = data.get("q", "")[:MOST_WORDS].replace("\x00", "")
        self.words = " ".join(words.split())
        self.chosen, self.unknown = {}, []
        for facet in (*kind.facets, *self.extra):
            asked = list(dict.fromkeys(filter(None, data.getlist(facet.name))))
            # Of boxes that exclude each other the last one counts, as in a form.
            asked = asked[-1:] if facet.radio else asked[:MOST_CHOSEN]
            read = facet.read(asked, self.catalogue)
            if read:
                self.chosen[facet.name] = read
            self.unknown += [(facet, word) for word in asked if word not in read]
        self.year_from = self.year_to = None
        # {name: words on the year that could not be read}, and what was typed.
        self.years_unread, self._typed_years = {}, {}
        if kind.years:
            self._read_years(data)
        self.default_order = next(iter(kind.orders))
        order = data.get("sort", "")
        self.order = order if order in kind.orders else self.default_order
        self.page_number = data.get("page", "")

    def _read_years(self, data):
        for side in ("low", "high"):
            name = getattr(self.kind.years, side)
            text = data.get(name, "").strip()
            if not text:
                continue
            try:
                year = read_year(text)
            except Unreadable as error:
                self.years_unread[name] = str(error)
                self._typed_years[name] = text
            else:
                setattr(self, "year_from" if side == "low" else "year_to", year)
        if self.year_from and self.year_to and self.year_from > self.year_to:
            self.year_from, self.year_to = self.year_to, self.year_from

    # What is asked

    @cached_property
    def filters(self):
        """The Filters of the catalogue that the address sets."""
        filters = [one._replace(is_fixed=True) for one in self.fixed]
        for facet in (*self.kind.facets, *self.extra):
            if facet.name in self.chosen:
                values = [
                    one
                    for value, _label in self.chosen[facet.name].values()
                    for one in _several(value)
                ]
                filters.append(Filter(facet.facet, values, name=facet.name))
        if self.year_from or self.year_to:
            filters.append(
                Filter(self.kind.years.facet, low=self.year_from, high=self.year_to)
            )
        return filters

    @cached_property
    def _asked(self):
        """(the catalogue's answer, all that was found; whether words could be looked for)."""
        keys = self.kind.orders[self.order][0]
        question = {
            "kinds": self.kind.kinds,
            "filters": self.filters,
            "order": (RELEVANCE, *keys) if self._by_relevance else keys,
            "size": None,
            "counts": self._counted,
            "pairs": self.kind.pairs,
        }
        try:
            return self.catalogue.ask(**self._found_by_words, **question), True
        except WordsUnavailable:
            return self.catalogue.ask(**question), False

    @cached_property
    def _found_by_words(self):
        """What the words ask of the catalogue."""
        if not self.words or self.kind.finder is None:
            return {"words": self.words}
        return {"objects": self.kind.finder(self.words, self.catalogue.user)}

    @property
    def _counted(self):
        """{name: facet} of what is counted: the margin, and what else the address sets."""
        counted = {facet.name: facet.facet for facet in self.kind.facets}
        counted |= {
            facet.name: facet.facet for facet in self.extra if facet.name in self.chosen
        }
        if self.kind.years:
            counted[self.kind.years.facet] = self.kind.years.facet
        return counted

    @property
    def _by_relevance(self):
        by_words = self.words and self.kind.finder is None
        return bool(by_words) and self.order == self.default_order

    @property
    def answer(self):
        return self._asked[0]

    @property
    def words_answer(self):
        """Whether the words were looked for; False while the index is not there."""
        return self._asked[1]

    def part(self, *filters, order):
        """The numbers of what was found that passes `filters` too, in an order of its own."""
        return self.catalogue.ask(
            kinds=self.kind.kinds,
            **(self._found_by_words if self.words_answer else {}),
            filters=[*self.filters, *filters],
            order=order,
            size=None,
        ).object_ids

    @property
    def total(self):
        return self.answer.total

    @property
    def is_lagging(self):
        return self.answer.is_lagging

    @property
    def object_ids(self):
        """The numbers of all that was found, in order."""
        return self.answer.object_ids

    # The facets

    @cached_property
    def groups(self):
        """The facets that can still narrow the list; those that cannot are left out."""
        groups = []
        for facet in self.kind.facets:
            chosen = self.chosen.get(facet.name, {})
            options = self.options_of(facet)
            alone = len(options) == 1 and options[0].count == self.total
            if options and not (alone and not chosen):
                if facet.radio:
                    everything = self.answer.without[facet.name]
                    options.insert(0, Option("", _("All"), everything, not chosen))
                groups.append(
                    Group(
                        facet.name,
                        str(facet.label),
                        options,
                        mark=self.kind.mark,
                        closed=facet.closed and not chosen,
                        radio=facet.radio,
                    )
                )
        return groups

    def options_of(self, facet):
        """The choices of a facet that lead somewhere, and those that are set."""
        options = facet.options(
            self.catalogue,
            self.answer.counts[facet.name],
            self.chosen.get(facet.name, {}),
        )
        return [option for option in options if option.count or option.checked]

    @cached_property
    def years(self):
        """(year, count, is_in) for each year from the first to the last with something."""
        counts = dict(self.answer.counts[self.kind.years.facet])
        counts.pop(None, None)
        if not counts:
            return []
        low, high = self.year_from or min(counts), self.year_to or max(counts)
        return [
            (year, counts.get(year, 0), low <= year <= high)
            for year in range(min(counts), max(counts) + 1)
        ]

    # The address

    @cached_property
    def pairs(self):
        """The filters as (name, value) pairs, canonical: what a shared address carries."""
        pairs = [("q", self.words)] if self.words else []
        for facet in (*self.kind.facets, *self.extra):
            pairs += [(facet.name, word) for word in self.chosen.get(facet.name, ())]
        return pairs + self._year_pairs

    @property
    def _year_pairs(self):
        if self.kind.years is None:
            return []
        bounds = (
            (self.kind.years.low, self.year_from),
            (self.kind.years.high, self.year_to),
        )
        return [(name, year) for name, year in bounds if year]

    def url(self, *, without=(), order=None, also=()):
        """A query string: the filters but those of `without`, those of `also`, the order."""
        pairs = [pair for pair in self.pairs if pair not in without] + list(also)
        order = order or self.order
        if order != self.default_order:
            pairs.append(("sort", order))
        return "?" + urlencode(pairs)

    def url_at(self, name, word):
        """The query string with one choice in a facet, in the place of those set there."""
        set_there = [pair for pair in self.pairs if pair[0] == name]
        return self.url(without=set_there, also=[(name, word)])

    @property
    def from_shown(self):
        """What the box of the first year holds: the year, or what could not be read."""
        return self._typed_years.get(self.kind.years.low) or str(self.year_from or "")

    @property
    def to_shown(self):
        return self._typed_years.get(self.kind.years.high) or str(self.year_to or "")

    @property
    def is_set(self):
        return bool(self.pairs)

    @property
    def hidden_pairs(self):
        """What a form of this list carries on beside its own fields."""
        names = {facet.name for facet in self.extra}
        pairs = [pair for pair in self.pairs if pair[0] in names]
        if self.order != self.default_order:
            pairs.append(("sort", self.order))
        return pairs

    @property
    def orders(self):
        """The ways to sort, for components/results_head.html."""
        return [
            {
                "label": str(label),
                "url": self.url(order=order),
                "is_current": order == self.order,
            }
            for order, (_keys, label) in self.kind.orders.items()
        ]

    @cached_property
    def chips(self):
        """The filters that are set: {label, url}, the address being that without it."""
        labels = {
            (name, word): label
            for name, chosen in self.chosen.items()
            for word, (_value, label) in chosen.items()
        }
        labels["q", self.words] = _("“%(words)s”") % {"words": self.words}
        years = self._year_pairs
        chips = [
            {"label": labels[pair], "url": self.url(without=[pair])}
            for pair in self.pairs
            if pair not in years
        ]
        if years:
            bounds = {"start": self.year_from, "end": self.year_to}
            if self.year_from and self.year_to:
                label = _("From %(start)s to %(end)s") % bounds
            elif self.year_from:
                label = _("Since %(start)s") % bounds
            else:
                label = _("Until %(end)s") % bounds
            chips.append({"label": label, "url": self.url(without=years)})
        return chips

    @cached_property
    def remarks(self):
        """Sentences on what was asked and could not be done as it was."""
        remarks = list(dict.fromkeys(self.years_unread.values()))
        remarks += unknown_remarks(word for _facet, word in self.unknown)
        if not self.words_answer:
            remarks.append(
                _(
                    "Words cannot be looked for just now: the list is that of the other"
                    " filters. Try again in a moment."
                )
            )
        if self.is_lagging:
            remarks.append(
                _("Many contents are changing just now: counts may be a moment late.")
            )
        if not self.total:
            remarks += self._wider
        return remarks

    @property
    def _wider(self):
        """Where there would be something, when a place or theme leaves nothing."""
        sentences = []
        for facet in (*self.kind.facets, *self.extra):
            if facet.name not in self.chosen or not isinstance(facet, TermFacet):
                continue
            terms = self.catalogue.terms(facet.vocabulary)
            counts = self.answer.counts[facet.name]
            for value, label in self.chosen[facet.name].values():
                for above in terms.above(value)[1:] if value else ():
                    if counts.get(above):
                        sentences.append(
                            _("0 in %(place)s; %(count)s in %(wider)s.")
                            % {
                                "place": label,
                                "count": counts[above],
                                "wider": facet.full_label(terms, terms.by_pk[above]),
                            }
                        )
                        break
        return sentences

"""French sentences made from those of the founding content, with a long tail.

Each word follows two words that it follows somewhere in the founding content. The rare words
of a real network are its names, its places and its numbers: they are sown among the others.
"""

import re

from network_site.core.slugs import slug_of
from network_site.demo.content import (
    editorial,
    events,
    forums,
    library,
    measures,
    organisations,
    people,
    practices,
    programmes,
    themes,
)
from network_site.demo.typography import french, paragraphs

_SOURCES = (
    library.RECORDS,
    practices.PRACTICES,
    measures.MEASURES,
    events.EVENTS,
    forums.THREADS,
    organisations.ORGANISATIONS,
    people.PEOPLE,
    programmes.PROGRAMMES,
    themes.THEMES,
    [editorial.EDITORIAL],
)
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
# What Markdown means by a sign at the beginning of a line, and its links.
_MARKS = re.compile(r"^(?:#+|>|-|\d+\.)\s+|[*_`|]", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_ADDRESS = re.compile(r"https?:|www\.|@|<|\{")
SHORTEST, LONGEST = 6, 40
MADE_OF = ("inter", "pluri", "péri", "extra", "micro", "multi", "post", "socio")
SMALL = frozenset(
    [
        "à",
        "au",
        "aux",
        "avec",
        "ce",
        "ces",
        "cette",
        "chez",
        "dans",
        "de",
        "des",
        "du",
        "elle",
        "en",
        "et",
        "il",
        "ils",
        "la",
        "le",
        "les",
        "leur",
        "leurs",
        "ne",
        "ou",
        "par",
        "pas",
        "pour",
        "qui",
        "que",
        "sa",
        "sans",
        "se",
        "ses",
        "son",
        "sous",
        "sur",
        "un",
        "une",
    ]
)
SYLLABLES = [
    "ba",
    "ber",
    "bon",
    "bri",
    "cal",
    "char",
    "cou",
    "dan",
    "del",
    "dou",
    "fau",
    "fer",
    "flo",
    "gar",
    "gui",
    "lan",
    "lou",
    "mar",
    "mon",
    "nor",
    "pel",
    "per",
    "qui",
    "ran",
    "rol",
    "sal",
    "sau",
    "tan",
    "ter",
    "val",
    "ver",
    "vil",
]


def founding_sentences():
    """Every sentence of the founding content that is plain French."""
    found = {}
    for source in _SOURCES:
        for text in _texts(source):
            plain = _MARKS.sub("", _LINK.sub(r"\1", paragraphs(text)))
            for line in plain.splitlines():
                for sentence in _SENTENCE.split(line.strip()):
                    words = sentence.split()
                    if len(words) >= SHORTEST and not _ADDRESS.search(sentence):
                        found[french(sentence)] = None
    return list(found)


def _texts(value, key=""):
    if isinstance(value, str):
        if not key.endswith(("_en", "_url", "slug", "email")):
            yield value
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from _texts(one, name)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _texts(one, key)


class Writer:
    """Writes with a Chance; `places` are names of places, the most frequent first."""

    def __init__(self, chance, places):
        self.rng = chance.rng
        self._places = chance.tail(places)
        self._next = {}
        self._starts = []
        self._titles = set()
        vocabulary = {}
        for sentence in founding_sentences():
            # The no-break spaces of the typography stay inside of a word.
            words = sentence.split(" ")
            self._starts.append(tuple(words[:2]))
            for first, second, third in zip(
                words, words[1:], [*words[2:], None], strict=False
            ):
                self._next.setdefault((first, second), []).append(third)
            vocabulary.update(
                dict.fromkeys(
                    word for word in words if word.isalpha() and len(word) > 6
                )
            )
        self._vocabulary = list(vocabulary)

    def sentence(self):
        words = list(self.rng.choice(self._starts))
        while len(words) < LONGEST:
            following = self.rng.choice(self._next[words[-2], words[-1]])
            if following is None:
                break
            words.append(following)
        if self.rng.random() < 0.35:
            words.insert(self._place_for(words), self.rare())
        text = " ".join(words).rstrip(",;: ")
        return text if text.endswith((".", "!", "?", "…", "»")) else f"{text}."

    def _place_for(self, words):
        """Where a word may be put in: not between a small word and what follows it."""
        for number in range(len(words) - 1, 1, -1):
            if words[number - 1].isalpha() and words[number - 1] not in SMALL:
                return number
        return len(words)

    def rare(self):
        """A few words that few texts hold: a place, a number, a name, a made-up compound."""
        kind = self.rng.random()
        if kind < 0.4:
            return f"à {self._places.one()}"
        if kind < 0.6:
            return f"(n°\u00a0{self.rng.randrange(1980, 2027)}-{self.rng.randrange(1, 2000)})"
        if kind < 0.8:
            return f"avec {self.surname()}"
        return self.rng.choice(MADE_OF) + self.rng.choice(self._vocabulary).lower()

    def surname(self):
        """A name that may be nobody's."""
        count = self.rng.choice((2, 2, 3))
        return "".join(self.rng.choices(SYLLABLES, k=count)).capitalize()

    def text(self, sentences):
        """One paragraph."""
        return " ".join(self.sentence() for _number in range(sentences))

    def short(self, longest, sentences=2):
        """One paragraph of at most `longest` signs, whole sentences where they fit."""
        text = self.sentence()
        for _number in range(sentences - 1):
            more = f"{text} {self.sentence()}"
            if len(more) > longest:
                break
            text = more
        return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"

    def body(self, paragraphs_count):
        """Markdown: paragraphs, a heading and a list now and then."""
        blocks = []
        for number in range(paragraphs_count):
            if number and self.rng.random() < 0.2:
                blocks.append(f"# {self._few_words(6)}")
            if number and self.rng.random() < 0.15:
                lines = (self.short(160, 1) for _line in range(self.rng.randint(2, 5)))
                blocks.append("\n".join(f"- {line}" for line in lines))
            else:
                blocks.append(self.text(self.rng.randint(1, 4)))
        return "\n\n".join(blocks)

    def _few_words(self, most):
        words = self.sentence().rstrip(".!?…").split(" ")
        words = words[: max(3, self.rng.randint(most // 2, most))]
        while len(words) > 2 and words[-1].rstrip(",;:").lower() in SMALL:
            words.pop()
        # A title must remain one whatever it is put beside.
        return " ".join(words).strip("«»(),;:\u00a0\u202f ")

    def title(self, longest=150):
        """A title that no other has, nor its address."""
        while True:
            place = f", {self._places.one()}" if self.rng.random() < 0.5 else ""
            title = f"{self._few_words(14)[: longest - len(place)].strip()}{place}"
            if slug_of(title) not in self._titles:
                break
            title = f"{title[: longest - 20]} ({self.rare().removeprefix('à ').strip('()')})"
            if slug_of(title) not in self._titles:
                break
        self._titles.add(slug_of(title))
        return title

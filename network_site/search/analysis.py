"""From French text to terms, in one pass: pure functions, no index and no settings.

The order matters: accents are folded *before* stemming, else "étrangers" and
"etrangers" end as different stems. A legal reference is one term however it is written,
so is a dotted acronym; a word in capitals keeps its form (CUCS is not *cuc*).
"""

import re
import unicodedata
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

import Stemmer


class Token(NamedTuple):
    """A word of a text: the terms it is found by, its rank, and where it stands."""

    terms: tuple[str, ...]
    position: int
    start: int
    end: int


def _folding():
    """One character for one character, so that offsets into the text stay true."""
    table = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = "".join(
            char
            for char in unicodedata.normalize("NFKD", chr(code))
            if not unicodedata.combining(char)
        )
        if len(base) == 1 and base.isascii():
            table[code] = base
    for code in (0x2018, 0x2019, 0x02BC, 0x00B4, 0xFF07):
        table[code] = "'"
    for code in (0x2010, 0x2011, 0x2012, 0x2013, 0x2014):
        table[code] = "-"
    for code in (0xA0, 0x202F, 0x2009, 0x200B, 0xFEFF):
        table[code] = " "
    table[0xB0] = table[0xBA] = "°"
    # Letters of neighbours that no accent makes.
    table |= {ord(char): base for char, base in zip("đðħıłøŧ", "ddhilot", strict=True)}
    return {chr(code): char for code, char in table.items() if chr(code) != char}


_FOLDING = _folding()
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "þ": "th"})
# Soft hyphens and marks without a width: they are no letter and no blank.
_WITHOUT_WIDTH = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))

_STOP_WORDS = """a ai as au aux avec c ce ceci cela ces cet cette chez comme comment d dans de des
dont du elle elles en entre es est et etait etaient etant ete etes etre eu eux faut
il ils j je l la le les leur leurs lors lorsque lui m ma mais me meme memes mes moi
mon n ne ni nos notre nous on ont ou par pas pour puisque qu quand que quel quelle
quelles quels qui quoi s sa sans se selon sera seront ses si soit son sont sous sur
t ta te tes toi ton tous tout toute toutes tu un une vers vos votre vous y afin ainsi
alors apres aussi avant car chaque donc"""
STOP_WORDS = frozenset(_STOP_WORDS.split())

# Not inside a word: aujourd'hui, prud'hommes.
_ELISION = re.compile(
    r"(?<![\w'])(?:jusqu|lorsqu|puisqu|quoiqu|quelqu|qu|[cdjlmnst])'(?=\w)"
)
# "n°", "no 12", "n° s": the sign of a number says nothing.
_NUMBER_SIGN = re.compile(r"(?<!\w)(?:n\s?°s?|n[o](?=\s?\d)|numeros?(?=\s?\d))")

# Snowball takes these for something else than what they are.
_INVARIABLE = """acces concours congres corps cours deces discours divers envers exces
fils logis mars parcours pays permis proces progres recours secours succes suivi temps
tiers univers"""
_STEMS = {word: word for word in _INVARIABLE.split()} | {
    "suivis": "suivi",
    "aujourd'hui": "aujourdhui",
    # Plurals in -x that are not those of -al.
    "jeux": "jeu",
    "enjeux": "enjeu",
    "feux": "feu",
    "lieux": "lieu",
    "milieux": "milieu",
    "voeux": "voeu",
    "travaux": "travail",
    "baux": "bail",
    # Words of the field that must not meet others.
    "nationalite": "nationalit",
    "nationalites": "nationalit",
    "donnees": "donnee",
    "duree": "duree",
    "durees": "duree",
}
# The feminine as the masculine: médiatrice, active.
_ENDINGS = (("atric", "ateur"), ("itric", "iteur"), ("iv", "if"))

_TOKEN = re.compile(
    r"""
    (?P<nor>(?<!\w)[a-z]{3}\s?[a-z]\s?\d{2}\s?\d{5}\s?[a-z](?!\w))
  | (?P<celex>(?<!\w)3(?:19|20)\d\d[ldr]\d{4}(?!\w))
  | (?P<eu>(?<!\w)(?:(?:19|20)\d\d/(?!(?:19|20)\d\d(?![\d/]))\d{1,4}|\d\d/\d{1,4}(?=/c?ee?\b))
      (?:/(?:ce|cee|ue|eu|ec|eec|jai|euratom))?(?![\w/]))
  | (?P<article>(?<![\w'.])(?:[lrd]\.?\s?\*{0,2}\.?\s?|a\.\s?)\d{1,4}(?:-\d+)*(?!\w))
  | (?P<acronym>(?<!\w)(?:[a-z]\.){2,}(?:[a-z](?!\w))?)
  | (?P<number>(?<!\w)\d+(?:[-.,/]\d+)+(?!\w)|(?<!\w)\d{1,3}(?:\ \d{3})+(?!\w))
  | (?P<word>[^\W_]+(?:'hui)?)
    """,
    re.VERBOSE,
)
# A word that has an apostrophe inside ("prud'hommes") is found in one piece as well.
_JOINED_HEADS = "mnodt"
_UNSPACED = re.compile(r"[\s.*]")
_LONGEST_TERM = 64
_LONGEST_ACRONYM = 10

_stemmer = Stemmer.Stemmer("french", 0)


def _lower(text):
    """Lower-case without changing the length ("İ" would become two characters)."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


@lru_cache(maxsize=4_000)
def _compatible(char):
    """The letters or figures that a sign stands for (ﬃ, ᵉ, Ａ); any other sign as it is."""
    plain = unicodedata.normalize("NFKC", char)
    is_sign_of_number = char in "ªº" or unicodedata.category(char) == "No"
    return plain if plain.isalnum() and not is_sign_of_number else char


def normalised(text: str) -> str:
    """Return `text` as texts and questions are both read: composed, without soft hyphens,
    ligatures and raised letters opened.

    >>> normalised("o\ufb03ciel, 1\u1d49\u02b3, dis\u00adcret")
    'officiel, 1er, discret'
    """
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text.translate(_WITHOUT_WIDTH))
    for char in set(text):
        if char > "\u00ff" or char == "ª":
            plain = _compatible(char)
            if plain != char:
                text = text.replace(char, plain)
    return text


def fold(text: str) -> str:
    """Return `text` in lower case without accents, character for character."""
    folded = _lower(text)
    if folded.isascii():
        return folded
    # A text has few different characters: four times quicker than `translate`.
    for char in set(folded):
        base = _FOLDING.get(char)
        if base is not None:
            folded = folded.replace(char, base)
    return folded


def fold_whole(text: str) -> str:
    """Return `text` folded with its ligatures opened: a key to compare titles by.

    >>> fold_whole("  L’Œuvre : une  « étude » ")
    "l'oeuvre une etude"
    """
    folded = fold(normalised(text)).translate(_LIGATURES)
    return " ".join(re.findall(r"[\w'°-]+", folded))


@lru_cache(maxsize=60_000)
def stem(word: str) -> str:
    """Return the stem of a folded word; a word with a figure in it stays as it is.

    Without its accents Snowball's French is not stable ("etrangers" gives "etranger",
    which gives "etrang"): the mark of the plural goes first, then it is asked again
    until nothing changes, so that the four forms of a word meet.
    """
    if word in _STEMS:
        return _STEMS[word]
    if not word.isalpha() or len(word) < 3:
        return word
    root = word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] != "s" else word
    for _ in range(3):
        shorter = _stemmer.stemWord(root)
        if shorter == root or len(shorter) < 3:
            break
        root = shorter
    for ending, other in _ENDINGS:
        if root.endswith(ending) and len(root) > len(ending) + 1:
            return root[: -len(ending)] + other
    return root


_LOWER_RUN = re.compile(r"[a-zß-öø-ÿ]{4}")


def _is_shouted(line):
    """Whether a line is all in capitals, in which case capitals say nothing."""
    if _LOWER_RUN.search(line):
        return False
    letters = [char for char in line if char.isalpha()]
    return len(letters) > 12 and sum(map(str.isupper, letters)) > 0.7 * len(letters)


def _shouted_spans(text):
    spans = []
    if not any(char.isupper() for char in text):
        return spans
    start = 0
    for line in text.splitlines(keepends=True):
        if _is_shouted(line):
            spans.append((start, start + len(line)))
        start += len(line)
    return spans


def _word_terms(surface, shouted=False):
    """The terms of a plain word: its stem, and its own form where that tells more."""
    folded = fold(surface)[:_LONGEST_TERM]
    word = folded.translate(_LIGATURES).replace("'", "")
    if folded == "aujourd'hui":
        return ("aujourdhui",)
    if word in STOP_WORDS and not (
        surface.isupper() and len(surface) > 2 and not shouted
    ):
        return ()
    root = stem(word)
    if shouted or not surface[0].isupper():
        return (root,)
    if len(surface) > 1 and surface.isupper() and len(surface) <= _LONGEST_ACRONYM:
        return (word,)
    if is_plural_acronym(surface):
        return (word[:-1], word)
    # "Cucs" at the head of a sentence or as a name: both.
    return (root,) if root == word else (root, word)


# Few words make most of a text: what each becomes is worked out once.
_known_word_terms = lru_cache(maxsize=60_000)(_word_terms)


def is_plural_acronym(surface: str) -> bool:
    """Whether `surface` is an acronym with the mark of the plural ("ONGs")."""
    return len(surface) > 3 and surface[-1] == "s" and surface[:-1].isupper()


def _scan(text, is_question=False):
    """[(terms, position, start, end)] of the words of `text`, stop words left out."""
    whole = fold(text)
    folded = _without_signs(whole)
    shouted_spans = _shouted_spans(text)
    found = []
    add = found.append
    has_apostrophe = "'" in whole
    for position, match in enumerate(_TOKEN.finditer(folded)):
        kind = match.lastgroup
        start, end = match.span()
        if kind == "word":
            if shouted_spans and any(
                low <= start < high for low, high in shouted_spans
            ):
                terms = _word_terms(text[start:end], shouted=True)
            else:
                terms = _known_word_terms(text[start:end])
            if has_apostrophe:
                terms += _in_one_piece(text, whole, folded, start, end, is_question)
        elif kind == "number":
            value = match.group()
            terms = (value.replace(" ", ""),) if " " in value else _number_terms(value)
        elif kind in ("celex", "eu"):
            terms = _european_terms(match.group(), is_question)
        else:
            terms = (_UNSPACED.sub("", match.group())[:_LONGEST_TERM],)
            if kind == "article" and terms[0].isalpha():
                terms = ()
        if terms:
            add((terms, position, start, end))
    return found


def _in_one_piece(text, whole, folded, start, end, is_question):
    """The term of a word with an apostrophe inside, of which text[start:end] is a part.

    "prud'hommes" is prudhommes, "N'Diaye" Ndiaye; "d'une" is two words.
    """
    if whole[end : end + 1] == "'" and folded[end : end + 1] == "'":
        rest = re.match(r"\w+", whole[end + 1 :])
        return (stem(whole[start:end] + rest.group()),) if rest else ()
    if start < 2 or whole[start - 1] != "'":
        return ()
    if folded[start - 1] == "'":
        before = re.search(r"\w+\Z", whole[: start - 1])
        return (stem(before.group() + whole[start:end]),) if before else ()
    # An elision, or a name that begins as one.
    head = whole[start - 2]
    is_alone = start < 3 or not whole[start - 3].isalnum()
    named = text[start - 2].isupper() and text[start].isupper()
    if is_alone and head in _JOINED_HEADS and (named or (is_question and head in "mn")):
        return (stem(head + whole[start:end]),)
    return ()


def _european_terms(value, is_question):
    """The number of a European act, its year in four figures: 2000/43, however written.

    A text is found by its pieces as well; a question asks for the whole.
    """
    if value[0] == "3" and value[5].isalpha():
        year, number = value[1:5], int(value[6:])
        terms = [f"{year}/{number}", f"{number}/{year}", f"{number}/{year[2:]}", value]
        return tuple(terms if value[5] == "r" else (terms[0], value))
    first, second = value.split("/")[:2]
    if len(first) == 2:
        first = f"19{first}"
    whole = f"{first}/{int(second)}"
    return (whole,) if is_question else (whole, first, second)


def _without_signs(folded):
    """A folded text without elisions and signs of numbers, blanks in their place."""
    folded = _NUMBER_SIGN.sub(_blank, folded)
    return _ELISION.sub(_blank, folded) if "'" in folded else folded


def _blank(match):
    return " " * len(match.group())


def tokens(text: str) -> list[Token]:
    """Return the tokens of `text`; stop words leave a gap in the positions.

    Offsets are those of `text` itself, which must be in NFC for accents to be folded.
    """
    return [Token(*found) for found in _scan(text)]


def places(text: str) -> dict[str, list[int]]:
    """Return {term: its positions in `text`, ascending}: what the index holds."""
    found = {}
    for terms_here, position, _, _ in _scan(text):
        for term in terms_here:
            known = found.get(term)
            if known is None:
                found[term] = [position]
            elif known[-1] != position:
                known.append(position)
    return found


# Begins the term of the first letters of words in a row ("^sru").
INITIALS = "^"
_FEWEST_INITIALS, _MOST_INITIALS = 3, 6
_VOWELS = frozenset("aeiouy")


def may_be_acronym(surface: str) -> bool:
    """Whether a word of a question may be the first letters of others: SRU, qpv."""
    return (
        _FEWEST_INITIALS <= len(surface) <= _MOST_INITIALS
        and surface.isalpha()
        and (surface.isupper() or not _VOWELS & set(fold(surface)))
    )


def initials(text: str) -> list[str]:
    """Return the terms of the first letters of three to six words in a row that tell.

    >>> initials("loi sur la solidarité et le renouvellement urbains")[-1]
    '^sru'
    """
    letters = [
        folded[0]
        for token in tokens(text)
        if (folded := fold(text[token.start : token.end])).isalpha()
    ]
    return list(
        dict.fromkeys(
            INITIALS + "".join(letters[at : at + size])
            for at in range(len(letters))
            for size in range(_FEWEST_INITIALS, _MOST_INITIALS + 1)
            if at + size <= len(letters)
        )
    )


def words_before(text: str, sign: str) -> list[int]:
    """Return, for each `sign` in `text`, the position of the first word after it."""
    starts = [match.start() for match in _TOKEN.finditer(_without_signs(fold(text)))]
    return [
        bisect_left(starts, match.end()) for match in re.finditer(re.escape(sign), text)
    ]


def _number_terms(value):
    """A law's number is one term; of a date or a list the pieces are found as well."""
    if "/" in value:
        return tuple(dict.fromkeys((value[:_LONGEST_TERM], *value.split("/"))))[:6]
    return (value[:_LONGEST_TERM],)


def terms(text: str) -> list[str]:
    """Return the terms of `text` in order, as the index holds them."""
    return [term for token in tokens(text) for term in token.terms]


def query_terms(text: str) -> list[tuple[str, ...]]:
    """Return, for each word of a query, the terms any of which answers it.

    A word in capitals is taken for an acronym and looked for as it is; a word in small
    letters is looked for by its stem and, for the acronyms people do not capitalise, by
    its own form.
    """
    words = []
    for token in (Token(*found) for found in _scan(text, is_question=True)):
        surface = text[token.start : token.end]
        alternatives = dict.fromkeys(token.terms)
        if surface.isalpha():
            plain = fold(surface).translate(_LIGATURES)
            if may_be_acronym(surface):
                alternatives[INITIALS + plain] = None
            if not (surface.isupper() and 1 < len(surface) <= _LONGEST_ACRONYM):
                alternatives[plain] = None
        words.append(tuple(alternatives))
    return words


# Words as they are written, for corrections

_SURFACE = re.compile(r"[^\W\d_]{4,40}")


def surface_words(text: str) -> set[str]:
    """Return the words of `text` in lower case with their accents (four letters or more)."""
    return set(_SURFACE.findall(_lower(text)))

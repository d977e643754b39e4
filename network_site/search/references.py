"""Legal references: one term for each, however it is written. Pure functions.

A record declares its own (`reference_terms`), a reader writes one (`references_in`): an
article, the number of a law, a NOR, an identifier or an address of Légifrance, or a text
named by its day ("loi du 31 mars 2006").
"""

import re
from urllib.parse import urlencode

from network_site.search.analysis import STOP_WORDS, fold, tokens

_CODE_NUMBER = re.compile(
    r"(?<!\w)(?:(?:loi|decret|ordonnance|arrete|circulaire)\w*\s+)?"
    r"(?P<number>\d{2,4}-\d{1,5})(?!\w|-)"
)
_FULL_YEAR = 4
_FIRST_YEAR, _LAST_YEAR = 1789, 2100
# A year in two figures above it is of the twentieth century.
_CENTURY = 40


_MONTHS = {
    name: number
    for number, name in enumerate(
        [
            "janvier",
            "fevrier",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "aout",
            "septembre",
            "octobre",
            "novembre",
            "decembre",
        ],
        1,
    )
}
_KINDS = "loi decret ordonnance arrete circulaire instruction directive deliberation decision"
# "loi n° 2006-396 du 31 mars 2006", "circulaire DPM du 1er juin 2004".
_DATED = re.compile(
    rf"\b(?P<kind>{'|'.join(_KINDS.split())})s?\b[^.;:\n]{{0,60}}?"
    rf"\b(?:du|le|,) (?P<day>\d{{1,2}})(?:er)? (?P<month>{'|'.join(_MONTHS)}) "
    r"(?P<year>[12]\d{3})(?!\d)"
)
_IN_FIGURES = re.compile(
    r"(?<![\w/.-])(\d{1,2})(?P<mark>[/.-])(\d{1,2})(?P=mark)([12]\d{3})(?![\w/-])"
)
# Where a title begins to speak of another text than itself.
_OF_ANOTHER = re.compile(
    r"\b(?:relati(?:f|ve)s?|portant|modifiant|abrogeant|completant|transposant|fixant"
    r"|pris(?:e|es)? (?:pour|en)|(?:pour l'|en )application|ratifiant)\b"
)
# What is written around a reference, and asks for nothing more.
_AROUND = frozenset(
    f"""{_KINDS} {" ".join(_MONTHS)} art article nor jo jorf jorftext legitext legiarti
    legifrance code travail action sociale famille familles securite entree sejour
    etrangers droit asile education urbanisme collectivites territoriales sante publique
    penal civil procedure penale construction habitation general generale 1er""".split()
)
_OF_EUROPE = frozenset(
    [
        "ce",
        "cee",
        "ue",
        "eu",
        "euratom",
        "reglement",
        "celex",
        "europeen",
        "europeenne",
        "conseil",
        "parlement",
    ]
)
_WORD = re.compile(r"[a-z0-9]+(?:[-/][a-z0-9]+)*")
_LEGIFRANCE = "https://www.legifrance.gouv.fr/search/all?"
_EUR_LEX = "https://eur-lex.europa.eu/search.html?"
_OF_UNION = re.compile(r"(?:19|20)\d\d/\d{1,4}\Z")
_ARTICLE_TERM = re.compile(r"([lrd])(\d.*)\Z")


# What the articles of a code are about, by the title they stand in: code du travail (parts on
# discrimination, equality, harassment, disability), code des relations entre le public et
# l'administration (circulars), code pénal (discriminations). Source: Légifrance, base LEGI
# (DILA, Licence Ouverte), as of 27 March 2026.
_SUBJECTS = (
    (re.compile(r"l113[1-4]-"), "discriminations"),
    (re.compile(r"[lrd]114[1-6]-"), "égalité femmes hommes"),
    (re.compile(r"l115[1-5]-"), "harcèlement"),
    (re.compile(r"[lrd]521[1-4]-"), "travailleurs handicapés"),
    (re.compile(r"[lrd]312-[1-9]"), "circulaires"),
    (re.compile(r"225-[1-4]\Z|432-7\Z"), "discriminations"),
)


def month_of(word: str) -> int:
    """Return the number of the month that a folded word names, 0 for another word."""
    return _MONTHS.get(word, 0)


def subject_of(terms) -> str:
    """Return what the articles among `terms` are about, "" where that is not known."""
    for term in terms:
        for pattern, subject in _SUBJECTS:
            if pattern.match(term):
                return subject
    return ""


def said(term: str) -> str:
    """Return a term of a reference as people write it: "l1132-1" is "L. 1132-1"."""
    kind, at, day = term.partition("@")
    if at:
        year, month, number = day.split("-")
        names = {rank: name for name, rank in _MONTHS.items()}
        written = "1er" if number == "01" else str(int(number))
        return f"{kind} du {written} {names[int(month)]} {year}"
    if match := _ARTICLE_TERM.match(term):
        return f"{match[1].upper()}. {match[2]}"
    return term.upper()


def official_address(term: str) -> str:
    """Return the address at which the official site looks for a reference.

    Légifrance for French texts, EUR-Lex for those of the Union. It is a search: no identifier
    is made up.
    """
    if _OF_UNION.match(term):
        query = {"scope": "EURLEX", "text": said(term), "type": "quick", "lang": "fr"}
        return _EUR_LEX + urlencode(query)
    query = {"tab_selection": "all", "searchField": "ALL", "query": said(term)}
    return _LEGIFRANCE + urlencode(query)


def reference_terms(texts) -> list[str]:
    """Return the terms of the references that a record declares as its own.

    Of each text only what is a reference is kept, and only before it speaks of another
    ("relatif à…", "pris pour l'application de…"): NOR, article and law numbers (the year
    in two or four figures), Légifrance's identifiers, the kind and the day.
    """
    found = {}
    for text in texts:
        text = text or ""
        cut = _OF_ANOTHER.search(fold(text))
        own = text[: cut.start()] if cut else text
        found |= dict.fromkeys(references_in(own))
    return list(found)


def references_in(text: str) -> list[str]:
    """Return the terms of all the references written in `text`.

    >>> references_in("loi du 31 mars 2006")
    ['loi@2006-03-31']
    """
    found = {}
    for token in tokens(text):
        for term in token.terms:
            if is_reference(term):
                found[term] = None
    folded = fold(text)
    for match in _CODE_NUMBER.finditer(folded):
        for term in law_number_forms(match["number"]):
            found[term] = None
    for match in _DATED.finditer(" ".join(folded.split())):
        month = _MONTHS[match["month"]]
        day = f"{match['year']}-{month:02}-{int(match['day']):02}"
        found[f"{match['kind']}@{day}"] = None
    return list(found)


def dates_in_words(text: str) -> str:
    """`text` with its days as titles write them.

    >>> dates_in_words("loi du 03/03/2018")
    'loi du 3 mars 2018'
    """
    names = {number: name for name, number in _MONTHS.items()}

    def written(match):
        day, month = int(match[1]), int(match[3])
        if month not in names or not 1 <= day <= 31:
            return match[0]
        return f"{day} {names[month]} {match[4]}"

    return _IN_FIGURES.sub(written, text)


def is_bare_reference(text: str) -> bool:
    """Whether `text` asks for a reference and for nothing else."""
    return all(
        word in _AROUND
        or word in _OF_EUROPE
        or word in STOP_WORDS
        or len(word) < 3
        or word[0].isdigit()
        or is_reference(word)
        for word in _WORD.findall(fold(text))
    )


_REFERENCE = re.compile(
    r"(?:[a-z]{4}\d{7}[a-z]|[lrda]\d{1,4}(?:-\d+)*|\d{2,4}-\d{1,5}"
    r"|(?:19|20)\d\d/\d{1,4}|(?:jorftext|legitext|legiarti)\d{6,20})\Z"
)


def is_reference(term: str) -> bool:
    """Whether a term is a legal reference (NOR, article, number, Légifrance identifier)."""
    return bool(_REFERENCE.match(term))


def law_number_forms(number: str) -> list[str]:
    """Return a law's number as it is written, and with its year in four figures.

    >>> law_number_forms("83-634")
    ['83-634', '1983-634']
    """
    year, _, rest = number.partition("-")
    if len(year) == _FULL_YEAR:
        return [number] if _FIRST_YEAR <= int(year) <= _LAST_YEAR else []
    if len(year) == 2:
        return [number, f"{'19' if int(year) > _CENTURY else '20'}{year}-{rest}"]
    return []

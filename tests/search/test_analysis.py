import random

import pytest

from network_site.search import analysis
from network_site.search.analysis import (
    fold_whole,
    query_terms,
    surface_words,
    terms,
    tokens,
)


def same(*texts):
    """Whether every text gives the same terms."""
    return len({tuple(terms(text)) for text in texts}) == 1


@pytest.mark.parametrize(
    "texts",
    [
        ("évènement", "événements", "evenement"),
        ("étrangers", "etranger", "étrangère", "etrangeres"),
        ("salarié", "salariées", "salaries"),
        ("médiateur", "médiatrices"),
        ("actif", "actives"),
        ("loi", "lois"),
        ("local", "locaux", "locales"),
        ("lieu", "lieux"),
        ("l'accès", "l’accès", "acces"),
        ("œuvre", "oeuvres", "l’œuvre"),
        ("primo-arrivants", "primo arrivant", "primo‑arrivants"),
        ("L. 115-3", "L115-3", "l.115-3", "L 115-3"),
        ("R*. 421-3", "R.421-3", "r421-3"),
        ("D.R.J.S.C.S.", "DRJSCS"),
        ("loi n° 2006-396", "loi 2006-396", "loi nº 2006-396"),
    ],
)
def test_written_forms_of_one_thing_give_the_same_terms(texts):
    assert same(*texts), [terms(text) for text in texts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mars", ["mars"]),
        ("aujourd'hui", ["aujourdhui"]),
        ("aujourd’hui", ["aujourdhui"]),
        ("procès", ["proces"]),
        ("NOR : SOCN0612345C", ["nor", "socn0612345c"]),
        ("n° 12", ["12"]),
        ("30 000 euros", ["30000", "euro"]),
        ("", []),
        ("les des aux", []),
    ],
)
def test_what_a_stemmer_would_spoil_is_kept(text, expected):
    assert terms(text) == expected


def test_an_acronym_in_capitals_is_not_stemmed():
    assert terms("CUCS") == ["cucs"]
    assert terms("CUC") == ["cuc"]
    assert set(query_terms("CUCS")[0]).isdisjoint(terms("CUC"))


def test_an_acronym_is_found_however_it_is_typed():
    for written in ("CUCS", "Cucs"):
        for typed in ("CUCS", "cucs", "Cucs", "C.U.C.S."):
            found = {term for word in query_terms(typed) for term in word}
            assert found & set(terms(f"Le {written} du quartier")), (written, typed)


def test_the_plural_of_an_acronym_is_found_by_the_acronym():
    assert "ong" in terms("les ONGs du territoire")


def test_words_of_the_field_do_not_meet_others():
    assert not same("nationalité", "national")
    assert not same("mars", "marée")
    assert not same("accès", "acier")


def test_a_title_all_in_capitals_is_read_as_words():
    shouted = terms("LOI POUR L'ÉGALITÉ DES CHANCES ET LES ASSOCIATIONS")
    assert shouted == terms("loi pour l'égalité des chances et les associations")


def test_offsets_point_at_the_words():
    text = "L’accès à l’œuvre, art. L. 115-3 du 31 mars"
    words = [text[token.start : token.end] for token in tokens(text)]
    assert words == ["accès", "œuvre", "art", "L. 115-3", "31", "mars"]


def test_stop_words_leave_a_gap():
    positions = [token.position for token in tokens("égalité des chances")]
    assert positions == [0, 2]


def test_titles_are_compared_without_case_accents_or_punctuation():
    assert fold_whole("  L’Œuvre : une  « étude » ") == "l'oeuvre une etude"


def test_surface_words_keep_their_accents():
    assert surface_words("Égalité des chances, 2006") == {"égalité", "chances"}


def test_any_text_is_analysed_without_error():
    """Property: whatever the characters, offsets are ordered and terms are short."""
    alphabet = (
        "abcéèœŒÆ ßİıǅ'’-‑.°«»\"\n\t\x00\u200b\ufeff\ud7ff𝔘🙂0123456789LRD*()/,;:"
    )
    drawn = random.Random(7)
    for _ in range(400):
        text = "".join(drawn.choice(alphabet) for _ in range(drawn.randint(0, 80)))
        found = tokens(text)
        assert all(0 <= token.start < token.end <= len(text) for token in found)
        assert [t.position for t in found] == sorted(t.position for t in found)
        assert all(term and len(term) <= 80 for t in found for term in t.terms)
        assert len(analysis.fold(text)) == len(text)


def test_folding_is_idempotent_and_analysis_is_stable():
    text = "Évènements à l’Acsé : L. 115-3, loi n° 2006-396"
    assert analysis.fold(analysis.fold(text)) == analysis.fold(text)
    assert terms(text) == terms(text)

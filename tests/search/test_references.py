import pytest

from network_site.search.asking import Asked
from network_site.search.engine import PartDocument, Store
from network_site.search.queries import parse
from network_site.search.references import (
    is_bare_reference,
    reference_terms,
    references_in,
)


def test_references_are_recognised_in_every_written_form():
    assert set(reference_terms(["Loi n° 83-634 du 13 juillet 1983"])) == {
        "83-634",
        "1983-634",
        "loi@1983-07-13",
    }
    assert reference_terms(["L. 1132-1 du code du travail"]) == ["l1132-1"]
    assert "socn0612345c" in reference_terms(["SOCN0612345C"])
    assert "jorftext000000268539" in reference_terms(["JORFTEXT000000268539"])
    assert reference_terms(["Acsé", ""]) == []


def test_a_title_declares_itself_and_not_what_it_applies():
    title = "Décret n° 2007-1 du 2 janvier 2007 pris pour l’application de la loi n° 2006-396"
    assert set(reference_terms([title])) == {"2007-1", "decret@2007-01-02"}


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("loi du 31 mars 2006", "loi@2006-03-31"),
        ("LOI  n° 2006-396 du 31 mars 2006", "loi@2006-03-31"),
        ("la circulaire du 1er juin 2004", "circulaire@2004-06-01"),
        ("Décret du 2 août 1999", "decret@1999-08-02"),
        ("article L. 1132-1 du code du travail", "l1132-1"),
        ("R*421-3", "r421-3"),
        ("loi n°83-634", "1983-634"),
        ("SOCN0612345C", "socn0612345c"),
    ],
)
def test_a_reference_is_read_in_what_is_typed(text, term):
    assert term in references_in(text)
    assert is_bare_reference(text)


@pytest.mark.parametrize("text", ["loi sur le logement", "emploi des jeunes en 2006"])
def test_words_are_not_a_reference(text):
    assert not is_bare_reference(text) or not references_in(text)


@pytest.fixture
def store(tmp_path):
    def part(key, title, text="", references=(), **fields):
        declared = [title, *references]
        tokens = ["public"]
        document = PartDocument(
            key, title=title, text=text, references=declared, tokens=tokens, **fields
        )
        return key, [document]

    store = Store(tmp_path / "index")
    store.rebuild(
        [
            part("t:1", "Décret n° 2006-400 du 30 mars 2006 relatif à l’emploi",
                 "Vu la loi n° 2006-396 du 31 mars 2006 ; vu l’article L. 1132-1 du code "
                 "du travail ; loi 2006-396, loi 2006-396"),
            part("t:2", "Égalité des chances", "Texte.",
                 ["loi n° 2006-396 du 31 mars 2006", "SOCX0500298L", "JORFTEXT000000268539"]),
            part("t:3", "Discriminations au travail", "Aucun salarié…",
                 ["Article L1132-1"]),
            part("t:4", "Charte de la médiation", "médiation", replaces=["t:5"]),
            part("t:5", "Médiation : charte", "médiation médiation charte médiation",
                 replaces=["t:6"]),
            part("t:6", "Charte médiation", "charte médiation " * 9),
        ]
    )  # fmt: skip
    return store


def found(store, words):
    search = Asked(store.snapshot(), {"public"}, {})
    evaluation = search.evaluate(parse(words))
    snapshot = search.snapshot
    return [snapshot.key(number) for number in snapshot.order(evaluation)]


@pytest.mark.parametrize(
    "words",
    [
        "loi 2006-396",
        "loi n° 2006-396",
        "2006-396",
        "loi du 31 mars 2006",
        "la loi n°2006-396 du 31 mars 2006",
        "NOR : SOCX0500298L",
        "jorftext000000268539",
        "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000000268539",
        "https://www.legifrance.gouv.fr/affichTexte.do?cidTexte=JORFTEXT000000268539&d=1",
    ],
)
def test_every_form_of_a_reference_leads_to_its_text_first(store, words):
    assert found(store, words)[0] == "t:2"


@pytest.mark.parametrize(
    "words", ["L. 1132-1", "L1132-1 du code du travail", "article l 1132-1", "L.1132-1"]
)
def test_every_form_of_an_article_leads_to_it_first(store, words):
    assert found(store, words)[0] == "t:3"


def test_what_is_replaced_is_below_what_replaces_it(store):
    assert found(store, "médiation") == ["t:4", "t:5", "t:6"]


def test_an_exact_title_is_first_even_replaced(store):
    assert found(store, "charte médiation")[0] == "t:6"

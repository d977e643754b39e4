import pytest

from network_site.demo.typography import english, french, number, paragraphs


@pytest.mark.parametrize(
    ("plain", "typeset"),
    [
        ("l'égalité", "l’égalité"),
        ("Pourquoi ?", "Pourquoi\u202f?"),
        ("Deux choses : ceci ; cela", "Deux choses\u00a0: ceci\u202f; cela"),
        ("« Bonjour »", "«\u00a0Bonjour\u00a0»"),
        ("346 000 euros", "346\u202f000\u00a0euros"),
        ("94 % du budget", "94\u202f% du budget"),
        ("loi n° 2006-396", "loi n°\u00a02006-396"),
        ("en 2010 100 personnes", "en 2010 100 personnes"),
        ("http://exemple.example/l'un : x", "http://exemple.example/l'un\u00a0: x"),
    ],
)
def test_french_spaces_and_apostrophes(plain, typeset):
    assert french(plain) == typeset


def test_english_quotation_marks():
    assert english('the editors\' "own" words') == "the editors’ “own” words"
    assert english('("yes")') == "(“yes”)"


def test_a_wrapped_paragraph_becomes_one_line_and_headings_go_up_one_level():
    words = "\n## Titre\nUn\ndeux\n\n- a\n  suite\n- b\n\n> cité\n>\n> — Nom\n"

    assert paragraphs(words) == (
        "# Titre\nUn deux\n\n- a suite\n- b\n\n> cité\n>\n> — Nom"
    )


def test_numbers_as_french_readers_write_them():
    assert number("30000") == "30\u202f000"
    assert number("383.2") == "383,2"

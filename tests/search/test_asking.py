"""Sentences, mistyped words and questions with few answers: what is found, and how it is said."""

import pytest

from network_site.search.asking import (
    ALL_WORDS,
    ANY_WORD,
    CLOSE,
    CORRECTED,
    MOST_WORDS,
    Asked,
    understood,
)
from network_site.search.engine import PartDocument, Store
from network_site.search.queries import parse

TEXTS = {
    "a": ("Que faire en cas de discrimination ?", "Les recours de la victime."),
    "b": ("Un étranger dans la fonction publique", "Devenir fonctionnaire titulaire."),
    "c": ("Conciliateur de justice", "Un accord amiable."),
    "d": ("Justifier une absence", "Ce qui est juste, justement."),
    "e": ("Transport scolaire", "Élève accompagné, transport gratuit."),
    "f": ("Aide aux familles", "Le transport de l’élève handicapé vers son collège."),
    "g": ("Secret", "Une conciliation justise.", ["group:1"]),
}


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("asking") / "index")
    parts = []
    for key, (title, text, *tokens) in TEXTS.items():
        tokens = tokens[0] if tokens else ["public"]
        parts.append((key, [PartDocument(key, title=title, text=text, tokens=tokens)]))
    for number in range(12):
        key = f"z{number}"
        text = f"La justice et le logement, dossier {number}."
        part = PartDocument(
            key, title=f"Dossier {number}", text=text, tokens=["public"]
        )
        parts.append((key, [part]))
    store.rebuild(parts)
    return store.snapshot()


def ask(snapshot, words, tokens=("public",)):
    asked = Asked(snapshot, set(tokens), {})
    found, mode, correction, _question = understood(asked, parse(words))
    keys = [snapshot.key(number) for number in snapshot.order(found)]
    return keys, mode, correction


def test_the_words_of_a_sentence_that_tell_nothing_are_not_needed(snapshot):
    keys, mode, _ = ask(snapshot, "que puis-je faire en cas de discrimination")
    assert (keys, mode) == (["a"], ALL_WORDS)
    assert ask(snapshot, '"faire discrimination"')[0] == []
    # Alone they are what is looked for.
    assert ask(snapshot, "faire")[0] == ["a"]


def test_a_mistyped_word_whose_stem_is_known_brings_what_was_meant(snapshot):
    keys, mode, correction = ask(snapshot, "conciliateur de justise")
    assert keys[0] == "c"
    assert (mode, correction) == (CORRECTED, "conciliateur de justice")
    keys, mode, correction = ask(snapshot, "justise")
    assert (mode, correction) == (CLOSE, "justice")
    assert {"c", "d", "z1"} <= set(keys)
    # As it is written where the reader may read it, it is left as it is.
    keys, mode, _ = ask(snapshot, "conciliation justise", ("public", "group:1"))
    assert ("g" in keys, mode) == (True, ALL_WORDS)


def test_what_only_others_may_read_does_not_change_a_correction(snapshot):
    assert ask(snapshot, "justise")[1:] == (CLOSE, "justice")


def test_few_answers_are_completed_by_what_has_most_of_the_words(snapshot):
    keys, mode, _ = ask(snapshot, "transport élève handicapé collège")
    assert keys[0] == "f"
    keys, mode, _ = ask(snapshot, "transport scolaire élève accompagné collège")
    assert (keys[0], mode) == ("e", ANY_WORD)
    keys, mode, _ = ask(snapshot, "transport élève gratuit")
    assert (keys, mode) == (["e", "f"], MOST_WORDS)


def test_what_is_between_quotation_marks_is_needed_all_the_same(snapshot):
    keys, mode, _ = ask(snapshot, '"transport scolaire" inconnu')
    assert (keys, mode) == (["e"], ANY_WORD)
    assert ask(snapshot, 'élève "transport inconnu"')[0] == []


def test_a_correction_is_kept_when_only_some_of_the_words_are_found(snapshot):
    keys, mode, _ = ask(snapshot, "inexistant discrimnation")
    assert (keys, mode) == (["a"], ANY_WORD)

import time

import pytest

from network_site.search.queries import Phrase, Word, clean, parse


def word_terms(question):
    return [clause.terms[0] for clause in question.clauses]


def test_words_are_all_asked_for():
    assert word_terms(parse("lutte contre les discriminations")) == [
        "lutt",
        "contr",
        "discrimin",
    ]


@pytest.mark.parametrize("text", ['"égalité des chances"', "« égalité des chances »"])
def test_quotation_marks_make_a_phrase(text):
    (phrase,) = parse(text).clauses
    assert isinstance(phrase, Phrase)
    assert [offset for offset, _ in phrase.slots] == [0, 2]


def test_a_minus_sign_leaves_a_word_out():
    question = parse("emploi -apprentissage")
    assert word_terms(question) == ["emploi"]
    assert question.excluded[0].terms[0] == "apprentissag"


def test_a_hyphen_inside_a_word_is_no_minus_sign():
    question = parse("primo-arrivants")
    assert len(question.clauses) == 2
    assert not question.excluded


def test_titre_looks_in_titles_only():
    (word,) = parse("titre:égalité").clauses
    assert isinstance(word, Word)
    assert list(word.fields) == ["title"]


def test_a_reference_written_with_spaces_is_one_word():
    assert word_terms(parse("L. 1132-1 du code")) == ["l1132-1", "cod"]


def test_control_characters_are_spaces():
    assert clean("a\x00b\r\nc\ud800d") == "a b c d"


@pytest.mark.parametrize(
    "text",
    [
        "a" * 10_000,
        "mot " * 2_500,
        '"' * 10_000,
        "-" * 10_000,
        "* ? [ ] ( ) { } ~ ^ \\ / : ! + - && || NOT AND OR",
        "\x00\x01\x02",
        "titre:",
        'titre:"',
        '-"',
        "((((((((((",
        "[* TO *]",
        "les des du",
        "'" * 5_000,
        "l'" * 3_000,
        "1 " * 5_000,
        "a." * 5_000,
        "12-" * 4_000,
        "🙂" * 5_000,
        "L. " * 4_000,
        "°",
    ],
)
def test_whatever_is_typed_is_read_quickly_and_without_error(text):
    started = time.process_time()
    question = parse(text)
    assert time.process_time() - started < 0.1
    assert len(question.clauses) <= 24

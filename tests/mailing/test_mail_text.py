"""Subjects that fit a telephone, and the line that lists of mails show after them."""

import pytest
from django.template import Context, Template

from network_site.mailing.mail_text import (
    LONGEST_PREHEADER,
    LONGEST_SUBJECT,
    elastic,
    fitting_subject,
    preheader_of,
    shortened,
    whole_subject,
)

LONG = "Prévenir les discriminations dans l’accès au logement social en Bretagne"


def test_a_short_subject_stays_as_it_is():
    assert fitting_subject(f"Publiée : {elastic('Zorg')}\n") == "Publiée : Zorg"


def test_the_title_gives_way_and_the_sentence_and_the_date_stay():
    subject = fitting_subject(f"Inscription annulée, 3 mars : {elastic(LONG)}, fin")
    assert subject.startswith("Inscription annulée, 3 mars : Prévenir les")
    assert subject.endswith("…, fin")
    assert len(subject) <= LONGEST_SUBJECT
    assert whole_subject(f"À {elastic(LONG)}") == f"À {LONG}"


def test_of_two_the_longest_gives_way_first():
    subject = fitting_subject(f"{elastic('Claire Durand')} écrit : {elastic(LONG)}")
    assert subject.startswith("Claire Durand écrit : Prévenir")
    assert len(subject) <= LONGEST_SUBJECT


def test_a_sentence_that_is_too_long_by_itself_is_cut():
    assert len(fitting_subject("mot " * 40)) <= LONGEST_SUBJECT
    assert len(fitting_subject("x" * 500)) <= LONGEST_SUBJECT


@pytest.mark.parametrize("title", [LONG, "court", "x" * 200])
def test_an_answer_keeps_the_subject_of_its_thread(title):
    first = fitting_subject(f"[{elastic('Espace')}] {elastic(title)}")
    answer = fitting_subject(f"Re: [{elastic('Espace')}] {elastic(title)}")
    assert answer == f"Re: {first}"
    assert len(answer) <= LONGEST_SUBJECT


def test_a_cut_ends_after_a_word_without_its_comma():
    assert shortened("un deux, trois quatre", 12) == "un deux…"
    assert shortened("anticonstitutionnellement", 10) == "anticonst…"
    assert shortened("abc", 3) == "abc"


def test_nobody_s_text_can_pass_for_a_mark():
    assert fitting_subject(f"{elastic('a\ue000b\ue001c')} d") == "abc d"


def test_the_preheader_is_words_and_not_the_greeting_nor_addresses():
    text = (
        "Bonjour Ada,\n\nUne place vous est gardée.\n\n> Zorg\n"
        "https://x.example/a/\n\n-- \nLe réseau\n"
    )
    assert preheader_of(text, "Bonjour Ada,\n") == "Une place vous est gardée. Zorg"
    assert len(preheader_of("mot " * 100)) <= LONGEST_PREHEADER
    assert preheader_of("") == ""
    assert preheader_of("Un deux trois.", given="Un résumé écrit") == "Un résumé écrit"
    assert preheader_of("Un deux trois.", given="Un") == "Un deux trois."
    assert (
        preheader_of("Ouvrir l’espace\u00a0:\nhttps://x.example/") == "Ouvrir l’espace"
    )


def test_the_filters_of_templates():
    template = Template(
        "{% load subject_tags %}{% filter fitting %}A {{ title|elastic }}{% endfilter %}"
        "|{{ title|elastic|unmarked }}"
    )
    said, whole = template.render(Context({"title": LONG})).split("|")
    assert len(said) <= LONGEST_SUBJECT
    assert whole == LONG

"""Templates in Jinja2: escaped, translated, gathered, and a missing name is seen."""

import pytest
from django.template import engines
from django.utils.translation import override

from network_site.core.hot import draw
from network_site.core.jinja import sentences_of
from tests.support import missing_names

CARD = {
    "type": "journee",
    "title": "<b>Un</b> jour",
    "url": "/journees/un-jour/?a=1&b=2",
    "lang": "fr",
    "passage": "L’<i>après</i>",
}


def _card(**more):
    from datetime import date

    day = date(2026, 12, 1)
    return draw(
        "hot/cards.jinja", {"item": {**CARD, "starts_at": day, "ends_at": day, **more}}
    )


def test_what_people_wrote_is_escaped():
    html = _card()
    assert "&lt;b&gt;Un&lt;/b&gt; jour" in html
    assert "a=1&amp;b=2" in html
    assert "<i>" not in html


def test_words_follow_the_language_of_the_interface():
    with override("fr"):
        french = _card(seats_left=2)
    with override("en"):
        english = _card(seats_left=2)
    assert "2\xa0places" in french or "2 places" in french
    assert "2 seats left" in english
    # French words under an English interface say so.
    assert '<h3 lang="fr">' in english
    assert "lang=" not in french


def test_a_name_that_nobody_gave_fails_the_test_that_drew_it():
    # The engine's own kind of undefined name, set for all tests.
    template = engines["jinja2"].env.from_string(
        "{% if nothing %}x{% endif %}{{ nothing or 'y' }}"
    )
    assert template.render() == "y"
    template = engines["jinja2"].env.from_string("a{{ nothing }}{{ item.words }}")
    assert template.render(item={}) == "a"
    with pytest.raises(AssertionError, match=r"nothing[\s\S]*words"):
        missing_names.complain()


def test_sentences_are_gathered_as_python_says_them():
    source = """{{ _("One") }}
{{ ngettext("%(n)s day", "%(n)s days", 2, n=2) }}
{{ pgettext("sea", "Channel") }}"""
    assert sentences_of(source).splitlines() == [
        "_('One')",
        "ngettext('%(n)s day', '%(n)s days')",
        "pgettext('sea', 'Channel')",
    ]

"""A template of ours that draws a name nobody gave fails the test that draws it."""

import pytest
from django.template import engines
from django.template.loader import render_to_string

from tests.support import missing_names


def test_a_name_that_is_drawn_and_missing_is_told_with_its_place():
    render_to_string("components/empty_state.html", {})
    with pytest.raises(
        AssertionError, match=r"components/empty_state\.html:\d+: title"
    ):
        missing_names.complain()
    # Told once.
    missing_names.complain()


def test_conditions_and_values_by_default_ask_for_names_that_may_be_missing():
    shown = render_to_string("components/empty_state.html", {"title": "Zorg"})
    assert "Zorg" in shown
    template = engines["django"].from_string(
        "{% if a %}a{% endif %}{{ b|default:'c' }}{% for d in e %}{{ d }}{% endfor %}"
    )
    assert template.render({}) == "c"
    missing_names.complain()


def test_what_a_package_draws_is_not_ours():
    # Its own templates count on the empty value.
    engines["django"].from_string("{{ nothing }}").render({})
    missing_names.complain()

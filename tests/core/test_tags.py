"""Helpers of templates: dates in words, paragraphs, drawings."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils.safestring import mark_safe
from django.utils.translation import override

from network_site.core.templatetags import (
    address_tags,
    chart_tags,
    date_tags,
    word_tags,
)


def render(source, **context):
    return Template(
        "{% load address_tags chart_tags date_tags form_tags icon_tags word_tags %}"
        + source
    ).render(Context(context))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", "mardi 1er décembre 2026, 9\u00a0h\u00a030"),
        ("en", "Tuesday 1 December 2026, 9:30"),
    ],
)
def test_a_moment_is_written_in_full_in_paris_time(language, expected):
    moment = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)
    with override(language):
        assert date_tags.datetime_long(moment) == expected


def test_an_absent_date_gives_nothing():
    assert date_tags.date_long(None) == ""
    assert date_tags.datetime_long(None) == ""
    assert date_tags.ago(None) == ""


def test_a_full_hour_has_no_minutes_in_french():
    with override("fr"):
        assert date_tags.time_long(datetime(2026, 12, 1, 14, 0)) == "14\u00a0h"  # noqa: DTZ001


def test_a_date_without_hours_is_accepted():
    with override("fr"):
        assert date_tags.date_mid(date(2006, 3, 31)) == "31 mars 2006"


def test_paragraphs_escape_plain_text_and_keep_line_ends():
    html = word_tags.paragraphs("un <b>\nligne\n\ndeux")
    assert html == "<p>un &lt;b&gt;<br>ligne</p>\n<p>deux</p>"


def test_paragraphs_let_safe_html_pass():
    assert word_tags.paragraphs(mark_safe("<p>déjà</p>")) == "<p>déjà</p>"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Samira Benali", "SB"), ("Anne de la Tour", "AT"), ("Zoé", "Z"), ("", "?")],
)
def test_initials_of_a_name(name, expected):
    assert word_tags.initials(name) == expected


def test_a_drawing_is_hidden_unless_it_is_labelled():
    assert 'aria-hidden="true"' in render('{% icon "search" %}')
    labelled = render('{% icon "search" label %}', label="Chercher <ici>")
    assert 'role="img"' in labelled
    assert "Chercher &lt;ici&gt;" in labelled


def test_a_status_has_a_glyph_and_its_word():
    badge = render('{% status_badge "ended" "Abrogée" "le 1er mai" %}')
    assert "<svg" in badge
    assert "Abrogée" in badge
    assert "<small>le 1er mai</small>" in badge


@pytest.mark.parametrize(
    ("capacity", "taken", "half_suns"),
    [(12, 5, 12), (60, 70, 60), (61, 10, 0), (0, 0, 0)],
)
def test_seats_are_drawn_one_by_one_up_to_sixty(capacity, taken, half_suns):
    assert chart_tags.seats(capacity, taken).count("a7 7 0 0 1") == half_suns


def test_dots_of_the_map_grow_in_area():
    assert chart_tags.radius(9) > chart_tags.radius(4) > chart_tags.radius(1)


def test_the_map_says_what_it_draws_without_a_decimal_comma():
    places = [{"name": "Lyon", "count": 5, "x": 412.5, "y": 328.25, "url": "/t/"}]
    with override("fr"):
        html = render("{% network_map places %}", places=places)
    assert 'href="/t/"' in html
    assert 'cx="412.5"' in html
    assert "Lyon" in html


def test_a_chart_is_a_table_with_its_figures():
    rows = [{"label": "Santé", "value": 27.5}, {"label": "Emploi", "value": 55}]
    with override("fr"):
        html = render('{% bar_chart rows "Budget" unit="M€" %}', rows=rows)
    assert "<caption>Budget</caption>" in html
    assert "M0 0h50v4H0z" in html
    assert "27,5\u00a0M€" in html


def test_spaces_keep_the_language_of_the_interface():
    with override("fr"):
        assert address_tags.space_url("library") == "/bibliotheque/"
    with override("en"):
        assert address_tags.space_url("events") == "/en/journees/"


@pytest.mark.parametrize(
    ("address", "other"),
    [
        ("/journees/?page=2", "/en/journees/?page=2"),
        ("/en/journees/", "/journees/"),
        ("/en/", "/"),
        ("/energie/", "/en/energie/"),
    ],
)
def test_the_same_page_in_the_other_language(rf, address, other):
    context = {"request": rf.get(address)}
    assert address_tags.other_language_url(context) == other


def test_the_space_of_an_address_is_known_in_both_languages(rf):
    assert (
        address_tags.current_space({"request": rf.get("/en/journees/3/")}) == "events"
    )
    assert address_tags.current_space({"request": rf.get("/discussions/")}) == "forums"
    assert address_tags.current_space({"request": rf.get("/")}) == ""


def test_the_words_of_a_message_are_read_without_its_tags_and_entities():
    html = "<p>Deux&nbsp;: <strong>a</strong>, b &lt;c&gt;</p><p>fin</p>"
    assert word_tags.words_only(html) == "Deux\u00a0: a, b <c> fin"
    assert render("{{ html|words_only }}", html=html).endswith("b &lt;c&gt; fin")
    assert word_tags.words_only(None) == ""


def test_the_printed_addresses_of_links_are_text_whatever_an_attribute_holds():
    from django.template import Context, Template

    template = Template(
        "{% load address_tags %}{% printed_links %}"
        '<a href="https://a.example/?a=1&amp;b=<i>2</i>">L&#x27;été <b>&amp; co</b></a>'
        "{% endprinted_links %}"
    )
    html = template.render(Context())
    listed = html.partition("<ol>")[2]
    assert "https://a.example/?a=1&amp;b=&lt;i&gt;2&lt;/i&gt;" in listed
    assert "L&#x27;été &amp; co" in listed
    assert "<i>" not in listed

"""Dates and hours: what is read, what is refused and in which words, in every form."""

import ast
import datetime
from zoneinfo import ZoneInfo

import django_filters
import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation
from wagtail.admin.forms.models import formfield_for_dbfield
from wagtail.models import get_page_models

from network_site.core import date_fields, dates
from tests.test_consistency import ROOT, TEMPLATES, code_files

THIRD_OF_MARCH = datetime.date(2018, 3, 3)


@pytest.mark.parametrize(
    "typed",
    [
        "03/03/2018",
        "3/3/2018",
        "3-3-2018",
        "03.03.2018",
        "03 03 2018",
        " 3 / 3 / 2018. ",
        "2018-03-03",
        "2018/3/3",
        "3 mars 2018",
        "3\u00a0mars\u202f2018",
        "le 3 Mars 2018",
        "samedi 3 mars 2018",
        "sam. 3 mars 2018",
        "3-mars-2018",
        "3 March 2018",
        "March 3, 2018",
        "Saturday, 3rd of March 2018",
    ],
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_date_is_read_as_people_write_it(typed, language):
    with translation.override(language):
        assert date_fields.DateField().clean(typed) == THIRD_OF_MARCH


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1er janvier 2026", datetime.date(2026, 1, 1)),
        ("1ᵉʳ janvier 2026", datetime.date(2026, 1, 1)),
        ("12 fevr. 2026", datetime.date(2026, 2, 12)),
        ("15 AOÛT 1539", datetime.date(1539, 8, 15)),
        ("29/02/2024", datetime.date(2024, 2, 29)),
        # Day first for everybody: in the English interface as well.
        ("03/04/2026", datetime.date(2026, 4, 3)),
    ],
)
def test_other_days(typed, day):
    for language in ("fr", "en"):
        with translation.override(language):
            assert date_fields.DateField().clean(typed) == day


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("demain", "écrivez-la comme 24/11/2026"),
        ("mars 2018", "écrivez-la comme 24/11/2026"),
        ("3 mars 2018 ou 2019", "écrivez-la comme 24/11/2026"),
        ("31/02/2026", "Le 31/02/2026 n’existe pas : février 2026 compte 28 jours."),
        ("29 février 2023", "février 2023 compte 28 jours"),
        ("00/05/2026", "n’existe pas"),
        ("12/31/2026", "Il n’y a pas de mois 31."),
        ("03/03/18", "quatre chiffres"),
        ("3 mars 18", "quatre chiffres"),
        ("18-03-03", "quatre chiffres"),
        ("03/03/0018", "« 0018 »"),
        ("0018-03-03", "« 0018 »"),
        ("03/03/20218", "« 20218 »"),
        ("mardi 3 mars 2018", "est un samedi"),
        ("15/12/2026 09:00", "Écrivez le jour seul, sans l’heure"),
    ],
)
def test_what_is_no_date_is_refused_in_words(typed, words):
    with pytest.raises(ValidationError) as refused:
        date_fields.DateField().clean(typed)
    assert words in refused.value.messages[0].replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("typed", "hour"),
    [
        ("09:30", (9, 30)),
        ("9:30", (9, 30)),
        ("9 h", (9, 0)),
        ("9h30", (9, 30)),
        ("9 h 30", (9, 30)),
        ("9\u00a0h\u00a030", (9, 30)),
        ("9 heures 30", (9, 30)),
        ("9:30 pm", (21, 30)),
        ("12 a.m.", (0, 0)),
    ],
)
def test_an_hour_is_read_as_people_write_it(typed, hour):
    assert date_fields.TimeField().clean(typed) == datetime.time(*hour)
    read = date_fields.DateTimeField().clean(f"15/12/2026 {typed}")
    expected = datetime.datetime(2026, 12, 15, *hour, tzinfo=ZoneInfo("Europe/Paris"))
    assert read == expected
    assert date_fields.DateTimeField().clean(f"15 décembre 2026 à {typed}") == expected


@pytest.mark.parametrize("typed", ["9", "tôt", "24:00", "9 h 60", "13 pm", "09:5"])
def test_what_is_no_hour_is_refused_in_words(typed):
    for field, text in (
        (date_fields.TimeField(), typed),
        (date_fields.DateTimeField(), f"15/12/2026 {typed}"),
    ):
        with pytest.raises(ValidationError, match="09:30"):
            field.clean(text)


@pytest.mark.parametrize(
    ("typed", "instant"),
    [
        ("15/12/2026", "2026-12-14T23:00Z"),
        ("2026-12-15T09:00", "2026-12-15T08:00Z"),
        ("2026-12-15T09:00:00Z", "2026-12-15T09:00Z"),
        ("2026-12-15 09:00+02:00", "2026-12-15T07:00Z"),
    ],
)
def test_a_moment_without_an_hour_or_from_a_machine(typed, instant):
    read = date_fields.DateTimeField().clean(typed)
    assert read == datetime.datetime.fromisoformat(instant)


def test_an_hour_that_clocks_leap_over_is_refused_in_words():
    with pytest.raises(ValidationError) as refused:
        date_fields.DateTimeField().clean("28/03/2027 02:30")
    assert "02:30 n’existe pas" in refused.value.messages[0]
    assert "03:30" in refused.value.messages[0]


def test_an_hour_that_comes_twice_is_asked_for_and_both_can_be_said():
    field = date_fields.DateTimeField()
    with pytest.raises(ValidationError) as refused:
        field.clean("25/10/2026 02:30")
    for told in ("02:30 heure d’été", "02:30 heure d’hiver"):
        assert told in refused.value.messages[0]
        read = field.clean(f"25/10/2026 {told}")
        # What the field shows is what it takes.
        assert field.prepare_value(read) == f"25/10/2026 {told}"
    first = field.clean("25/10/2026 02:30 heure d'été")
    second = field.clean("25/10/2026 02:30 (winter time)")
    assert second - first == datetime.timedelta(hours=1)
    with pytest.raises(ValidationError, match="seulement 09:00"):
        field.clean("15/12/2026 09:00 heure d’été")


@pytest.mark.parametrize("typed", ["2018", "mars 2018", "03/2018", "3 mars 2018"])
def test_a_year_alone_or_in_a_date(typed):
    assert dates.read_year(typed) == 2018


def test_what_was_typed_stays_in_the_field():
    class DayForm(forms.Form):
        day = date_fields.DateField()
        at = date_fields.DateTimeField(required=False)

    form = DayForm({"day": "31/02/2026", "at": "dans un an"})
    assert not form.is_valid()
    assert 'value="31/02/2026"' in str(form["day"])
    assert 'value="dans un an"' in str(form["at"])
    shown = DayForm(initial={"day": THIRD_OF_MARCH})
    assert 'value="03/03/2018"' in str(shown["day"])
    assert not DayForm(
        {"day": "3 mars 2018"}, initial={"day": THIRD_OF_MARCH}
    ).has_changed()


# No form reads dates in another way

OURS = (date_fields.DateField, date_fields.TimeField, date_fields.DateTimeField)
THEIRS = (forms.DateField, forms.TimeField, forms.DateTimeField)


def test_every_column_of_the_back_office_is_read_by_these_fields():
    for model in apps.get_models():
        for column in model._meta.fields:
            if isinstance(column, (models.DateField, models.TimeField)):
                field = formfield_for_dbfield(column)
                assert field is None or isinstance(field, OURS), column


def test_every_form_of_a_page_reads_and_shows_the_day_first():
    seen = 0
    for model in get_page_models():
        form = model.get_edit_handler().get_form_class()
        fields = list(form.base_fields.values())
        for formset in form.formsets.values():
            fields += formset.form.base_fields.values()
        for field in fields:
            if isinstance(field, THEIRS):
                seen += 1
                assert isinstance(field, OURS), (model, field)
                day = datetime.date(2018, 12, 24)
                value = {
                    date_fields.DateField: day,
                    date_fields.TimeField: datetime.time(9, 30),
                    date_fields.DateTimeField: datetime.datetime.fromisoformat(
                        "2018-12-24T09:30"
                    ),
                }[type(field)]
                shown = field.widget.format_value(value)
                assert shown in {"24/12/2018", "09:30", "24/12/2018 09:30"}, (
                    model,
                    field,
                )
    # The dates of publication of every page, those of records and days.
    assert seen > 2 * len(get_page_models()) - 10


def test_every_filter_of_a_list_is_read_by_these_fields():
    def subclasses(kind):
        for one in kind.__subclasses__():
            yield one
            yield from subclasses(one)

    checked = 0
    for filterset in subclasses(django_filters.FilterSet):
        for one in filterset.base_filters.values():
            field = one.field_class
            if issubclass(field, (*THEIRS, django_filters.fields.DateRangeField)):
                checked += 1
                assert issubclass(field, (*OURS, date_fields.DateRangeField)), one
    assert checked
    assert all(
        isinstance(one, date_fields.DateField)
        for one in date_fields.DateRangeField().fields
    )


def test_no_form_of_ours_goes_past_them():
    found = []
    for path in code_files():
        if path.name == "date_fields.py":
            continue
        tree = ast.parse(path.read_text())
        # Asking what a field is makes none.
        asked = {
            id(inner)
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "isinstance"
            for inner in ast.walk(node)
        }
        for node in ast.walk(tree):
            if (
                id(node) not in asked
                and isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id in {"forms", "blocks"}
                and any(word in node.attr for word in ("Date", "Time", "Duration"))
            ):
                found.append(f"{path.relative_to(ROOT)}: {node.attr}")
    for path in TEMPLATES.rglob("*.html"):
        if any(kind in path.read_text() for kind in ('type="date', 'type="time"')):
            found.append(path.name)
    assert not found


def test_unreadable_is_one_kind_of_error():
    with pytest.raises(dates.Unreadable):
        dates.read_datetime("2026-12-15T09:00+99:00")

"""SIRET numbers: what is accepted, what is refused and in which words."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from network_site.members.forms import OrganizationAdminForm
from network_site.members.forms.organizations import SiretField
from network_site.members.models import Organization
from network_site.members.siret import (
    LA_POSTE,
    LA_POSTE_HEAD_OFFICE,
    format_siret,
    is_valid_siret,
    normalize_siret,
)

# Public numbers: the city of Paris, the ministry of finance's directorate DINUM.
KNOWN = ["21750001600019", "13002526500013"]
digits = st.text("0123456789", min_size=13, max_size=13)


def luhn(figures):
    """A second writing of the formula: the doubled value of each figure is read in a table."""
    doubled = "0246813579"
    return sum(
        int(doubled[int(one)] if place % 2 else one)
        for place, one in enumerate(reversed(figures))
    )


@pytest.mark.parametrize("number", KNOWN)
def test_public_numbers_are_valid(number):
    assert is_valid_siret(number)


@given(digits, st.integers(0, 13), st.integers(1, 9))
def test_any_wrong_figure_is_found(figures, place, step):
    siren = figures[:8]
    siren += str(-luhn(siren + "0") % 10)
    start = siren + figures[8:12]
    number = start + str(-luhn(start + "0") % 10)
    if siren == LA_POSTE or not int(number):
        return
    assert is_valid_siret(number)
    wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    if not wrong.startswith(LA_POSTE):
        assert not is_valid_siret(wrong)


@given(st.integers(0, 99999))
def test_la_poste_counts_in_fives(establishment):
    number = f"{LA_POSTE}{establishment:05}"
    expected = sum(map(int, number)) % 5 == 0
    if number == LA_POSTE_HEAD_OFFICE:
        expected = True
    assert is_valid_siret(number) is expected


def test_the_head_office_of_la_poste_follows_the_common_formula():
    # The sum of its figures is 26: the rule of fives would refuse it.
    assert is_valid_siret(LA_POSTE_HEAD_OFFICE)


@given(st.text(max_size=30))
def test_anything_is_answered_without_an_error(text):
    assert is_valid_siret(normalize_siret(text)) in {True, False}


@given(st.sampled_from(KNOWN), st.lists(st.integers(0, 14), max_size=6))
def test_blanks_between_the_figures_do_not_count(number, places):
    for place in sorted(places, reverse=True):
        number = number[:place] + "\u202f" + number[place:]
    assert is_valid_siret(normalize_siret(number))


def test_it_is_shown_in_groups():
    assert format_siret("13002526500013") == "130\xa0025\xa0265\xa000013"
    assert format_siret("") == ""


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1300252650001", "13"),
        ("13002526500014", "dernier chiffre"),
        ("1300252650001O", "que des chiffres"),
        ("١٣٠٠٢٥٢٦٥٠٠٠١٣", "que des chiffres"),
    ],
)
def test_a_wrong_number_is_refused_in_a_sentence(typed, words):
    with pytest.raises(ValidationError) as error:
        SiretField(max_length=40).clean(typed)
    assert words in " ".join(error.value.messages)


@pytest.mark.django_db
def test_a_number_belongs_to_one_organisation():
    Organization.objects.create(
        name="Ville A", slug="ville-a", kind="municipality", siret=KNOWN[0]
    )
    other = Organization(name="Ville B", slug="ville-b", kind="municipality")

    class Form(OrganizationAdminForm):
        class Meta:
            model = Organization
            fields = ["siret"]

    form = Form({"siret": "217 500 016 00019"}, instance=other)
    assert not form.is_valid()
    assert "Ville A" in form.errors["siret"][0]

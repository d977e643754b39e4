import pytest

from network_site.anonymity.contacts import find_contacts
from network_site.anonymity.nir import contains_nir, find_nir, key_of


def written(number):
    return f"{number}{key_of(number):02}"


@pytest.mark.parametrize(
    "number", ["2690549588157", "1850578006084", "192112A004123", "192112B004123"]
)
def test_a_number_with_its_key_is_found(number):
    assert find_nir(f"Dossier de Mme X, {written(number)}.") == [written(number)]


def test_the_published_example_is_found_with_blanks():
    # The number of the specimen of the health insurance card.
    assert contains_nir("nº 2 69 05 49 588 157 80")
    assert contains_nir("nº 2\u00a069\u00a005\u00a049\u00a0588\u00a0157\u00a080")
    assert contains_nir("2-69-05-49-588-157-80")


@pytest.mark.parametrize(
    "text",
    [
        "2 69 05 49 588 157 81",
        "facture 269054958815780123",
        "SIRET 120 027 016 00035",
        "le 12 janvier 2026 à 9 h 30, salle 203",
        "",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert not contains_nir(text)


def test_corsican_numbers_count_as_nineteen_and_eighteen():
    assert key_of("192112A004123") == 97 - 1921119004123 % 97
    assert key_of("192112B004123") == 97 - 1921118004123 % 97


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("appelez le 06 12 34 56 78 demain", ["06 12 34 56 78"]),
        (
            "+33 6 12 34 56 78 ou a.b@exemple.fr",
            ["+33 6 12 34 56 78", "a.b@exemple.fr"],
        ),
        ("0612345678", ["0612345678"]),
        ("loi n° 2006-396 du 31 mars 2006, article 24", []),
        ("SIRET 120 027 016 00035, 1 250 000 euros", []),
    ],
)
def test_telephone_numbers_and_addresses_are_pointed_out(text, found):
    assert find_contacts(text) == found

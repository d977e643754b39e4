import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from network_site.taxonomies.models import Territory
from network_site.taxonomies.services import (
    TERRITORIES_FILE,
    department_shapes,
    import_territories,
)

SMALL = {
    "regions": [["93", "Provence-Alpes-Côte d’Azur", 5218960, [472.9, 430.4]]],
    "departments": [["13", "Bouches-du-Rhône", "93", 2056943, [430.0, 460.0]]],
    "epcis": [["200054807", "Métropole d’Aix-Marseille-Provence", "13", 1922626]],
    "communes": [["13055", "Marseille", "13", 886040, [437.9, 474.2]]],
}


@pytest.fixture
def small_file(tmp_path):
    def write(data):
        path = tmp_path / "territories.json"
        path.write_text(json.dumps(data), encoding="utf-8")
        return path

    return write


def test_import_twice_changes_nothing_the_second_time(db, small_file):
    path = small_file(SMALL)
    assert import_territories(path=path) == (4, 0)
    assert import_territories(path=path) == (0, 0)
    marseille = Territory.objects.get(kind="commune", insee_code="13055")
    assert marseille.slug == "marseille-13"
    assert marseille.parent.slug == "bouches-du-rhone"
    assert marseille.parent.parent.insee_code == "93"


def test_a_renamed_commune_keeps_its_address(db, small_file):
    import_territories(path=small_file(SMALL))
    renamed = {**SMALL, "communes": [["13055", "Massilia", "13", 900000, None]]}
    assert import_territories(path=small_file(renamed)) == (0, 1)
    commune = Territory.objects.get(kind="commune", insee_code="13055")
    assert (commune.name, commune.slug, commune.map_x) == (
        "Massilia",
        "marseille-13",
        None,
    )


def test_the_shipped_file_holds_the_places_the_content_names(
    db, django_assert_max_num_queries
):
    with django_assert_max_num_queries(60):
        created, _updated = import_territories()
    assert created > 1800
    assert Territory.objects.regions().count() == 18
    for code in ("36044", "28404", "35236", "13055", "97410", "67180", "56121"):
        assert Territory.objects.filter(kind="commune", insee_code=code).exists()
    chateauroux = Territory.objects.get(kind="commune", insee_code="36044")
    assert chateauroux.map_x is not None
    guadeloupe = Territory.objects.get(kind="department", insee_code="971")
    assert (guadeloupe.slug, guadeloupe.parent.slug) == (
        "guadeloupe",
        "region-guadeloupe",
    )


def test_every_mapped_commune_lies_in_the_box_of_its_departement():
    shapes = department_shapes()
    data = json.loads(TERRITORIES_FILE.read_text(encoding="utf-8"))
    for code, name, department, _people, at in data["communes"]:
        if at and department in shapes:
            left, top, right, bottom = shapes[department]["box"]
            assert left - 1 <= at[0] <= right + 1, (code, name)
            assert top - 1 <= at[1] <= bottom + 1, (code, name)


def test_a_file_that_is_not_the_right_one_is_refused_with_its_name(db, tmp_path):
    path = tmp_path / "autre.json"
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(CommandError, match=r"autre\.json"):
        call_command("import_territories", file=path)
    assert not Territory.objects.exists()

"""The global search of people: each field lends its words to its own readers only."""

import pytest
from django.contrib.auth.models import AnonymousUser

from network_site.core.outbox import drain, emit
from network_site.members import services
from network_site.members.enums import FieldVisibility, MembershipStatus
from network_site.members.models import Organization, OrganizationAlias
from network_site.members.permissions import FIELDS
from network_site.registries.search import Kind
from network_site.search.services import search
from network_site.search.suggest import suggest
from network_site.taxonomies.enums import TerritoryKind
from network_site.taxonomies.models import Territory, Theme
from tests.directory.people import make_person

pytestmark = pytest.mark.django_db

WORDS = {
    "job_title": "zephyrin",
    "organization": "quartzite",
    "territory": "obsidienne",
    "themes": "malachite",
    "help_topics": "tourmaline",
    "presentation": "rhodonite",
}


def found(user, text, **filters):
    user = type(user).objects.get(pk=user.pk) if user.pk else user
    answer = search(user=user, text=text, kinds=[Kind.PERSONNE.value], **filters)
    assert answer.total == len(answer.results)
    return {result.item["title"] for result in answer.results}


@pytest.fixture
def readers():
    return {
        FieldVisibility.EVERYONE: AnonymousUser(),
        FieldVisibility.MEMBERS: make_person("Lectrice Une").user,
        FieldVisibility.SPACES: make_person("Lectrice Deux", groups=["Espace"]).user,
    }


@pytest.fixture
def people():
    """One person for each visibility of the sheet, with fields of each visibility."""
    theme = Theme.add_root(name="Malachite", slug="malachite")
    place = Territory.objects.create(
        kind=TerritoryKind.DEPARTMENT,
        insee_code="99",
        name="Obsidienne",
        slug="obsidienne",
    )
    people = []
    for sheet in FieldVisibility:
        for number, level in enumerate(FieldVisibility):
            people.append(
                make_person(
                    f"Améthyste Fiche{sheet}{number}",
                    groups=["Espace"],
                    themes=[theme],
                    languages=["ti"],
                    seen_by=level,
                    sheet_visibility=sheet,
                    territory=place,
                    organization_name="Quartzite",
                    job_title="Zéphyrin",
                    help_topics="Tourmaline",
                    presentation="Rhodonite",
                )
            )
    make_person("Améthyste Attente", status=MembershipStatus.PENDING)
    return people


def test_a_word_is_found_by_the_readers_of_its_field(search_index, readers, people):
    search_index()
    for level, reader in readers.items():
        open_sheets = {one for one in people if one.sheet_visibility >= level}
        named = {one.user.get_full_name() for one in open_sheets}
        assert found(reader, "améthyste") == named
        for field, word in WORDS.items():
            shown = {
                one.user.get_full_name()
                for one in open_sheets
                if getattr(one, f"{field}_visibility") >= level
            }
            assert found(reader, word) == shown, (level, field)
            # Two words, of the name and of the field.
            assert found(reader, f"améthyste {word}") == shown, (level, field)
        names = {one.link.title for one in suggest(user=reader, text="améth", most=99)}
        assert names <= named
        assert bool(names) == bool(named)


def test_facets_and_cards_tell_no_more_than_the_fields(search_index, readers, people):
    search_index()
    for level, reader in readers.items():
        answer = search(user=reader, text="améthyste", size=50)
        shown = [
            one
            for one in people
            if one.sheet_visibility >= level
            and one.themes_visibility >= one.sheet_visibility
        ]
        assert answer.facets["theme"].get("malachite", 0) == len(shown)
        by_name = {one.user.get_full_name(): one for one in people}
        for result in answer.results:
            item, one = result.item, by_name[result.item["title"]]
            reads = one.job_title_visibility >= level
            assert item["function"] == ("Zéphyrin" if reads else "")
            assert item["territory"] == ("Obsidienne" if reads else "")
            assert item["help"] == ("Tourmaline" if reads else "")
            if not reads:
                assert "Rhodonite" not in str(item)


def test_what_is_closed_is_not_found_while_the_worker_waits(search_index, readers):
    person = make_person(
        "Améthyste Ouverte",
        seen_by=FieldVisibility.EVERYONE,
        presentation="Rhodonite",
    )
    drain()
    search_index()
    visitor = readers[FieldVisibility.EVERYONE]
    assert found(visitor, "rhodonite")

    def change(**fields):
        services.update_profile(
            profile=person, first_name="Améthyste", last_name="Ouverte", **fields
        )

    change(presentation_visibility=FieldVisibility.MEMBERS)
    assert not found(visitor, "rhodonite")
    assert found(visitor, "améthyste")
    change(sheet_visibility=FieldVisibility.MEMBERS)
    assert not found(visitor, "améthyste")
    assert not suggest(user=visitor, text="améth")
    drain()
    assert not found(visitor, "améthyste")
    assert found(readers[FieldVisibility.MEMBERS], "rhodonite")


def test_every_field_of_the_contract_is_tried():
    assert set(FIELDS) == {*WORDS, "languages", "portrait"}


def test_an_organisation_is_found_by_a_former_name(search_index, readers):
    body = Organization.objects.create(name="Agence", slug="agence", kind="agency")
    OrganizationAlias.objects.create(
        organization=body, name="Chrysolithe", slug="chrysolithe"
    )
    search_index()
    answer = search(user=readers[FieldVisibility.EVERYONE], text="chrysolithe")
    assert [result.item["title"] for result in answer.results] == ["Agence"]


def test_a_renamed_organisation_is_found_on_its_peoples_sheets(search_index):
    body = Organization.objects.create(name="Ancienne", slug="ancienne", kind="agency")
    reader = make_person("Lectrice Une")
    make_person("Claire Martin", organization=body)
    search_index()
    assert found(reader.user, "ancienne") == {"Claire Martin"}
    body.name = "Lazulite"
    body.save()
    emit("object.changed", model="members.organization", pk=body.pk)
    drain()
    assert found(reader.user, "lazulite") == {"Claire Martin"}
    assert found(reader.user, "ancienne") == set()

"""Each field × each audience × each reader: the page, the portrait, the words searched for.

The fields are those of permissions.FIELDS: a new one fails here until it has a word.
"""

import io

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image

from network_site.core.outbox import drain, emit
from network_site.members import portraits, roles
from network_site.members.enums import FieldVisibility
from network_site.members.models import Organization, Profile, SpokenLanguage
from network_site.members.permissions import FIELDS, visible_fields
from network_site.members.services import update_profile
from network_site.members.words import keep_words
from network_site.taxonomies.enums import TerritoryKind
from network_site.taxonomies.models import Territory, Theme

pytestmark = pytest.mark.django_db

SPACE = "Pairs du Sud"
# The widest audience to which a reader belongs: what they read is shown to it or a wider one.
LEVELS = {
    "visitor": FieldVisibility.EVERYONE,
    "pending": FieldVisibility.EVERYONE,
    "member": FieldVisibility.MEMBERS,
    "facilitator": FieldVisibility.MEMBERS,
    "peer": FieldVisibility.SPACES,
    "self": FieldVisibility.NOBODY,
    "administrator": FieldVisibility.NOBODY,
}
# A word of the page that only this field writes.
WORDS = {
    "job_title": "Motfonction",
    "organization": "Motorganisme",
    "territory": "Motterritoire",
    "themes": "Mottheme",
    "help_topics": "Motaide",
    "languages": "wolof",
    "presentation": "Motpresentation",
    "portrait": "cledeportrait",
}


@pytest.fixture
def people(make_user, pending, member, facilitator, administrator):
    shown = make_user(
        "fiche@exemple.fr", roles.MEMBERS, SPACE, status="approved", last_name="Motnom"
    )
    peer = make_user("pair@exemple.fr", roles.MEMBERS, SPACE, status="approved")
    return {
        "visitor": None,
        "pending": pending,
        "member": member,
        "facilitator": facilitator,
        "peer": peer,
        "self": shown,
        "administrator": administrator,
    }


@pytest.fixture
def profile(people, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    profile = people["self"].profile
    profile.organization = Organization.objects.create(
        name="Motorganisme", slug="motorganisme", kind="agency"
    )
    profile.territory = Territory.objects.create(
        kind=TerritoryKind.DEPARTMENT, insee_code="30", name="Motterritoire", slug="mt"
    )
    for name in ("job_title", "help_topics", "presentation"):
        setattr(profile, name, WORDS[name])
    profile.portrait = WORDS["portrait"]
    profile.save()
    profile.themes.add(Theme.add_root(name="Mottheme", slug="mottheme"))
    SpokenLanguage.objects.create(profile=profile, code="wo")
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, "WEBP")
    default_storage.save(
        portraits.file_name(profile.portrait, 128, "webp"),
        ContentFile(buffer.getvalue()),
    )
    return profile


def scenarios():
    """(audience of the sheet, {field: audience}): each field once with each audience."""
    audiences = list(FieldVisibility)
    for sheet in audiences:
        for turn in range(len(audiences)):
            yield (
                sheet,
                {
                    field: audiences[(rank + turn) % len(audiences)]
                    for rank, field in enumerate(FIELDS)
                },
            )


def few_scenarios():
    """Of these, all under an open sheet and one under each narrower: pages are slow to draw."""
    for rank, (sheet, fields) in enumerate(scenarios()):
        if sheet == FieldVisibility.EVERYONE or rank % 5 == 0:
            yield sheet, fields


def main_of(response):
    return response.content.decode().split("<main")[1].split("</main")[0]


def set_audiences(profile, sheet, fields):
    Profile.objects.filter(pk=profile.pk).update(
        sheet_visibility=sheet,
        **{f"{field}_visibility": audience for field, audience in fields.items()},
    )


def may_read(reader, sheet, audience):
    return min(sheet, audience) >= LEVELS[reader]


def test_every_field_has_a_word():
    assert set(WORDS) == set(FIELDS)


def test_the_rule_gives_each_reader_their_fields_whatever_the_sheet(people, profile):
    for sheet, fields in scenarios():
        set_audiences(profile, sheet, fields)
        for reader, user in people.items():
            found = Profile.objects.get(pk=profile.pk)
            assert visible_fields(user or AnonymousUser(), found) == {
                field
                for field, audience in fields.items()
                if may_read(reader, sheet, audience)
            }, (reader, sheet.name)


def test_the_page_and_the_portrait_show_each_reader_what_is_theirs(
    people, profile, client_for
):
    page_url = reverse("person", args=[profile.pk])
    portrait_url = reverse("portrait", args=[profile.pk, 128, "webp"])
    clients = {reader: client_for(user) for reader, user in people.items()}
    wrong = []
    for sheet, fields in few_scenarios():
        set_audiences(profile, sheet, fields)
        for reader, client in clients.items():
            response = client.get(page_url)
            opens = may_read(reader, sheet, FieldVisibility.EVERYONE)
            refusal = 302 if reader == "visitor" else 404
            if response.status_code != (200 if opens else refusal):
                wrong.append((reader, sheet.name, "page", response.status_code))
            text = response.content.decode() if opens else ""
            for field, audience in fields.items():
                expected = may_read(reader, sheet, audience)
                if (WORDS[field] in text) != expected:
                    wrong.append((reader, sheet.name, field, audience.name))
            image = client.get(portrait_url)
            expected = may_read(reader, sheet, fields["portrait"])
            if (image.status_code == 200) != expected:
                wrong.append((reader, sheet.name, "file", image.status_code))
    assert not wrong, wrong[:10]


def test_seen_as_shows_what_each_audience_gets(people, profile, client_for):
    readers = {"visiteur": "visitor", "membre": "member", "espace": "peer"}
    url = reverse("person", args=[profile.pk])
    own = client_for(people["self"])
    clients = {reader: client_for(people[reader]) for reader in readers.values()}
    for sheet, fields in few_scenarios():
        set_audiences(profile, sheet, fields)
        for value, reader in readers.items():
            seen = own.get(url, {"voir": value})
            theirs = clients[reader].get(url)
            if theirs.status_code != 200:
                assert "Motnom" not in main_of(seen)
                continue
            for word in WORDS.values():
                assert (word in main_of(seen)) == (word in main_of(theirs)), (
                    sheet,
                    value,
                    word,
                )


def test_nobody_sees_as_another_on_the_sheet_of_another(people, profile, client_for):
    set_audiences(profile, 2, dict.fromkeys(FIELDS, FieldVisibility.SPACES))
    url = reverse("person", args=[profile.pk])
    for reader in ("member", "facilitator", "administrator"):
        client = client_for(people[reader])
        plain = main_of(client.get(url))
        assert main_of(client.get(url, {"voir": "espace"})) == plain
    own = client_for(people["self"])
    assert main_of(own.get(url, {"voir": "patron"})) == main_of(own.get(url))


def test_the_words_searched_for_are_those_that_each_audience_reads(profile):
    columns = {
        "words_everyone": FieldVisibility.EVERYONE,
        "words_members": FieldVisibility.MEMBERS,
        "words_spaces": FieldVisibility.SPACES,
    }
    for sheet, fields in scenarios():
        set_audiences(profile, sheet, fields)
        keep_words(Profile.objects.filter(pk=profile.pk))
        profile.refresh_from_db()
        for column, level in columns.items():
            words = getattr(profile, column)
            assert ("motnom" in words) == (sheet >= level)
            for field, audience in fields.items():
                if field == "portrait":
                    continue
                assert (WORDS[field].lower() in words) == (
                    min(sheet, audience) >= level
                ), (column, sheet, field, audience)


def test_the_words_follow_each_change(profile):
    update_profile(
        profile=profile,
        first_name="Zoé",
        last_name="L’Œuvre",
        job_title="Médiatrice",
        languages=["ta"],
        presentation_visibility=FieldVisibility.NOBODY,
    )
    profile.refresh_from_db()
    assert "zoe l oeuvre" in profile.words_members
    assert "mediatrice" in profile.words_members
    assert "tamoul" in profile.words_members
    assert "wolof" not in profile.words_members
    assert "motpresentation" not in profile.words_spaces
    assert profile.words_everyone == ""

    # A body that changes its name changes the words of those who work there.
    Organization.objects.filter(pk=profile.organization_id).update(name="Nouveau nom")
    emit("object.changed", model="members.organization", pk=profile.organization_id)
    drain()
    profile.refresh_from_db()
    assert "nouveau nom" in profile.words_members

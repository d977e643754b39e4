"""Files kept for a group on pages that are open: no outlet tells their names or words to others.

As in test_outlets, with pages kept, in both languages, by people who are not in the group.
"""

import pytest
from django.core.files.base import ContentFile
from wagtail.models import Collection, CollectionViewRestriction

from good_practices.models import PracticeFile
from library.models import RecordFile
from network_site.core.outbox import drain
from network_site.media.models import SiteDocument
from network_site.media.services import read_document
from network_site.members import roles
from network_site.search.indexing import rebuild
from tests.access.test_outlets import body_of, outlets
from tests.access.world import PEERS, WORDS, word
from tests.support.client import SiteClient
from tests.support.people import group_called

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(400)]

KEPT_FOR = {"members": roles.MEMBERS, "private": PEERS}


@pytest.fixture
def world(shared_world, db, index_dir):
    """Two files on the public record and on the public practice, each kept for an audience."""
    world = shared_world
    for audience, group in KEPT_FOR.items():
        collection = Collection.get_first_root_node().add_child(name=audience)
        restriction = CollectionViewRestriction.objects.create(
            collection=collection, restriction_type=CollectionViewRestriction.GROUPS
        )
        restriction.groups.add(group_called(group))
        world.objects[f"collection_{audience}"] = collection
        document = SiteDocument(title=word("piece", audience), collection=collection)
        document.file.save(
            f"{word('nom', audience)}.txt",
            ContentFile(f"Texte {word('dedans', audience)}.".encode()),
        )
        RecordFile.objects.create(page=world["record_public"], document=document)
        PracticeFile.objects.create(page=world["practice_public"], document=document)
    for document in SiteDocument.objects.all():
        read_document(document=document)
    rebuild()
    drain()
    return world


def addresses(world):
    """{name: address} of the outlets, and of questions put to the two boxes of words."""
    found = {
        name: url
        for name, url in outlets(world).items()
        if not name.startswith(("search ", "person "))
    }
    for audience in WORDS:
        for kind in ("piece", "dedans", "fichier", "contenu"):
            for place in ("recherche", "bibliotheque"):
                found[f"{place} {kind} {audience}"] = (
                    f"/{place}/?q={word(kind, audience)}"
                )
    return found


def where_files_are_told(found):
    """Those of the outlets that tell of files to whoever may read them."""
    places = ("public record", "public practice", "recherche ", "bibliotheque ")
    return {name: url for name, url in found.items() if name.startswith(places)}


def told(world, role, found):
    """{(outlet, language, audience)} where the name or a word of a file is told to `role`."""
    client, user = SiteClient(), world.users[role]
    if user.is_authenticated:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    record = world["record_public"].slug
    seen = set()
    for language in ("", "/en"):
        for name, url in found.items():
            response = client.get(f"{language}{url}")
            if response.status_code != 200:
                continue
            text = body_of(response)
            _place, _kind, audience = [*name.split(), "", ""][:3]
            if "?q=" in url and audience in WORDS:
                # The page repeats the question: what it found is the record or nothing.
                if f"/{record}/" in text:
                    seen.add((name, language, audience))
                continue
            for one in WORDS:
                kinds = ("piece", "nom", "dedans", "fichier", "contenu")
                if any(word(kind, one) in text for kind in kinds):
                    seen.add((name, language, one))
    return seen


def test_a_file_kept_for_a_group_is_told_to_nobody_else(world):
    found = addresses(world)
    readers = {
        "visitor": {"public"},
        "member": {"public", "members"},
        "private_member": set(WORDS),
    }
    for role, audiences in readers.items():
        # Who may read everything is there to show that the others are not tried blindly.
        tried = where_files_are_told(found) if audiences == set(WORDS) else found
        seen = told(world, role, tried)
        leaks = {one for one in seen if one[2] not in audiences}
        assert not leaks, (role, leaks)
        # Not by being blind: whoever may is told, in both languages and by every way.
        for audience in audiences & set(KEPT_FOR):
            for language in ("", "/en"):
                for name in (
                    "public record",
                    "public practice",
                    f"recherche piece {audience}",
                    f"recherche dedans {audience}",
                    f"bibliotheque dedans {audience}",
                ):
                    assert (name, language, audience) in seen, (role, name, language)


def test_a_file_that_was_open_leaves_every_outlet_with_its_collection(world):
    found = where_files_are_told(addresses(world))
    before = told(world, "member", found)
    for language in ("", "/en"):
        assert ("public record", language, "public") in before
        assert ("recherche contenu public", language, "public") in before
    SiteDocument.objects.filter(pk=world["document_public"].pk).update(
        collection=world["collection_private"]
    )
    for role in ("member", "visitor"):
        seen = told(world, role, found)
        assert not {one for one in seen if one[2] == "public"}, role

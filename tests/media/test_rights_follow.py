"""Names and words of a file follow its rights, whatever changed them, before and after the worker.

Read with pages kept, in both languages, by people who are not in the group; the client does not
empty the outbox, as the site does not between a change and the worker.
"""

import json

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction

from good_practices.models import PracticeIndexPage
from good_practices.services import create_practice, publish_practice
from library.models import RecordPage
from network_site.core.outbox import drain
from network_site.home.services import ensure_site
from network_site.media import triggers
from network_site.media.checks import files_tell_their_readers
from network_site.media.models import SiteDocument
from network_site.members import roles
from network_site.pages.reader_cache import shelf
from network_site.search.indexing import rebuild
from network_site.search.services import search
from tests.library.factories import make_document, make_library, make_study
from tests.support.people import group_called

pytestmark = pytest.mark.django_db

NAME, WORD = "zibelinetitre", "quetzalcoatlmot"
PEERS = "Pairs du Sud"


@pytest.fixture(autouse=True)
def kept(settings):
    settings.READER_CACHE_SECONDS = 60
    shelf.clear()
    yield
    shelf.clear()


class Scene:
    """A public record and a public practice that show one open file, and who reads them."""

    def __init__(self, home_page, make_user):
        ensure_site()
        root = Collection.get_first_root_node()
        self.open = root.add_child(name="Ouvert")
        self.private = root.add_child(name="Réservé")
        self.peers = Group.objects.get_or_create(name=PEERS)[0]
        self.document = make_document(
            f"{NAME}.txt",
            f"Le mot {WORD}.".encode(),
            title=NAME,
            collection=Collection.objects.get(pk=self.open.pk),
        )
        index = make_library(home_page)
        self.record = make_study(index, title="Fiche ouverte", files=[self.document])
        self.practice = publish_practice(
            page=create_practice(
                parent=PracticeIndexPage.objects.get(),
                title="Pratique ouverte",
                summary="Ce qui a été fait.",
                files=[self.document],
            )
        )
        self.administrator = make_user("a@exemple.fr", is_superuser=True, is_staff=True)
        self.outsider = make_user("dehors@exemple.fr", roles.MEMBERS)
        self.insider = make_user("dedans@exemple.fr", roles.MEMBERS, PEERS)
        self.back_office = _logged_in(self.administrator)
        # In French: a request in English leaves its language to what follows it.
        self.pages = [
            self.record.url,
            self.practice.url,
            f"{reverse('library:record_csv')}?q={WORD}",
        ]
        self.file = self.document.url
        drain()
        # What the slow queue reads is read at once in tests; the index is whole.
        rebuild()
        drain()

    def keep_private(self, collection):
        restriction = CollectionViewRestriction.objects.create(
            collection=collection,
            restriction_type=CollectionViewRestriction.GROUPS,
        )
        restriction.groups.add(self.peers)
        drain()
        return restriction

    def readers(self):
        return [
            (AnonymousUser(), Client()),
            (self.outsider, _logged_in(self.outsider)),
        ]

    def told(self, user, client, *, everywhere):
        """Every place where the name or the word of the file is told to a reader."""
        found = []
        for prefix in ("", "/en"):
            for address in self.pages if everywhere else self.pages[:2]:
                body = _body(client.get(f"{prefix}{address}"))
                found += [f"{prefix}{address}"] * (NAME in body)
            for place in ("recherche", "bibliotheque"):
                for typed in (NAME, WORD) if everywhere else [WORD]:
                    # Not what the page repeats of the question: what it found alone.
                    body = _body(client.get(f"{prefix}/{place}/?q={typed}"))
                    found += [f"{prefix} {place} {typed}"] * (self.pages[0] in body)
        offered = client.get(f"/recherche/suggestions/?q={NAME[:5]}")
        found += ["suggestions"] * bool(json.loads(offered.content)["suggestions"])
        for typed in (NAME, WORD, f"{WORD[:6]}*"):
            answer = search(user=user, text=typed)
            if answer.total or any(answer.facets.values()) or answer.results:
                found.append(f"services {typed}")
        return found


def _logged_in(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _body(response):
    pieces = response.streaming_content if response.streaming else [response.content]
    return b"".join(pieces).decode()


@pytest.fixture
def scene(home_page, index_dir, make_user):
    return Scene(home_page, make_user)


def by_form(scene):
    scene.keep_private(scene.private)
    yield
    url = reverse("wagtaildocs:edit", args=[scene.document.pk])
    sent = {"title": NAME, "collection": scene.private.pk, "lang": "fr"}
    assert scene.back_office.post(url, sent).status_code == 302


def by_bulk_action(scene):
    scene.keep_private(scene.private)
    yield
    url = reverse(
        "wagtail_bulk_action", args=["site_media", "sitedocument", "add_to_collection"]
    )
    answer = scene.back_office.post(
        f"{url}?id={scene.document.pk}", {"collection": scene.private.pk}
    )
    assert answer.status_code == 302
    assert SiteDocument.objects.get().collection_id == scene.private.pk


def by_update(scene):
    scene.keep_private(scene.private)
    yield
    SiteDocument.objects.update(collection=scene.private)


def by_privacy(scene):
    yield
    scene.keep_private(scene.open)


def by_groups_of_the_restriction(scene):
    restriction = CollectionViewRestriction.objects.create(
        collection=scene.open, restriction_type=CollectionViewRestriction.GROUPS
    )
    restriction.groups.add(group_called(roles.MEMBERS))
    drain()
    yield
    restriction.groups.set([scene.peers])


def by_moving_the_collection(scene):
    scene.keep_private(scene.private)
    yield
    private = Collection.objects.get(pk=scene.private.pk)
    Collection.objects.get(pk=scene.open.pk).move(private, pos="sorted-child")


def by_replacing_the_file(scene):
    scene.record.files.update(label="")
    yield
    url = reverse("wagtaildocs:edit", args=[scene.document.pk])
    file = ContentFile("Plus rien d’autre.".encode(), "autre.txt")
    sent = {
        "title": "Autre titre",
        "file": file,
        "collection": scene.open.pk,
        "lang": "fr",
    }
    assert scene.back_office.post(url, sent).status_code == 302


def by_deleting(scene):
    yield
    scene.record.files.all().delete()
    SiteDocument.objects.filter(pk=scene.document.pk).delete()


TIGHTENED = [
    by_form,
    by_bulk_action,
    by_update,
    by_privacy,
    by_groups_of_the_restriction,
    by_moving_the_collection,
]


EVERYWHERE = {by_bulk_action, by_replacing_the_file}


@pytest.mark.parametrize("change", [*TIGHTENED, by_replacing_the_file, by_deleting])
def test_what_is_closed_is_told_nowhere_before_and_after_the_worker(scene, change):
    steps = change(scene)
    next(steps)
    readers = scene.readers()
    everywhere = change in EVERYWHERE
    for user, client in readers:
        # Whatever can be kept is from now on.
        told = set(scene.told(user, client, everywhere=everywhere))
        record, practice = scene.pages[:2]
        expected = {
            record,
            f"/en{practice}",
            f"/en recherche {WORD}",
            f"services {WORD}",
        }
        if not user.is_authenticated and change is by_groups_of_the_restriction:
            expected = set()
        assert expected <= told
    next(steps, None)
    for moment in ("before the worker", "after the worker"):
        for user, client in readers:
            assert not scene.told(user, client, everywhere=everywhere), moment
        drain()
    if change in TIGHTENED:
        answer = search(user=scene.insider, text=WORD)
        assert answer.total == 1
        assert WORD in str(answer.results[0].item["passage"])
    else:
        assert search(user=scene.administrator, text=WORD).total == 0


def test_a_file_that_opens_again_is_found_again(scene):
    restriction = scene.keep_private(scene.open)
    assert search(user=AnonymousUser(), text=WORD).total == 0
    restriction.delete()
    drain()
    assert search(user=AnonymousUser(), text=WORD).total == 1


def test_the_file_put_in_the_place_of_another_is_read_and_found(scene):
    steps = by_replacing_the_file(scene)
    next(steps)
    scene.document.refresh_from_db()
    scene.document.file = ContentFile(b"Le mot hippocampe.", "autre.txt")
    scene.document.save()
    assert SiteDocument.objects.get().text == ""
    drain()
    assert search(user=AnonymousUser(), text="hippocampe").total == 1
    assert search(user=AnonymousUser(), text=WORD).total == 0


def test_a_file_taken_off_its_page_is_closed_at_once(scene, settings):
    """Wagtail's index of references is the worker's: it is not what opens a file."""
    settings.TASKS = {
        "default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}
    }
    client = Client()
    scene.practice.files.all().delete()
    assert _status(client, scene.file) == 200
    page = RecordPage.objects.get(pk=scene.record.pk).specific
    page.files.clear()
    page.save_revision().publish()
    scene.practice.refresh_from_db()
    assert _status(client, scene.file) == 404


def _status(client, url):
    response = client.get(url)
    _body(response)
    return response.status_code


def test_nobody_keeps_a_restricted_document(scene):
    client = Client()
    for prefix in ("", "/en"):
        url = f"{prefix}{scene.file}"
        response = client.get(url)
        assert response["Cache-Control"] == "public, no-cache"
        _body(response)
        kept = {"If-None-Match": response["ETag"]}
        assert client.get(url, headers=kept).status_code == 304
    scene.keep_private(scene.open)
    assert client.get(url, headers=kept).status_code == 404
    client.force_login(
        scene.insider, backend="django.contrib.auth.backends.ModelBackend"
    )
    for headers in ({}, kept):
        response = client.get(url, headers=headers)
        assert response["Cache-Control"] == "private, no-store"
        assert "Cookie" in response["Vary"]
        _body(response)


def test_the_database_tells_and_says_when_it_cannot(db):
    assert triggers.standing(connection) == triggers.NAMES
    assert files_tell_their_readers(["default"]) == []
    with connection.cursor() as cursor:
        on = " ON site_media_sitedocument" * (connection.vendor == "postgresql")
        cursor.execute(f"DROP TRIGGER media_file_changes_readers{on}")
    assert [one.id for one in files_tell_their_readers(["default"])] == [
        "site_media.W001"
    ]
    triggers.after_migrations(using="default")
    assert triggers.standing(connection) == triggers.NAMES


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite makes tables anew")
def test_a_table_to_which_the_database_tells_can_be_made_anew(db):
    triggers.before_migrations(using="default", plan=["a migration"])
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE fresh AS SELECT * FROM core_outboxentry")
        cursor.execute("DROP TABLE core_outboxentry")
        cursor.execute("ALTER TABLE fresh RENAME TO core_outboxentry")
    triggers.after_migrations(using="default")
    assert triggers.standing(connection) == triggers.NAMES

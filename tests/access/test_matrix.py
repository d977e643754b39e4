"""Every address of our own, asked by every role, against docs/permissions.md."""

import re
from pathlib import Path

import pytest
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.urls import NoReverseMatch, get_resolver, reverse
from PIL import Image
from wagtail.models import Page

from network_site.catalogue.building import settle_all
from network_site.core.outbox import drain
from network_site.directory.links import message_path
from network_site.mailing.links import seal
from network_site.members.services import put_portrait
from network_site.members.services.sponsorship import ask_sponsor
from network_site.members.services.sponsorship import seal as seal_sponsorship
from network_site.notifications.models import Delivery, Item
from network_site.privacy.services import stay_token
from tests.access.world import ROLES, profile_of
from tests.support.client import SiteClient

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).parents[2] / "docs" / "permissions.md"
OWN = ("network_site", "library", "good_practices", "events", "forums")
# Development only: not served by the settings of tests and of production.
LINE = re.compile(r"^\| ([a-z_:]+) \| ([a-z_ ]*?) ?\| (GET|POST) \| (.+) \|$")


def read_table():
    """The lines of the table: (address, object, method, {role: expected})."""
    rows = []
    for line in TABLE.read_text().splitlines():
        if found := LINE.match(line):
            name, kind, method, cells = found.groups()
            expected = [cell.strip() for cell in cells.split("|")]
            assert len(expected) == len(ROLES), line
            rows.append((name, kind, method, dict(zip(ROLES, expected, strict=True))))
    return rows


ROWS = read_table()


def own_names():
    """The names of the addresses whose views are ours."""
    names = set()

    def walk(resolver, namespace=""):
        for pattern in resolver.url_patterns:
            if str(pattern.pattern).startswith("admin/"):
                # Wagtail's own permissions hold there: the sections of the document.
                continue
            if hasattr(pattern, "url_patterns"):
                inner = f"{pattern.namespace}:" if pattern.namespace else ""
                walk(pattern, namespace + inner)
            elif pattern.callback.__module__.startswith(OWN) and pattern.name:
                names.add(namespace + pattern.name)

    walk(get_resolver())
    return names


def test_the_table_holds_every_address_of_ours():
    assert own_names() - {row[0] for row in ROWS} == set()


def address(world, name, kind):
    """The address of a line of the table, for an object of the world."""
    thing = world.objects.get(kind.replace(" ", "_"))
    if name == "page":
        if kind == "home":
            return "/"
        return Page.objects.get(pk=thing.pk).specific.url
    if name == "wagtaildocs_serve":
        return thing.url
    if name == "serve_media":
        return reverse(name, args=[thing.file.name])
    if name == "person":
        return profile_of(world, kind).get_absolute_url()
    if name == "person_contact":
        return reverse(name, args=[profile_of(world, kind).pk])
    if name == "organization_contact":
        return reverse(name, args=[world["organization"].slug])
    if name == "contact_message":
        return message_path(thing)
    if name == "portrait":
        return reverse(name, args=[profile_of(world, kind).pk, 128, "webp"])
    if name == "admission_decide":
        return reverse(name, args=[profile_of(world, kind).pk])
    if name == "answer_sponsorship":
        # Signed for the member whose address a stranger gave.
        asked = ask_sponsor(
            profile=profile_of(world, "pending"), email=world.users["member"].email
        )
        return reverse(name, args=[seal_sponsorship(asked)])
    if name == "notifications:from_mail":
        # Signed for the member, about a theme; whoever holds it may use it.
        about = f"theme:{world['theme'].pk}"
        return reverse(name, args=[seal(world.users["member"].pk, about)])
    if name in {"organization_delegate_withdraw", "organization_departed"}:
        return reverse(name, args=[world["organization"].slug, 0])
    if name in {
        "organization_edit",
        "organization_keep",
        "organization_delegate_name",
        "organization_merge",
    }:
        return reverse(name, args=[world["organization"].slug])
    if name == "privacy:download":
        return reverse(name, args=[0])
    if name == "privacy:receipt":
        return reverse(name, args=["inconnu"])
    if name == "privacy:stay_from_mail":
        return reverse(name, args=[stay_token(world.users["member"])])
    if name == "employer_check_answer":
        return reverse(name, args=[0])
    if name == "organization":
        return world["organization"].get_absolute_url()
    if name in {"theme", "territory", "programme"}:
        return thing.get_absolute_url()
    if not kind:
        return reverse(name)
    return _address_of_object(name, thing)


def _address_of_object(name, thing):
    """A space's own address: by key, by slug, or by both."""
    if name == "forums:person_remove":
        return reverse(name, args=[thing.slug, 0])
    if name in {
        "forums:forum",
        "forums:forum_feed",
        "forums:people",
        "forums:person_add",
        "forums:leave",
    }:
        return reverse(name, args=[thing.slug])
    candidates = [
        [getattr(thing, "pk", None)],
        [getattr(thing, "slug", None)],
        [getattr(thing, "pk", None), getattr(thing, "slug", None)],
        [getattr(thing, "pk", None), "bib"],
    ]
    if name.startswith("events:") and hasattr(thing, "slug"):
        # A day's addresses hold its slug, and a number would be one.
        candidates = [[thing.slug]]
    event = getattr(thing, "event", None)
    if event is not None:
        candidates.insert(0, [event.slug, thing.pk])
    for arguments in candidates:
        try:
            return reverse(name, args=arguments)
        except NoReverseMatch:
            continue
    raise AssertionError(f"no address for {name}")


def outcome(response):
    """A response as the table writes it."""
    if response.status_code in {301, 302, 303}:
        return "login" if "/comptes/login" in response["Location"] else "to"
    return str(response.status_code)


def give_the_facilitator_a_portrait(world):
    """Anew for each role: taking it off deletes files, which no transaction undoes."""
    put_portrait(
        profile=profile_of(world, "facilitator"), image=Image.new("RGB", (8, 8), "red")
    )


def tell_the_member(world):
    """Two notifications of the member: of a public record, and of one closed since."""
    for audience in ("public", "private"):
        item = Item.objects.get(
            name="library.record", object_id=world[f"record_{audience}"].pk
        )
        world.objects[f"told_{audience}"] = Delivery.objects.get_or_create(
            user=world.users["member"], item=item
        )[0]


def open_a_device_of_the_member(world):
    """A session of the member somewhere: nobody else may end it."""
    world.objects["device"] = UserSession.objects.create(
        user=world.users["member"], ip="192.0.2.1", session_key="of-the-matrix"
    )


@pytest.fixture(scope="module")
def told_world(shared_world):
    """The shared world, with what the lines of the table speak of besides."""
    # Once, here: each request undoes what it drains.
    drain()
    tell_the_member(shared_world)
    open_a_device_of_the_member(shared_world)
    drain()
    return shared_world


@pytest.mark.parametrize("role", ROLES)
def test_a_role_gets_what_the_table_says(role, told_world):
    world, user, client = told_world, told_world.users[role], SiteClient()
    give_the_facilitator_a_portrait(world)
    if user.is_authenticated:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    wrong = []
    for name, kind, method, expected in ROWS:
        url = address(world, name, kind)
        # What making the object caused: here, or each request would do and undo it.
        drain()
        settle_all()
        # Undone after each: a line must not change what the next one finds.
        with transaction.atomic():
            response = (
                client.get(url) if method == "GET" else client.post(url, by_hand=True)
            )
            got = outcome(response)
            if response.streaming:
                # Read to its end, the file closes; response.close() would close the
                # connection of the test as well.
                b"".join(response.streaming_content)
            transaction.set_rollback(True)
        if got != expected[role]:
            wrong.append(f"{name} ({kind}) {url}: {got}, not {expected[role]}")
    assert not wrong, "\n".join(wrong)

"""Fixtures of the whole suite: a strict client, and one person for each role."""

import os
import sqlite3
from contextlib import closing

# Playwright's loop makes Django believe that it runs inside asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

import pytest
from django.core.cache import cache
from django.db import connection, connections, transaction
from django.template import engines
from django.utils import translation

from network_site.catalogue import state as catalogue_state
from network_site.catalogue.building import settle_all
from network_site.core import limits
from network_site.members import roles
from network_site.members.enums import MembershipStatus
from network_site.pages import reader_cache
from network_site.search import indexing, stores
from tests.support import missing_names
from tests.support.client import SiteClient
from tests.support.founding import founding_rows
from tests.support.people import UserMaker
from tests.support.rows import ensure_base_rows
from tests.support.smtp import smtp_sink  # noqa: F401


def pytest_make_parametrize_id(val, argname):
    """Bytes are named by their number: a zip holds the hour, and each process its own."""
    return f"{argname}{len(val)}bytes" if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        ensure_base_rows()
    yield
    if connection.vendor == "postgresql":
        # A thread of a live server may still hold a connection: the database could not be
        # dropped.
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(autouse=True)
def windows_stand_still(monkeypatch):
    """No count of attempts starts again because a test met the end of ten minutes."""
    monkeypatch.setattr(limits, "window_now", lambda window: 0)


def see_missing_names():
    """Before each test: one that changes certain settings has the engines made anew."""
    for backend in engines.all():
        if backend.name == "django":
            backend.engine.string_if_invalid = missing_names.MissingName()
        elif backend.name == "jinja2":
            backend.env.undefined = missing_names.MissingInJinja


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    see_missing_names()
    outcome = yield
    missing_names.complain()
    return outcome


@pytest.fixture(autouse=True)
def base_rows(request):
    """The site's first rows, made again after a test that emptied the tables."""
    marker = request.node.get_closest_marker("django_db")
    names = {"db", "transactional_db", "live_server"} & set(request.fixturenames)
    if marker or names:
        transactional = (marker and marker.kwargs.get("transaction")) or names - {"db"}
        request.getfixturevalue("transactional_db" if transactional else "db")
        ensure_base_rows()


@pytest.fixture(autouse=True)
def clean_slate():
    """No cache, kept page, language or site root remembered from the test before."""
    cache.clear()
    catalogue_state.forget()
    reader_cache.forget()
    translation.activate("fr")
    yield
    cache.clear()
    reader_cache.forget()
    translation.activate("fr")


@pytest.fixture
def kept_pages(settings):
    """Pages are kept for readers with the same rights, as in production."""
    settings.READER_CACHE_SECONDS = 60


@pytest.fixture
def home_page(db):
    from network_site.home.models import HomePage

    ensure_base_rows()
    return HomePage.objects.get()


@pytest.fixture
def client():
    return SiteClient()


@pytest.fixture
def make_user(db):
    """make_user("a@b.fr", roles.MEMBERS, status="approved") returns a user."""
    return UserMaker()


@pytest.fixture(scope="module")
def shared_world(django_db_setup, django_db_blocker):
    """The small network of tests/access/world.py, built once for the tests of a module.

    What each test does to it is undone with the test; only modules whose tests all run in a
    transaction may ask for it.
    """
    from tests.access.world import build_world

    with django_db_blocker.unblock():
        ensure_base_rows()
        block = transaction.atomic()
        # As the test case's own: what asks for the outermost transaction accepts it.
        block._from_testcase = True
        block.__enter__()
        translation.activate("fr")
        try:
            world = build_world(UserMaker())
            # Once, here: each test would do and undo it.
            settle_all()
            yield world
        finally:
            transaction.set_rollback(True)
            block.__exit__(None, None, None)


@pytest.fixture(scope="module")
def founding_content(django_db_setup, django_db_blocker):
    """The founding content, for the tests of a module that all run in a transaction."""
    with django_db_blocker.unblock(), founding_rows():
        yield


@pytest.fixture
def pending(make_user):
    return make_user("en-attente@exemple.fr", status=MembershipStatus.PENDING)


@pytest.fixture
def member(make_user):
    return make_user(
        "membre@exemple.fr", roles.MEMBERS, status=MembershipStatus.APPROVED
    )


@pytest.fixture
def contributor(make_user):
    return make_user(
        "contribution@exemple.fr",
        roles.MEMBERS,
        roles.CONTRIBUTORS,
        status=MembershipStatus.APPROVED,
    )


@pytest.fixture
def editor(make_user):
    return make_user(
        "redaction@exemple.fr",
        roles.MEMBERS,
        roles.EDITORS,
        status=MembershipStatus.APPROVED,
    )


@pytest.fixture
def facilitator(make_user):
    return make_user(
        "animation@exemple.fr",
        roles.MEMBERS,
        roles.FACILITATORS,
        status=MembershipStatus.APPROVED,
    )


@pytest.fixture
def administrator(make_user):
    return make_user("administration@exemple.fr", is_staff=True, is_superuser=True)


@pytest.fixture
def client_for():
    """client_for(user) returns a strict client that is logged in."""

    def make(user):
        client = SiteClient()
        if user is not None:
            client.force_login(
                user, backend="django.contrib.auth.backends.ModelBackend"
            )
        return client

    return make


@pytest.fixture
def member_client(client_for, member):
    return client_for(member)


@pytest.fixture
def pending_client(client_for, pending):
    return client_for(pending)


@pytest.fixture
def contributor_client(client_for, contributor):
    return client_for(contributor)


@pytest.fixture
def editor_client(client_for, editor):
    return client_for(editor)


@pytest.fixture
def facilitator_client(client_for, facilitator):
    return client_for(facilitator)


@pytest.fixture
def admin_client(client_for, administrator):
    return client_for(administrator)


@pytest.fixture
def assert_constant_queries(django_assert_num_queries):
    """Check that a page costs the same number of queries for few rows and for many.

    assert_constant_queries(client, "/annuaire/", grow=lambda: make(200))
    """
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(client, path):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = client.get(path)
        assert response.status_code == 200, f"{path}: {response.status_code}"
        # Synonyms are read again each second, whatever the rows.
        return sum("site_search_synonym" not in query["sql"] for query in queries)

    def check(client, path, grow):
        # Once first: what is cached for the process must not count.
        client.get(path)
        few = count(client, path)
        grow()
        client.get(path)
        many = count(client, path)
        assert many <= few, f"{path}: {few} queries for few rows, {many} for many"
        return many

    return check


@pytest.fixture
def shared_database(transactional_db, tmp_path):
    """Give threads a database they can really share; yields a function to call first.

    The suite's SQLite lives in memory, where concurrent connections behave otherwise than
    on a disk: its rows are copied to a file, which the threads then open. PostgreSQL is
    used as it is.
    """
    if connection.vendor != "sqlite":
        yield lambda: None
        return
    settings = connections.settings["default"]
    memory = settings["NAME"]
    target = tmp_path / "race.sqlite3"

    def share():
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(target)])
        # Once, before anybody else opens it: changing the journal does not wait for others.
        with closing(sqlite3.connect(target)) as file:
            file.execute("PRAGMA journal_mode=WAL")
        settings["NAME"] = str(target)

    yield share
    settings["NAME"] = memory


@pytest.fixture
def index_dir(settings, tmp_path):
    """A folder of its own for the index of one test."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    yield settings.SEARCH_INDEX_DIR
    stores._stores.pop(str(settings.SEARCH_INDEX_DIR), None)


@pytest.fixture
def search_index(index_dir, db):
    """An index of what the database holds; `search_index()` writes it anew."""
    indexing.rebuild()
    return indexing.rebuild

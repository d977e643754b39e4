"""The database's own word that a file changed readers: a row of the outbox for each.

Wagtail moves files from one collection to another by `queryset.update` (its bulk action), and
treebeard moves collections by SQL: no signal of Django tells of either. These triggers write what
the signals write for the rest (pages.receivers), in the same transaction: pages kept for readers
are drawn anew, and the index closes the words of the file until it has written them again.

Taken off before migrations and put on after them: SQLite loses the triggers of a table that it
makes anew, and refuses to make one anew to which a trigger writes.
"""

import json

from django.db import connections
from wagtail.models import Collection

from network_site.catalogue.marks import CHANGED
from network_site.core.models import OutboxEntry
from network_site.media.models import SiteDocument

_OUTBOX = OutboxEntry._meta.db_table
_FILES = SiteDocument._meta.db_table
_COLLECTIONS = Collection._meta.db_table
# Name of the trigger: table, columns, kind of the row, what its payload holds beside the key.
_TOLD = {
    "media_file_changes_readers": (
        _FILES,
        ("collection_id", "file", "title"),
        CHANGED,
        {"model": SiteDocument._meta.label_lower},
    ),
    "media_collection_is_moved": (_COLLECTIONS, ("path",), "files.access_changed", {}),
}
NAMES = frozenset(_TOLD)
_COLUMNS = (
    "kind, payload, created_at, next_attempt_at, attempts, done_handlers, claimed_by,"
    " last_error, is_dead"
)
_FIND = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


def install(connection):
    """Put the triggers on their tables, again if they stood there."""
    make = {"sqlite": _for_sqlite, "postgresql": _for_postgresql}[connection.vendor]
    with connection.cursor() as cursor:
        for name, (table, columns, kind, payload) in _TOLD.items():
            for statement in make(name, table, columns, kind, payload):
                # Without arguments the statement goes as it is written.
                cursor.execute(statement)


def _for_sqlite(name, table, columns, kind, payload):
    given = "".join(f"'{key}', '{value}', " for key, value in payload.items())
    differs = " OR ".join(f"OLD.{one} IS NOT NEW.{one}" for one in columns)
    # Times as Django writes them: text, in UTC.
    now = "strftime('%Y-%m-%d %H:%M:%f', 'now')"
    yield f"DROP TRIGGER IF EXISTS {name}"
    yield f"""CREATE TRIGGER {name} AFTER UPDATE OF {", ".join(columns)} ON {table}
    WHEN {differs}
    BEGIN
      INSERT INTO {_OUTBOX} ({_COLUMNS}) VALUES
      ('{kind}', json_object({given}'pk', NEW.id), {now}, {now}, 0, '[]', '', '', 0);
    END"""  # noqa: S608 - names of our own


def _for_postgresql(name, table, columns, kind, payload):
    differs = " OR ".join(f"OLD.{one} IS DISTINCT FROM NEW.{one}" for one in columns)
    given = json.dumps(payload)
    yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
    yield f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO {_OUTBOX} ({_COLUMNS}) VALUES
      ('{kind}', '{given}'::jsonb || jsonb_build_object('pk', NEW.id), now(), now(), 0,
       '[]'::jsonb, '', '', false);
      RETURN NULL;
    END $$"""  # noqa: S608 - names of our own
    yield f"""CREATE TRIGGER {name} AFTER UPDATE OF {", ".join(columns)} ON {table}
    FOR EACH ROW WHEN ({differs}) EXECUTE FUNCTION {name}()"""


def standing(connection):
    """The names of the triggers that stand."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND[connection.vendor])
        return NAMES & {name for (name,) in cursor.fetchall()}


def are_wanted(connection):
    """Whether the database has the tables that the triggers need."""
    return connection.vendor in _FIND and {_OUTBOX, _FILES, _COLLECTIONS} <= set(
        connection.introspection.table_names()
    )


def before_migrations(using, plan, **kwargs):
    """Receiver of pre_migrate: SQLite lets no table that a trigger writes to be made anew."""
    connection = connections[using]
    if plan and connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name in NAMES:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def after_migrations(using, **kwargs):
    """Receiver of post_migrate: the triggers stand whatever a migration did to the tables.

    Those that stand are left alone: a trigger that is to say something else takes another name.
    """
    connection = connections[using]
    if are_wanted(connection) and standing(connection) != NAMES:
        install(connection)

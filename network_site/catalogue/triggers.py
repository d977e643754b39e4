"""The database itself tells the catalogue what changed, whatever wrote it.

Four kinds of triggers:
- an entry's version: on PostgreSQL the number of the transaction that wrote it, on SQLite
  one more than the greatest;
- marks: a row added, changed or removed in a watched table marks its object;
- rights that stand in the object's own row (a page's place, whether it is published) are
  written to the entry in the same statement, so that no reader is ahead of them;
- vocabularies and what is kept in memory (catalogue.kept): a row that changes raises their
  version.

Installed after each migration, for SQLite loses the triggers of a table that is made anew;
checks.catalogue_is_fed says when one is missing.
"""

from django.db import DEFAULT_DB_ALIAS, connections
from django.utils.crypto import get_random_string

from network_site.catalogue import registry
from network_site.catalogue.models import Entry, Mark, Version

PREFIX = "catalogue_"
_EVENTS = {"insert": ("NEW",), "update": ("NEW", "OLD"), "delete": ("OLD",)}
ENTRY, MARK, VERSION = (model._meta.db_table for model in (Entry, Mark, Version))


def remove_before_migrations(using, **kwargs):
    """Take the triggers off: SQLite remakes no table that one of them names."""
    connection = connections[using]
    with connection.cursor() as cursor:
        _remove(cursor, connection.vendor)


def _remove(cursor, vendor):
    for name, table in _standing(cursor, vendor):
        on = f" ON {table}" if vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def install_after_migrations(using, **kwargs):
    """Put the triggers again, and mark what a new kind finds there (receiver of post_migrate)."""
    connection = connections[using]
    if tables() <= set(connection.introspection.table_names()):
        install(connection)
        if using == DEFAULT_DB_ALIAS:
            mark_missing()


def mark_missing():
    """Mark the objects that have no entry: their kind came with a newer version of the site."""
    for source in registry.sources():
        known = set(
            Entry.objects.filter(model=source.root).values_list("object_id", flat=True)
        )
        Mark.objects.bulk_create(
            Mark(model=source.root, object_id=number)
            for number in sorted(set(source.ids()) - known)
        )


def tables():
    """The tables that must be there before the triggers can be."""
    models = {Entry, Mark, Version}
    for source in registry.sources():
        models |= {watch.model for watch in source.watches}
        if source.right:
            models.add(source.right.model)
    for _trigger_name, _number, model, _columns in _numbered():
        models.add(model)
    return {model._meta.db_table for model in models}


def install(connection):
    """Put every trigger on its table, anew."""
    with connection.cursor() as cursor:
        _remove(cursor, connection.vendor)
        if connection.vendor == "postgresql":
            for statement in _POSTGRESQL_FUNCTIONS:
                # Without arguments a statement goes as it is written.
                cursor.execute(statement)
        for _name, statement in _statements(connection.vendor):
            cursor.execute(statement)
        cursor.execute(f"SELECT 1 FROM {VERSION} WHERE name = 'epoch'")  # noqa: S608
        if cursor.fetchone() is None:
            renew_epoch()


def renew_epoch():
    """Have every process read all the entries again: their versions mean something else."""
    number = int(get_random_string(15, "123456789"))
    Version.objects.update_or_create(name="epoch", defaults={"number": number})


def wanted_names():
    """The names of all triggers."""
    return {name for name, _statement in _statements("sqlite")}


def standing(connection):
    """The names of the triggers that stand."""
    with connection.cursor() as cursor:
        found = {name for name, _table in _standing(cursor, connection.vendor)}
    # On PostgreSQL one trigger does what two do on SQLite.
    return found | ({VERSION_NAMES[1]} if VERSION_NAMES[0] in found else set())


VERSION_NAMES = (f"{PREFIX}version_insert", f"{PREFIX}version_update")


def _standing(cursor, vendor):
    cursor.execute(
        "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
        " AND name LIKE 'catalogue\\_%' ESCAPE '\\'"
        if vendor == "sqlite"
        else "SELECT tgname, tgrelid::regclass::text FROM pg_trigger"
        " WHERE NOT tgisinternal AND tgname LIKE 'catalogue\\_%'"
    )
    return cursor.fetchall()


def _statements(vendor):
    """(name, statement) of every trigger."""
    yield from _version_triggers(vendor)
    watches = {
        (source.root, watch): None
        for source in registry.sources()
        for watch in source.watches
    }
    for root, watch in watches:
        yield from _mark_triggers(vendor, root, watch)
    rights = {
        (source.root, source.right): None
        for source in registry.sources()
        if source.right
    }
    for root, right in rights:
        yield from _right_triggers(vendor, root, right)
    for name, number, model, columns in _numbered():
        yield from _number_triggers(vendor, name, number, model, columns)


def _numbered():
    """(beginning of the triggers' name, number, model, columns that matter or none) of every
    table that raises a version."""
    for vocabulary in registry.vocabularies().values():
        for model in vocabulary.tables:
            name = f"{PREFIX}term_{model._meta.db_table}"
            yield name, vocabulary.name, model, ()
    for keeping in registry.keepings():
        for place, table in enumerate(keeping.tables):
            model, columns = table if isinstance(table, tuple) else (table, ())
            # PostgreSQL cuts names at 63 characters: the table is told by its place.
            yield f"{PREFIX}kept_{keeping.name}_{place}", keeping.name, model, columns


def _differs(vendor, model, columns):
    """The condition "something that matters changed", over the columns of a table."""
    word = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    columns = columns or [field.column for field in model._meta.local_concrete_fields]
    return " OR ".join(f'OLD."{name}" {word} NEW."{name}"' for name in columns)


def _trigger(vendor, name, event, table, body, condition=""):
    """CREATE TRIGGER after an event; `body` is SQL on SQLite, a function on PostgreSQL."""
    when = f" WHEN ({condition})" if condition else ""
    head = (
        f'CREATE TRIGGER {name} AFTER {event.upper()} ON "{table}" FOR EACH ROW{when}'
    )
    if vendor == "sqlite":
        return name, f"{head} BEGIN {body} END"
    return name, f"{head} EXECUTE FUNCTION {body}"


def _version_triggers(vendor):
    insert, update = VERSION_NAMES
    if vendor == "postgresql":
        yield (
            insert,
            f"CREATE TRIGGER {insert} BEFORE INSERT OR UPDATE ON {ENTRY}"
            " FOR EACH ROW EXECUTE FUNCTION catalogue_entry_version()",
        )
        return
    body = (
        f"UPDATE {ENTRY} SET version = (SELECT COALESCE(MAX(version), 0) + 1"  # noqa: S608
        f" FROM {ENTRY}) WHERE id = NEW.id;"
    )
    yield _trigger(vendor, insert, "insert", ENTRY, body)
    yield _trigger(vendor, update, "update", ENTRY, body, "NEW.version = OLD.version")


def _mark_triggers(vendor, root, watch):
    table = watch.model._meta.db_table
    for event, rows in _EVENTS.items():
        name = f"{PREFIX}mark_{table}_{event}"
        condition = (
            _differs(vendor, watch.model, watch.columns) if event == "update" else ""
        )
        if vendor == "postgresql":
            body = f"catalogue_mark('{root}', '{watch.column}')"
        else:
            body = " ".join(
                f"INSERT INTO {MARK} (model, object_id)"
                f" SELECT '{root}', {row}.\"{watch.column}\""
                f' WHERE {row}."{watch.column}" IS NOT NULL'
                + (
                    f' AND OLD."{watch.column}" IS NOT NEW."{watch.column}"'
                    if (event, row) == ("update", "OLD")
                    else ""
                )
                + ";"
                for row in rows
            )
        yield _trigger(vendor, name, event, table, body, condition)


def _right_triggers(vendor, root, right):
    table, key = right.model._meta.db_table, right.model._meta.pk.column
    name = f"{PREFIX}right_{table}"
    live, path = right.live.format(row="NEW"), right.path.format(row="NEW")
    change = (
        f"UPDATE {ENTRY} SET is_live = ({live}), path = ({path})"  # noqa: S608
        f" WHERE model = '{root}' AND object_id = NEW.\"{key}\";"
    )
    end = (
        f"UPDATE {ENTRY} SET is_live = FALSE, data = '{{}}'"  # noqa: S608
        f" WHERE model = '{root}' AND object_id = OLD.\"{key}\";"
    )
    for event, body in (("update", change), ("delete", end)):
        condition = (
            _differs(vendor, right.model, right.columns) if event == "update" else ""
        )
        if vendor == "postgresql":
            # A function of its own: its statement names the columns of this table.
            yield (
                f"{name}_{event}",
                f"CREATE OR REPLACE FUNCTION {name}_{event}() RETURNS trigger"
                f" LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$;"
                + _trigger(
                    vendor,
                    f"{name}_{event}",
                    event,
                    table,
                    f"{name}_{event}()",
                    condition,
                )[1],
            )
        else:
            yield _trigger(vendor, f"{name}_{event}", event, table, body, condition)


def _number_triggers(vendor, begins, number, model, columns):
    """Where some columns matter, only their change does: rows come and go without them."""
    table = model._meta.db_table
    for event in ("update",) if columns else _EVENTS:
        name = f"{begins}_{event}"
        condition = _differs(vendor, model, columns) if event == "update" else ""
        if vendor == "postgresql":
            # Once a statement: an import of thousands of places is one change. The change of
            # a column is seen row by row only.
            each = f"ROW WHEN ({condition})" if columns else "STATEMENT"
            yield (
                name,
                f'CREATE TRIGGER {name} AFTER {event.upper()} ON "{table}"'
                f" FOR EACH {each} EXECUTE FUNCTION catalogue_term('{number}')",
            )
        else:
            body = (
                f"INSERT INTO {VERSION} (name, number) VALUES ('{number}', 1)"  # noqa: S608
                f" ON CONFLICT (name) DO UPDATE SET number = {VERSION}.number + 1;"
            )
            yield _trigger(vendor, name, event, table, body, condition)


_POSTGRESQL_FUNCTIONS = (
    """CREATE OR REPLACE FUNCTION catalogue_entry_version() RETURNS trigger
    LANGUAGE plpgsql AS $$
    BEGIN
      NEW.version := pg_current_xact_id()::text::bigint;
      RETURN NEW;
    END $$""",
    f"""CREATE OR REPLACE FUNCTION catalogue_mark() RETURNS trigger
    LANGUAGE plpgsql AS $$
    DECLARE
      fresh bigint;
      former bigint;
    BEGIN
      IF TG_OP <> 'DELETE' THEN
        fresh := (to_jsonb(NEW) ->> TG_ARGV[1])::bigint;
      END IF;
      IF TG_OP <> 'INSERT' THEN
        former := (to_jsonb(OLD) ->> TG_ARGV[1])::bigint;
      END IF;
      IF fresh IS NOT NULL THEN
        INSERT INTO {MARK} (model, object_id) VALUES (TG_ARGV[0], fresh);
      END IF;
      IF former IS NOT NULL AND former IS DISTINCT FROM fresh THEN
        INSERT INTO {MARK} (model, object_id) VALUES (TG_ARGV[0], former);
      END IF;
      RETURN NULL;
    END $$""",  # noqa: S608
    f"""CREATE OR REPLACE FUNCTION catalogue_term() RETURNS trigger
    LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO {VERSION} (name, number) VALUES (TG_ARGV[0], 1)
      ON CONFLICT (name) DO UPDATE SET number = {VERSION}.number + 1;
      RETURN NULL;
    END $$""",  # noqa: S608
)

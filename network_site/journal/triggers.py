"""The database's own refusal: what is written in the journal is neither changed nor removed.

The model refuses too; this holds for whoever writes SQL. Entries may go once they are past
their time (RETENTION_DAYS), by services.forget_old_entries(). Used by the migration, by the
check that the triggers stand, and by the tests.
"""

# Three years: the longest time that the data protection authority accepts for the traces of
# who did what, where they serve to find a misuse of rights (CNIL, délibération n° 2021-122 du
# 14 octobre 2021 on logging); a leap year is counted.
RETENTION_DAYS = 1096

TABLE = "journal_entry"
MESSAGE = "The journal is append-only."

_SQLITE_CREATE = (
    f"""CREATE TRIGGER journal_entry_never_changed BEFORE UPDATE ON {TABLE}
    BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END""",
    # Times are kept as text in UTC, as datetime() writes them.
    f"""CREATE TRIGGER journal_entry_not_removed BEFORE DELETE ON {TABLE}
    WHEN OLD.at > datetime('now', '-{RETENTION_DAYS} days')
    BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END""",
)
_SQLITE_DROP = (
    "DROP TRIGGER IF EXISTS journal_entry_never_changed",
    "DROP TRIGGER IF EXISTS journal_entry_not_removed",
)
_POSTGRESQL_CREATE = (
    f"""CREATE FUNCTION journal_entry_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' THEN
        IF OLD.at <= now() - interval '{RETENTION_DAYS} days' THEN
          RETURN OLD;
        END IF;
      END IF;
      RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
    END $$""",
    f"""CREATE TRIGGER journal_entry_never_changed BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION journal_entry_is_kept()""",
    f"""CREATE TRIGGER journal_entry_not_removed BEFORE TRUNCATE ON {TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION journal_entry_is_kept()""",
)
_POSTGRESQL_DROP = (
    f"DROP TRIGGER IF EXISTS journal_entry_never_changed ON {TABLE}",
    f"DROP TRIGGER IF EXISTS journal_entry_not_removed ON {TABLE}",
    "DROP FUNCTION IF EXISTS journal_entry_is_kept()",
)
_CREATE = {"sqlite": _SQLITE_CREATE, "postgresql": _POSTGRESQL_CREATE}
_DROP = {"sqlite": _SQLITE_DROP, "postgresql": _POSTGRESQL_DROP}
_FIND = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
    "postgresql": "SELECT tgname FROM pg_trigger"
    " WHERE NOT tgisinternal AND tgrelid = to_regclass(%s)",
}
NAMES = frozenset({"journal_entry_never_changed", "journal_entry_not_removed"})


def install(connection):
    """Put the triggers on the table, again if they stood there."""
    remove(connection)
    _run(connection, _CREATE)


def remove(connection):
    """Take the triggers off."""
    _run(connection, _DROP)


def standing(connection):
    """The names of the triggers that stand on the table."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND[connection.vendor], [TABLE])
        return NAMES & {name for (name,) in cursor.fetchall()}


def _run(connection, statements):
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            # Without arguments the statement goes as it is written: percent signs and all.
            cursor.execute(statement)

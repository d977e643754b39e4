"""Asked of the database by `manage.py check --database default` and before each migration."""

from django.core.checks import Error
from django.db import connections

from network_site.journal import triggers


def journal_is_kept(databases=None, **kwargs):
    """The triggers stand wherever the table does.

    A migration that changes the table on SQLite makes it anew, without them: it must put
    them again, as 0002 does.
    """
    errors = []
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor not in {"sqlite", "postgresql"}:
            continue
        if "0002_append_only" not in _applied(connection):
            continue
        if triggers.standing(connection) != triggers.NAMES:
            errors.append(
                Error(
                    f"The journal of decisions in “{alias}” can be rewritten: its triggers"
                    " are missing.",
                    hint="Run network_site.journal.triggers.install(connection).",
                    id="journal.E001",
                )
            )
    return errors


def _applied(connection):
    if "django_migrations" not in connection.introspection.table_names():
        return set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM django_migrations WHERE app = %s", ["journal"])
        return {name for (name,) in cursor.fetchall()}

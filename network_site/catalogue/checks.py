"""Asked of the database by `manage.py check --database default` and before a start."""

from django.core.checks import Warning
from django.db import connections

from network_site.catalogue import triggers


def catalogue_is_fed(databases=None, **kwargs):
    """The triggers that tell the catalogue of changes stand wherever its table does."""
    errors = []
    for alias in databases or ():
        connection = connections[alias]
        tables = set(connection.introspection.table_names())
        if not triggers.tables() <= tables:
            # Before the first migration.
            continue
        missing = triggers.wanted_names() - triggers.standing(connection)
        if missing:
            errors.append(
                Warning(
                    f"The catalogue in “{alias}” is not told of changes: triggers are"
                    f" missing ({', '.join(sorted(missing)[:3])}…).",
                    hint="Run manage.py migrate, which puts them again.",
                    id="catalogue.W001",
                )
            )
    return errors

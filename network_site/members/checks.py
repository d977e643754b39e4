"""Asked of the database by `manage.py check --database default` and before each migration."""

from django.core.checks import Warning as CheckWarning
from django.db import connections

from network_site.members import sealed_secrets

_SEALED_BY = "0013_sealed_secrets"


def second_factors_are_readable(databases=None, **kwargs):
    """The keys of the settings open the secrets that the database holds."""
    if "default" not in (databases or ()):
        return []
    if _SEALED_BY not in _applied(connections["default"]):
        return []
    unreadable = sealed_secrets.unreadable_rows()
    if not unreadable:
        return []
    return [
        CheckWarning(
            f"{len(unreadable)} second factors cannot be read: their key is neither in"
            " MFA_ENCRYPTION_KEYS nor SECRET_KEY.",
            hint="Put the former key back into MFA_ENCRYPTION_KEYS, after the new one.",
            id="members.W001",
        )
    ]


def _applied(connection):
    if "django_migrations" not in connection.introspection.table_names():
        return set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM django_migrations WHERE app = %s", ["members"])
        return {name for (name,) in cursor.fetchall()}

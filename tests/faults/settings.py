"""Production, quickly ready: tables without migrations, static files without compression."""

from tests.support.production_settings import *  # noqa: F403
from tests.support.production_settings import STORAGES


class _NoMigrations:
    def __contains__(self, app):
        return True

    def __getitem__(self, app):
        return None


MIGRATION_MODULES = _NoMigrations()
STORAGES = {
    **STORAGES,
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    },
}

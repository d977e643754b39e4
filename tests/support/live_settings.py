"""For processes that tests start beside themselves: a real worker, a real server."""

from network_site.settings.dev import *  # noqa: F403
from network_site.settings.dev import DATABASES, INSTALLED_APPS, LOGGING

DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
INSTALLED_APPS = [*INSTALLED_APPS, "tests.support.probe"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGGING = {**LOGGING, "root": {**LOGGING["root"], "level": "INFO"}}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # Short, so that a test of a locked database does not take half a minute.
    DATABASES["default"]["OPTIONS"] = {
        **DATABASES["default"]["OPTIONS"],
        "timeout": 1,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA busy_timeout=1000;",
    }

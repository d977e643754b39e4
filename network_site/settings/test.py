"""Tests: nothing leaves the process, files in a temporary folder (tests/conftest.py)."""

import atexit
import os
import shutil
import tempfile

# Before the environment is read: everything a test writes goes to a folder of its own,
# and each of the processes that share a run has one, for its index and its files.
_FOLDER = os.environ.get("VAR_DIR", "")
if not _FOLDER.startswith(tempfile.gettempdir()):
    _FOLDER = tempfile.mkdtemp(prefix="network-site-tests-")
    atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
_PROCESS = os.environ.get("PYTEST_XDIST_WORKER", "")
if _PROCESS and os.path.basename(_FOLDER) != _PROCESS:
    _FOLDER = os.path.join(_FOLDER, _PROCESS)
os.environ["VAR_DIR"] = _FOLDER

from .base import *  # noqa: E402, F403
from .base import VAR_DIR  # noqa: E402

DEBUG = False
DEMO_ACCOUNTS_ALLOWED = True
SECRET_KEY = "tests-only-not-a-secret"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
_memory = {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}
MAILERS = {"default": _memory, "bulk": _memory}
TASKS = {
    "default": {
        "BACKEND": "django.tasks.backends.immediate.ImmediateBackend",
        "QUEUES": ["default", "slow"],
    }
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SEARCH_INDEX_DIR = VAR_DIR / "test-index"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
ACCOUNT_RATE_LIMITS = False
# A century: tests of other things log staff in by their password alone.
SECOND_FACTOR_GRACE_DAYS = 36_500
# Tests write rows without the services that would say so.
READER_CACHE_SECONDS = 0
# No worker settles what tests write before a browser reads it.
CATALOGUE_MARKS_MOST = 1000

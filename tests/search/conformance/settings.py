"""A site with modelsearch's own test models and our backend, nothing else."""

import os

SECRET_KEY = "conformance-only"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
INSTALLED_APPS = [
    "modelsearch.test.testapp",
    "modelsearch",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
]
MODELSEARCH_BACKENDS = {"default": {"BACKEND": "network_site.search.backend"}}
FIXTURE_DIRS = [os.path.join(os.path.dirname(__file__), "fixtures")]
SEARCH_INDEX_DIR = os.environ["SEARCH_INDEX_DIR"]
USE_TZ = True
LANGUAGE_CODE = "en"

"""The suite that ships with modelsearch, run on our backend (see test_conformance.py)."""

from django.test import TestCase
from modelsearch.tests.test_backends import BackendTests


class SiteBackendTests(BackendTests, TestCase):
    backend_path = "network_site.search.backend"

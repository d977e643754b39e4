"""Production, for processes that benchmarks and fault tests start on this machine."""

from network_site.settings.production import *  # noqa: F403

# They log in as the invented members.
DEMO_ACCOUNTS_ALLOWED = True
ROOT_URLCONF = "tests.support.failing_urls"

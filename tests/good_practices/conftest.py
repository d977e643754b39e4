import pytest

from network_site.home.services import ensure_site


@pytest.fixture(autouse=True)
def site(home_page):
    """The catalogue and its measures, the groups, their rights and the workflow."""
    ensure_site()

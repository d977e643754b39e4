import pytest

from network_site.search import stores


@pytest.fixture
def store(index_dir):
    return stores.get_store()

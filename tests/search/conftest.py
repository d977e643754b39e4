import pytest

from network_site.search import indexing, stores


@pytest.fixture
def index_dir(settings, tmp_path):
    """A folder of its own for the index of one test."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    yield settings.SEARCH_INDEX_DIR
    stores._stores.pop(str(settings.SEARCH_INDEX_DIR), None)


@pytest.fixture
def store(index_dir):
    return stores.get_store()


@pytest.fixture
def search_index(index_dir, db):
    """An index of what the database holds; `search_index()` writes it anew."""
    indexing.rebuild()
    return indexing.rebuild

"""Fixtures of what reaches people."""

import pytest

from tests.notifications import factories


@pytest.fixture
def kinds():
    """{category: Things}: kinds of items that exist for the test only."""
    try:
        yield factories.declare()
    finally:
        factories.withdraw()

"""Rights are tried with kept pages: what one reader was shown must not reach another."""

import pytest


@pytest.fixture(autouse=True)
def as_in_production(kept_pages):
    """Every test of this folder."""

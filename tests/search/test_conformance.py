"""Our backend does what modelsearch's own suite asks of every backend.

It needs other models and no site, hence a process of its own; no case is skipped.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_backend_passes_the_conformance_suite(tmp_path):
    run = subprocess.run(
        [
            *(sys.executable, "-W", "ignore", "-m", "django", "test"),
            *("tests.search.conformance", "--pattern", "suite.py"),
            *("--settings", "tests.search.conformance.settings"),
        ],
        cwd=ROOT,
        env={**os.environ, "SEARCH_INDEX_DIR": str(tmp_path / "index")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-4000:]
    assert "Ran 120 tests" in run.stderr
    assert "\nOK\n" in run.stderr, "a case was skipped: name it here, with its reason"

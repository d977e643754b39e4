"""The hashed lists hold all that they need: a bare machine installs these and nothing else."""

import re
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]


def listed(name):
    text = (ROOT / name).read_text()
    return {
        canonicalize_name(found)
        for found in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)
    }


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_what_a_listed_package_requires_is_listed(name):
    names = listed(name)
    missing = []
    for package in names:
        try:
            requires = metadata.requires(package) or []
        except metadata.PackageNotFoundError:
            # For another platform or interpreter.
            continue
        for line in requires:
            wanted = Requirement(line)
            if wanted.marker is not None and not wanted.marker.evaluate({"extra": ""}):
                continue
            if canonicalize_name(wanted.name) not in names:
                missing.append(f"{package} needs {wanted}")
    assert missing == []

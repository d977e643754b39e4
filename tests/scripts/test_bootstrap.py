"""The first command a stranger types: what it finds, what it says, what it leaves alone."""

import os
import socket
import subprocess
import sys

import pytest

from scripts import bootstrap
from tests.support.processes import ROOT


def run(*arguments, **environment):

    return subprocess.run(
        [sys.executable, "scripts/bootstrap.py", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
    )


def interpreter(path, answer, code=0):
    path.write_text(f"#!/bin/sh\necho '{answer}'\nexit {code}\n")
    path.chmod(0o755)
    return str(path)


def test_a_shim_that_leads_nowhere_is_passed_over(tmp_path, monkeypatch):
    shim = interpreter(tmp_path / "python3.12", "pyenv: command not found", 127)
    old = interpreter(tmp_path / "python3", "3 11 -")
    good = interpreter(tmp_path / "python3.13", "3 13 -")
    monkeypatch.setattr(bootstrap, "candidates", lambda: [shim, old, good])
    assert bootstrap.find_python() == good


def test_a_version_with_known_wheels_is_preferred_to_a_newer_one(tmp_path, monkeypatch):
    newer = interpreter(tmp_path / "python3.15", "3 15 -")
    good = interpreter(tmp_path / "python3.12", "3 12 -")
    monkeypatch.setattr(bootstrap, "candidates", lambda: [newer, good])
    assert bootstrap.find_python() == good


def test_without_any_recent_python_it_says_what_to_install(
    tmp_path, monkeypatch, capsys
):
    old = interpreter(tmp_path / "python3", "3 11 -")
    monkeypatch.setattr(bootstrap, "candidates", lambda: [old])
    with pytest.raises(SystemExit):
        bootstrap.find_python()
    said = capsys.readouterr().err
    assert "needs Python 3.12 or newer" in said
    assert "apt-get install" in said


def test_a_python_that_lacks_a_library_is_told_by_the_name_of_its_package(
    tmp_path, monkeypatch, capsys
):
    poor = interpreter(tmp_path / "python3.12", "3 12 sqlite3,venv")
    monkeypatch.setattr(bootstrap, "candidates", lambda: [poor])
    with pytest.raises(SystemExit):
        bootstrap.find_python()
    said = capsys.readouterr().err
    assert "libsqlite3-dev" in said
    assert "python3-venv" in said


def test_a_taken_port_is_said_plainly_before_anything_else(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = run("run", PORT=str(port), VAR_DIR=str(tmp_path))
    assert result.returncode == 1
    assert f"Port {port} is not free" in result.stderr
    assert f"make run PORT={port + 1}" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("port", ["abc", "0", "70000"])
def test_a_port_that_is_none_is_refused_by_a_sentence(port, tmp_path):
    result = run("run", PORT=port, VAR_DIR=str(tmp_path))
    assert result.returncode == 1
    assert "PORT must be a number" in result.stderr


def test_reset_removes_what_the_site_wrote_and_nothing_else(tmp_path):
    for name in ("db.sqlite3", "state.json", "somebody-else.txt"):
        (tmp_path / name).touch()
    (tmp_path / "media").mkdir()
    result = run("reset", VAR_DIR=str(tmp_path), DATABASE_URL="")
    assert result.returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["somebody-else.txt"]


def test_reset_leaves_a_postgresql_database_to_its_owner(tmp_path):
    (tmp_path / "media").mkdir()
    result = run("reset", VAR_DIR=str(tmp_path), DATABASE_URL="postgres://a@b/c")
    assert result.returncode == 1
    assert (tmp_path / "media").exists()


def test_the_state_of_another_database_is_not_taken_for_this_one(tmp_path, monkeypatch):
    from scripts.state import State

    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "postgres://a@b/c")
    State(State.read().database, "digest", True, True).write()
    assert State.read().is_ready("digest")
    assert not State.read().is_ready("another migration")
    monkeypatch.setenv("DATABASE_URL", "postgres://a@b/d")
    assert not State.read().is_ready("digest")
    monkeypatch.delenv("DATABASE_URL")
    assert not State.read().is_ready("digest")


def test_a_program_that_is_not_there_has_not_worked():
    assert (
        bootstrap.quiet([os.path.join(os.sep, "nowhere", "uv"), "--version"]) is False
    )

"""Real processes over a copy of the test database."""

import json
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent.parent


def database_url_for_processes(folder):
    """A DATABASE_URL by which another process reaches the tables of this test.

    PostgreSQL's test database is shared as it is; SQLite's lives in this process's memory
    and is copied into `folder`, as it stands now.
    """
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        path = Path(folder) / "copy.sqlite3"
        with sqlite3.connect(path) as copy:
            connection.connection.backup(copy)
        copy.close()
        return f"sqlite:///{path}"
    values = connection.settings_dict
    secret = f":{quote(values['PASSWORD'])}" if values["PASSWORD"] else ""
    host = f"{values['HOST'] or '127.0.0.1'}:{values['PORT'] or 5432}"
    return f"postgres://{quote(values['USER'])}{secret}@{host}/{quote(values['NAME'])}"


def environment_for(folder, url):
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.support.live_settings",
        "DATABASE_URL": url,
        "VAR_DIR": str(folder),
        "PROBE_DIR": str(folder),
        "PYTHONPATH": str(ROOT),
    }


def start(arguments, environment):
    """Start `python manage.py …` beside the test; its output goes to process.log."""
    log = (Path(environment["VAR_DIR"]) / "process.log").open("ab")
    with log:
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )


def python(environment, code):
    """Run `code` in a process of the site; return what it prints, from JSON."""
    result = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{code}"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=True,
        text=True,
    )
    return json.loads(result.stdout or "null")


def wait_until(condition, seconds=30):
    """Wait for `condition()`; return whether it came true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False

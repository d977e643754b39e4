"""Many people, few seats, all at once, through HTTP.

    python -m tests.benchmarks.registrations --members 300 --seats 100 --concurrency 300 --json

Starts the production server with two workers over a database of its own: a new file, or,
where DATABASE_URL names a PostgreSQL server, a new database there, dropped afterwards. Each
person sends the form and reads the page they are led to, as a browser does. Prints how long
each waited (p50, p95), the whole (seconds), the CPU of the web processes and of PostgreSQL a
sign-up, and the calibration loop; ends with an error when a seat was given twice, a number
is missing, or anybody met an error page.
"""

import argparse
import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit

from tests.benchmarks import server

CSRF = "b" * 32
HOST = server.PROXY["Host"]


def collect_static():
    """The static files, collected once and again when one of ours is newer."""
    folder = Path(os.environ.get("VAR_DIR") or server.ROOT / "var") / "bench"
    manifest = folder / "static" / "staticfiles.json"
    ours = (server.ROOT / "network_site" / "static").rglob("*")
    newest = max(path.stat().st_mtime for path in ours if path.is_file())
    if not manifest.exists() or manifest.stat().st_mtime < newest:
        server.use_production_settings(folder)
        subprocess.run(
            [
                sys.executable,
                *["manage.py", "collectstatic", "--no-input", "-v0", "-i", "src"],
            ],
            cwd=server.ROOT,
            check=True,
            stdout=sys.stderr,
        )
    return folder / "static"


@contextmanager
def database_of_its_own():
    """A new database on the PostgreSQL of DATABASE_URL; on SQLite, VAR_DIR's own file."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        os.environ["DATABASE_URL"] = ""
        yield
        return
    import psycopg

    name = f"bench_registrations_{os.getpid()}"
    parts = urlsplit(url)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    os.environ["DATABASE_URL"] = urlunsplit(parts._replace(path=f"/{name}"))
    try:
        yield
    finally:
        from django.db import connections

        connections.close_all()
        os.environ["DATABASE_URL"] = url
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def prepare(members, seats):
    """Tables, one day, its members and their sessions; (path of the day, session keys)."""
    import django
    from django.conf import settings

    django.setup()
    # The tables as they are now, without replaying their history: seconds, not a minute.
    settings.MIGRATION_MODULES = {
        config.label: None for config in django.apps.apps.get_app_configs()
    }
    from django.contrib.auth import (
        BACKEND_SESSION_KEY,
        HASH_SESSION_KEY,
        SESSION_KEY,
        get_user_model,
    )
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command

    from network_site.members import roles
    from tests.events.factories import make_event
    from tests.support.rows import ensure_base_rows

    call_command("migrate", run_syncdb=True, verbosity=0)
    ensure_base_rows()
    user_model = get_user_model()
    users = user_model.objects.bulk_create(
        user_model(email=f"p{number}@exemple.fr", password="!")
        for number in range(members)
    )
    roles.group_of(roles.MEMBERS).user_set.add(*users)
    event = make_event(capacity=seats, summary="Une journée très demandée.")
    keys = []
    for user in users:
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        keys.append(session.session_key)
    return event, keys


class Person(threading.Thread):
    """Sends the form, then reads the page: what a browser does without script."""

    def __init__(self, port, path, sessions, gate):
        super().__init__(daemon=True)
        self.port, self.path, self.sessions, self.gate = port, path, sessions, gate
        self.waits, self.statuses = [], []

    def run(self):
        self.gate.wait()
        while True:
            try:
                session = self.sessions.pop()
            except IndexError:
                return
            started = time.perf_counter()
            try:
                self.statuses.append(self.sign_up(session))
            except (OSError, http.client.HTTPException) as error:
                self.statuses.append((type(error).__name__, None))
            self.waits.append(time.perf_counter() - started)

    def sign_up(self, session):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = {
            **server.PROXY,
            "Accept-Encoding": "gzip",
            "Cookie": f"__Host-session={session}; __Host-csrf={CSRF}",
        }
        form = urlencode(
            {"csrfmiddlewaretoken": CSRF, "access_needs": "", "question": ""}
        )
        connection.request(
            "POST",
            f"{self.path}inscription/",
            form,
            {
                **headers,
                "Origin": f"https://{HOST}",
                "Content-Type": "application/x-www-form-urlencoded",
            },
        )
        answer = connection.getresponse()
        answer.read()
        if answer.status != 302:
            return answer.status, None
        connection.request(
            "GET", answer.headers["Location"].partition("#")[0], headers=headers
        )
        page = connection.getresponse()
        page.read()
        connection.close()
        return answer.status, page.status


def warm_up(port, path):
    """Let each worker compile its templates before the doors open."""
    for _number in range(16):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", path, headers=server.PROXY)
        connection.getresponse().read()
        connection.close()


def rush(port, path, sessions, concurrency):
    """Everybody at once; (seconds in all, waits, statuses)."""
    gate = threading.Barrier(concurrency + 1)
    sessions = list(reversed(sessions))
    crowd = [Person(port, path, sessions, gate) for _number in range(concurrency)]
    for person in crowd:
        person.start()
    gate.wait()
    started = time.perf_counter()
    for person in crowd:
        person.join(600)
    seconds = time.perf_counter() - started
    return (
        seconds,
        [wait for person in crowd for wait in person.waits],
        [status for person in crowd for status in person.statuses],
    )


def verdict(event, members, seats):
    """What the database holds in the end."""
    from events.models import Registration

    places = Registration.objects.filter(event=event)
    numbers = list(places.order_by("sequence").values_list("sequence", flat=True))
    waiting = places.waitlisted().order_by("sequence")
    positions = [place.position for place in waiting]
    return {
        "confirmed": places.confirmed().count(),
        "waiting": len(positions),
        "is_right": places.confirmed().count() == min(seats, members)
        and numbers == list(range(1, members + 1))
        and positions == list(range(1, max(members - seats, 0) + 1)),
    }


def run(members, seats, concurrency):
    event, sessions = prepare(members, seats)
    from django.db import connection

    before = server.calibrate()
    with server.production_server() as (port, group):
        warm_up(port, event.url)
        web, database = server.cpu_of_web(group), server.cpu_of_postgresql()
        seconds, waits, statuses = rush(port, event.url, sessions, concurrency)
        web = server.cpu_of_web(group) - web
        database = server.cpu_of_postgresql() - database
    calibration = (before + server.calibrate()) / 2
    is_postgresql = connection.vendor == "postgresql"
    cpu = (web + (database if is_postgresql else 0)) * 1000 / members
    ordered = sorted(waits)
    return {
        "engine": connection.vendor,
        "members": members,
        "seats": seats,
        "concurrency": concurrency,
        **verdict(event, members, seats),
        "error_pages": sum(status != (302, 200) for status in statuses),
        "total_s": round(seconds, 2),
        "p50_ms": round(statistics.median(ordered) * 1000),
        "p95_ms": round(ordered[max(round(len(ordered) * 0.95) - 1, 0)] * 1000),
        "cpu_ms_web": round(web * 1000 / members, 1),
        "cpu_ms_database": round(database * 1000 / members, 1)
        if is_postgresql
        else None,
        "cpu_ms_scaled": round(cpu * server.REFERENCE / calibration, 1),
        "calibration_s": round(calibration, 3),
    }


def main():
    parser = argparse.ArgumentParser(description="Many people, few seats, at once.")
    parser.add_argument("--members", type=int, default=200)
    parser.add_argument("--seats", type=int, default=5)
    parser.add_argument("--concurrency", type=int, default=200)
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    if min(options.members, options.concurrency) < 1 or options.seats < 0:
        parser.error("--members and --concurrency begin at 1, --seats at 0")
    concurrency = min(options.concurrency, options.members, 1000)
    static = collect_static()
    with tempfile.TemporaryDirectory(prefix="bench-registrations-") as folder:
        server.use_production_settings(Path(folder))
        (Path(folder) / "static").symlink_to(static.resolve())
        with database_of_its_own():
            report = run(options.members, options.seats, concurrency)
    if options.json:
        print(json.dumps(report, indent=1))
    else:
        print("\n".join(f"{name:16} {value}" for name, value in report.items()))
    if not report["is_right"] or report["error_pages"]:
        sys.exit("A seat was given twice, a number is missing, or a page failed.")


if __name__ == "__main__":
    main()

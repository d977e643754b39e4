"""What each main page costs, as a visitor, as a member, and drawn for the first time.

    python -m tests.benchmarks.pages [--json] [--requests 30] [--only word]
    python -m tests.benchmarks.pages --cold [--var DIR] [--scale 0.1] [--engine postgresql]

`--cold` measures what a reading costs that finds nothing kept: see cold_pages. `--var` names
the folder of the data (default: var/bench, filled with the founding content), `--scale` adds
a generated network of that size to it, `--engine postgresql` uses the database of
DATABASE_URL, or else a PostgreSQL of its own that is thrown away.

Otherwise it starts the production server with two workers over the founding content (kept in
var/bench) and prints, for each page: CPU milliseconds of the web processes (and of
PostgreSQL where DATABASE_URL names one), SQL queries, bytes compressed, and the waiting
time at one and at eight clients. The visitor and the member ask for the same page again and
again, which the site keeps (docs/decisions/0008); "first" is a visitor who asks each time an
address never asked before, so that the whole page is drawn. The scaled column divides by the calibration loop, so that
figures of two machines compare.
"""

import argparse
import http.client
import itertools
import json
import os
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks import cold_pages, server
from tests.benchmarks.main_pages import PAGES as MAIN
from tests.benchmarks.main_pages import VISITOR, first_link

EVERYONE = ("visitor", "member", "first")
PAGES = [
    *(
        (*page[:3], EVERYONE if VISITOR in page[3] else ("member", "facilit."))
        for page in MAIN
    ),
    ("waiting", "/a-traiter/", None, ("facilit.",)),
]


class Reader:
    """A connection kept open, with or without a session."""

    def __init__(self, port, session=None):
        self.port = port
        self.headers = {**server.PROXY, "Accept-Encoding": "gzip"}
        if session:
            self.headers["Cookie"] = f"__Host-session={session}"
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, path):
        """(status, bytes, milliseconds) of one page."""
        started = time.perf_counter()
        self.connection.request("GET", path, headers=self.headers)
        response = self.connection.getresponse()
        body = response.read()
        return response.status, len(body), (time.perf_counter() - started) * 1000


def session_of(role):
    """A session of the first person with one role of the founding content."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    user = (
        get_user_model()
        .objects.filter(groups__role__code=role, is_superuser=False)
        .order_by("pk")
        .first()
    )
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def in_process_client(session):
    from django.conf import settings
    from django.test import Client

    client = Client(headers={"x-forwarded-proto": "https", "host": "bench.example.org"})
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    return client


def queries_of(client, addresses):
    """How many queries the second reading takes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(next(addresses))
    with CaptureQueriesContext(connection) as captured:
        client.get(next(addresses))
    return len(captured)


def percentiles(values):
    ordered = sorted(values)
    return (
        round(statistics.median(ordered), 1),
        round(ordered[max(0, round(len(ordered) * 0.95) - 1)], 1),
    )


def burst(port, session, addresses, clients, requests):
    """Milliseconds of `requests` pages asked by `clients` at once."""

    def one(paths):
        reader = Reader(port, session)
        return [reader.get(path)[2] for path in paths]

    share = max(1, requests // clients)
    shares = [list(itertools.islice(addresses, share)) for _number in range(clients)]
    with ThreadPoolExecutor(clients) as pool:
        return [ms for found in pool.map(one, shares) for ms in found]


def never_asked(path):
    """Endless addresses of the page at `path`, each of them new to the site."""
    mark = "&" if "?" in path else "?"
    for number in itertools.count(int(time.time() * 1000)):
        yield f"{path}{mark}lecture={number}"


def measure(port, group, session, path, requests, with_postgresql, *, is_first=False):
    reader = Reader(port, session)
    addresses = never_asked(path) if is_first else itertools.repeat(path)
    for _number in range(6):
        status, size, _ms = reader.get(next(addresses))
    web, database = server.cpu_of_web(group), server.cpu_of_postgresql()
    alone = [reader.get(next(addresses))[2] for _number in range(requests)]
    web = (server.cpu_of_web(group) - web) * 1000 / requests
    database = (server.cpu_of_postgresql() - database) * 1000 / requests
    together = burst(port, session, addresses, 8, requests * 2)
    p50, p95 = percentiles(alone)
    p50_8, p95_8 = percentiles(together)
    return {
        "status": status,
        "bytes_compressed": size,
        "cpu_ms_web": round(web, 1),
        "cpu_ms_database": round(database, 1) if with_postgresql else None,
        "p50_ms_1": p50,
        "p95_ms_1": p95,
        "p50_ms_8": p50_8,
        "p95_ms_8": p95_8,
    }


def run(requests, only):
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    from network_site.members import roles

    sessions = {
        "member": session_of(roles.MEMBERS),
        "facilit.": session_of(roles.FACILITATORS),
    }
    with_postgresql = connection.vendor == "postgresql"
    # The mails' handler is of no interest, its log would be.
    settings.ADMINS = []
    results = []
    before = server.calibrate()
    with server.production_server() as (port, group):
        for name, path, listed_at, readers in PAGES:
            if only and only not in name:
                continue
            visitor = in_process_client(None)
            address = path
            if listed_at:
                address = first_link(visitor.get(listed_at).content.decode(), path)
            if address is None:
                print(f"{name}: nothing listed at {listed_at}", file=sys.stderr)
                continue
            for reader in readers:
                cookie, is_first = sessions.get(reader), reader == "first"
                asked = never_asked(address) if is_first else itertools.repeat(address)
                queries = queries_of(in_process_client(cookie), asked)
                figures = measure(
                    port,
                    group,
                    cookie,
                    address,
                    requests,
                    with_postgresql,
                    is_first=is_first,
                )
                results.append(
                    {
                        "page": name,
                        "path": address,
                        "reader": reader,
                        "sql": queries,
                        **figures,
                    }
                )
                print(".", end="", file=sys.stderr, flush=True)
    calibration = (before + server.calibrate()) / 2
    scale = server.REFERENCE / calibration
    for result in results:
        total = result["cpu_ms_web"] + (result["cpu_ms_database"] or 0)
        result["cpu_ms_scaled"] = round(total * scale, 1)
    print(file=sys.stderr)
    return {
        "engine": connection.vendor,
        "calibration_s": round(calibration, 3),
        "reference_s": server.REFERENCE,
        "requests_a_page": requests,
        "pages": results,
    }


def as_table(report):
    lines = [
        f"{report['engine']}, calibration loop {report['calibration_s']} s of CPU"
        f" (reference {report['reference_s']} s)",
        f"{'page':14}{'reader':9}{'CPU web':>8}{'db':>6}{'scaled':>8}{'SQL':>5}"
        f"{'bytes':>8}{'p50/1':>8}{'p95/1':>8}{'p50/8':>8}{'p95/8':>8}",
    ]
    for row in report["pages"]:
        database = "" if row["cpu_ms_database"] is None else row["cpu_ms_database"]
        lines.append(
            f"{row['page']:14}{row['reader']:9}{row['cpu_ms_web']:8}{database!s:>6}"
            f"{row['cpu_ms_scaled']:8}{row['sql']:5}{row['bytes_compressed']:8}"
            f"{row['p50_ms_1']:8}{row['p95_ms_1']:8}{row['p50_ms_8']:8}{row['p95_ms_8']:8}"
            + ("" if row["status"] == 200 else f"  status {row['status']}")
        )
    return "\n".join(lines)


@contextmanager
def database_of(engine):
    """The database named by `engine` while the block lasts; "" takes that of the environment."""
    if engine == "sqlite":
        os.environ.pop("DATABASE_URL", None)
    if engine != "postgresql" or os.environ.get("DATABASE_URL"):
        yield
        return
    from tests.support.postgresql import Cluster

    cluster = Cluster()
    os.environ["DATABASE_URL"] = cluster.url
    try:
        yield
    finally:
        cluster.remove()


def main():
    parser = argparse.ArgumentParser(description="What each main page costs.")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument(
        "--cold", action="store_true", help="nothing kept of an earlier reading"
    )
    parser.add_argument("--requests", type=int, default=30)
    parser.add_argument("--only", default="", help="pages whose name holds this word")
    parser.add_argument("--var", type=Path, help="the folder of the data")
    parser.add_argument(
        "--scale", type=float, default=0, help="add a generated network of this size"
    )
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], default="")
    options = parser.parse_args()
    with (
        TemporaryDirectory(prefix="bench-pages-") as empty,
        database_of(options.engine),
    ):
        folder = options.var
        if folder is None:
            is_own = options.engine == "postgresql" or options.scale
            # A database that is thrown away leaves no folder that says it was filled.
            folder = Path(empty) if is_own else _own_folder()
        server.use_production_settings(folder.resolve())
        server.prepare(options.scale)
        if options.cold:
            report = cold_pages.run(options.requests, options.only, session_of)
            table = cold_pages.as_table
        else:
            report, table = run(options.requests, options.only), as_table
    print(json.dumps(report, indent=1) if options.json else table(report))


def _own_folder():
    return Path(os.environ.get("VAR_DIR") or server.ROOT / "var") / "bench"


if __name__ == "__main__":
    main()

"""Each main page read by a process that kept nothing of an earlier reading.

The WSGI application runs in this process under production settings, every middleware and the
compression included, the pages kept for readers switched off; before each reading everything
that a change of the contents would invalidate is thrown away (tests.support.cold.forget says
what, and what is left). A request is counted from its headers to the last byte of the answer.
CPU is that of this process; where the database is PostgreSQL, that of its backend is added.
Statements, and the nodes of Django's templates drawn, are counted in readings of their own,
which are not timed.
"""

import gzip
import io
import os
import statistics
import sys
import time
from pathlib import Path
from wsgiref.util import setup_testing_defaults

from tests.benchmarks import main_pages, server

# Between two runs of the calibration loop: the machine is seldom equally fast for long.
CALIBRATED_EVERY = 8
WARM_UP = 2


class Site:
    """The application, asked without a socket."""

    def __init__(self):
        from network_site.wsgi import application

        self._application = application

    def get(self, target, session=None):
        """(status, body as sent, CPU seconds of this process) of one page."""
        path, _, query = target.partition("?")
        environ = {
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "HTTP_ACCEPT_ENCODING": "gzip",
            "HTTP_ACCEPT_LANGUAGE": "fr",
            "REMOTE_ADDR": "127.0.0.1",
            **{
                f"HTTP_{name.upper().replace('-', '_')}": value
                for name, value in server.PROXY.items()
            },
        }
        if session:
            environ["HTTP_COOKIE"] = f"__Host-session={session}"
        setup_testing_defaults(environ)
        environ["wsgi.input"] = io.BytesIO()
        said = []
        started = time.process_time()
        response = self._application(environ, lambda status, *_: said.append(status))
        body = b"".join(response)
        if hasattr(response, "close"):
            response.close()
        return int(said[0][:3]), body, time.process_time() - started

    def html(self, target, session=None):
        return _plain(self.get(target, session)[1]).decode()


def _plain(body):
    return gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body


def _backend():
    """The number of the PostgreSQL process that serves this one, None without."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return None
    connection.ensure_connection()
    return connection.connection.info.backend_pid


def cpu_of_backend(pid):
    """CPU seconds of a process of this machine, to the nanosecond where the kernel tells."""
    if pid is None:
        return 0.0
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
    except (OSError, IndexError):
        fields, _name = server.stat_of(pid)
        return (int(fields[11]) + int(fields[12])) / server.TICKS


def _measure(site, target, session, times):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.support import cold

    for _number in range(WARM_UP):
        # What a process reads once in its life: code, templates, types of content.
        cold.forget()
        status, body, _seconds = site.get(target, session)
    cold.forget()
    with cold.counted_nodes() as nodes, CaptureQueriesContext(connection) as statements:
        site.get(target, session)
    # Now: the next request begins a new count.
    counted = len(statements)
    web, database = [], []
    for _number in range(times):
        cold.forget()
        pid = _backend()
        before = cpu_of_backend(pid)
        web.append(site.get(target, session)[2] * 1000)
        # A connection that was closed meanwhile would hide what it cost.
        if pid != _backend():
            raise RuntimeError("The connection to the database was opened anew.")
        database.append((cpu_of_backend(pid) - before) * 1000)
    total = [one + other for one, other in zip(web, database, strict=True)]
    return {
        "status": status,
        "statements": counted,
        "template_nodes": nodes[0],
        "bytes": len(_plain(body)),
        "bytes_compressed": len(body),
        "cpu_ms_web": _middle(web),
        "cpu_ms_database": _middle(database) if pid else None,
        "cpu_ms": _middle(total),
        "cpu_ms_p95": round(sorted(total)[max(0, round(times * 0.95) - 1)], 1),
    }


def _middle(values):
    return round(statistics.median(values), 1)


def run(times, only, session_of):
    """The report of every main page, read by a visitor and by a member.

    `session_of` gives the session of the first person with a role.
    """
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    from forums.models import Post
    from network_site.catalogue.models import Entry
    from network_site.members import roles
    from network_site.members.models import Profile

    settings.ADMINS = []
    settings.READER_CACHE_SECONDS = 0
    site = Site()
    session = session_of(roles.MEMBERS)
    known = {
        name: (address, readers)
        for name, address, readers in main_pages.addresses(
            lambda path, reader: site.html(
                path, session if reader == main_pages.MEMBER else None
            )
        )
    }
    asked = [
        (name, address, reader)
        for name, (address, readers) in known.items()
        for reader in readers
        if only in name
    ]
    rows, loops = [], [server.calibrate()]
    for number, (name, address, reader) in enumerate(asked, 1):
        row = _measure(
            site, address, session if reader == main_pages.MEMBER else None, times
        )
        rows.append({"page": name, "reader": reader, "path": address, **row})
        rows[-1]["loop"] = len(loops)
        if number % CALIBRATED_EVERY == 0 or number == len(asked):
            loops.append(server.calibrate())
        print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    for row in rows:
        after = row.pop("loop")
        scale = server.REFERENCE / ((loops[after - 1] + loops[after]) / 2)
        row["cpu_ms_scaled"] = round(row["cpu_ms"] * scale, 1)
        row["cpu_ms_p95_scaled"] = round(row["cpu_ms_p95"] * scale, 1)
    return {
        "mode": "cold",
        "engine": connection.vendor,
        "cpus": os.cpu_count(),
        "calibration_s": [round(one, 3) for one in loops],
        "reference_s": server.REFERENCE,
        "readings_a_page": times,
        "contents": {
            "entries": Entry.objects.count(),
            "posts": Post.objects.count(),
            "members": Profile.objects.approved().count(),
        },
        "pages": rows,
    }


def as_table(report):
    """The report, a line a page."""
    loops = report["calibration_s"]
    lines = [
        f"{report['engine']}, cold, calibration loop {min(loops)}–{max(loops)} s of CPU"
        f" (reference {report['reference_s']} s), {report['contents']}",
        f"{'page':33}{'reader':9}{'web':>7}{'db':>6}{'p95':>7}{'scaled':>8}{'p95 sc.':>8}"
        f"{'SQL':>5}{'nodes':>7}{'KB':>6}{'KB gz':>7}",
    ]
    for row in report["pages"]:
        database = "" if row["cpu_ms_database"] is None else row["cpu_ms_database"]
        lines.append(
            f"{row['page']:33}{row['reader']:9}{row['cpu_ms_web']:7}{database!s:>6}"
            f"{row['cpu_ms_p95']:7}{row['cpu_ms_scaled']:8}{row['cpu_ms_p95_scaled']:8}"
            f"{row['statements']:5}{row['template_nodes']:7}"
            f"{row['bytes'] / 1024:6.0f}{row['bytes_compressed'] / 1024:7.1f}"
            + ("" if row["status"] == 200 else f"  status {row['status']}")
        )
    return "\n".join(lines)

"""How long after its publication a page is found, in a site with two web processes and a worker.

    python -m tests.benchmarks.search_fresh [--json] [--pages 20] [--folder var/bench]

Each page holds a word of its own. The clock starts when the transaction that publishes it
has ended, and stops when a visitor's search for the word shows the page; the search was
asked once before, so that an answer that the site keeps must be forgotten as well. Half of
the pages are then restricted: the second figure is how long a visitor still finds them.
"""

import argparse
import http.client
import json
import os
import secrets
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from string import ascii_lowercase
from urllib.parse import quote

from tests.benchmarks import server

GIVEN_UP = 30.0
PAUSE = 0.05


@contextmanager
def worker():
    """The background worker, as a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "run_worker"], cwd=server.ROOT
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=60)


def found(port, word):
    """Whether a visitor's search for `word` shows a result."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", f"/recherche/?q={quote(word)}", headers=server.PROXY)
    body = connection.getresponse().read()
    connection.close()
    return b'class="res"' in body


def until(port, word, wanted):
    """Seconds until the search finds `word`, or finds it no more."""
    started = time.monotonic()
    while time.monotonic() - started < GIVEN_UP:
        if found(port, word) == wanted:
            return time.monotonic() - started
        time.sleep(PAUSE)
    return GIVEN_UP


def measure(port, count):
    """Publish, look, restrict, look again; return the figures."""
    from django.contrib.auth.models import Group
    from wagtail.models import PageViewRestriction

    from network_site.home.models import HomePage
    from network_site.pages.models import StandardPage

    home = HomePage.objects.first()
    published, closed, pages = [], [], []
    for number in range(-1, count):
        # Far from one another: a near word would be proposed as a correction.
        word = "".join(secrets.choice(ascii_lowercase) for _ in range(20))
        found(port, word)
        page = StandardPage(title=f"Essai {word}", summary=word)
        home.add_child(instance=page)
        page.save_revision().publish()
        pages.append(page)
        seconds = until(port, word, wanted=True)
        if number < 0:
            # The worker is at work now.
            continue
        published.append(seconds)
        if number % 2:
            restriction = PageViewRestriction.objects.create(
                page=page, restriction_type=PageViewRestriction.GROUPS
            )
            restriction.groups.set(Group.objects.order_by("pk")[:1])
            restriction.save()
            closed.append(until(port, word, wanted=False))
    for page in pages:
        page.delete()
    return {"found_after": summary(published), "closed_after": summary(closed)}


def summary(values):
    """Seconds: the median, the longest, how many."""
    ordered = sorted(values)
    return {
        "p50": round(ordered[len(ordered) // 2], 2),
        "max": round(ordered[-1], 2),
        "n": len(ordered),
    }


def main():
    """Run and print."""
    import django

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--folder", type=Path, default=server.ROOT / "var" / "bench")
    options = parser.parse_args()
    server.use_production_settings(options.folder.resolve())
    server.prepare()
    django.setup()
    with server.production_server() as (port, _), worker():
        report = measure(port, options.pages)
    report["load"] = os.getloadavg()[0]
    if options.json:
        print(json.dumps(report, indent=1))
    else:
        for name, value in report.items():
            print(f"{name:16} {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

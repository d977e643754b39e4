"""Walk over a running site that holds the founding content, and say what is wrong with it.

    python -m tests.crawl http://127.0.0.1:8000
    python -m tests.crawl http://127.0.0.1:8000 --role visitor membre@reseau.example
    python -m tests.crawl http://127.0.0.1:8000 --language en --each 2

Each role of the demonstration in both languages, facets and drafts of the back office
included; ends with 1 when anything is wrong. It only reads: no form is sent but the log-in.
"""

import argparse
import os
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPSConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "network_site.settings.dev")

import django

django.setup()

from network_site.demo.content.people import PASSWORD, PEOPLE  # noqa: E402
from tests.crawl.crawler import Answer, Crawl  # noqa: E402
from tests.crawl.selection import FirstOfEachKind  # noqa: E402

VISITOR = "visitor"
_ADMIN = re.compile(r"^/(en/)?admin/")
_ADMIN_EDIT = re.compile(r"^/admin/pages/(\d+)/(?:edit/)?$")
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
# Of each kind of page of the back office, which holds hundreds that are alike.
_ADMIN_EACH = 3
# Roles that walk at the same time: while one reads a page, the site writes another's.
_AT_ONCE = 2


class NotLoggedIn(Exception):
    """The demonstration's account was not accepted."""


class Reader:
    """One person's browser: a connection that stays open, and cookies."""

    def __init__(self, base):
        self.base = urlsplit(base)
        self.cookies = SimpleCookie()
        self.connection = None

    def ask(self, method, address, body=None, **headers):
        """(answer, content) of one request; a connection that was closed is opened again."""
        headers["Cookie"] = "; ".join(
            f"{one.key}={one.value}" for one in self.cookies.values()
        )
        for is_last in (False, True):
            if self.connection is None:
                kind = (
                    HTTPSConnection if self.base.scheme == "https" else HTTPConnection
                )
                self.connection = kind(self.base.netloc, timeout=120)
            try:
                self.connection.request(method, address, body, headers)
                answer = self.connection.getresponse()
                content = answer.read()
                break
            except OSError:
                self.connection.close()
                self.connection = None
                if is_last:
                    raise
        for line in answer.headers.get_all("Set-Cookie", ()):
            self.cookies.load(line)
        return answer, content

    def open(self, address):
        answer, content = self.ask("GET", address)
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        return Answer(
            status=answer.status,
            location=answer.headers.get("Location", ""),
            html=content.decode("utf-8", "replace") if is_page else "",
            is_preview=address.endswith("/view_draft/"),
        )

    def log_in(self, email):
        """Through the form, as anybody; raise NotLoggedIn."""
        page = self.open("/comptes/login/")
        token = _TOKEN.search(page.html)
        values = {
            "login": email,
            "password": PASSWORD,
            "csrfmiddlewaretoken": token[1] if token else "",
        }
        origin = f"{self.base.scheme}://{self.base.netloc}"
        answer, _content = self.ask(
            "POST",
            "/comptes/login/",
            urlencode(values),
            Origin=origin,
            **{"Content-Type": "application/x-www-form-urlencoded"},
        )
        if answer.status != 302:
            raise NotLoggedIn(f"{email}: {answer.status}")


class _Selection:
    """What one walk opens: all of the site, or `each` of what others saw; some of the admin.

    `seen` are paths without their language.
    """

    def __init__(self, each, seen):
        self.site = FirstOfEachKind(each, seen) if each else lambda path: True
        self.admin = FirstOfEachKind(min(each, _ADMIN_EACH) or _ADMIN_EACH)

    def __call__(self, path):
        is_draft = path.endswith("/view_draft/")
        is_admin = _ADMIN.match(path) and not is_draft
        return self.admin(path) if is_admin else self.site(path)


class _Walk(Crawl):
    """Also opens the draft of every page that the back office offers to edit."""

    def _wait_for(self, target, origin):
        super()._wait_for(target, origin)
        if found := _ADMIN_EDIT.match(urlsplit(target).path):
            super()._wait_for(f"/admin/pages/{found[1]}/view_draft/", origin)


def wait_for(base, seconds):
    """Return once the site answers, or raise OSError when it has not in time."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            Reader(base).ask("GET", "/robots.txt")
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(1)


def walk(base, role, language, each, seen):
    """The Crawl of one role ("visitor", or an address of the demonstration).

    `seen` holds the neutral paths that any walk opens, this one's added as it goes.
    """
    reader = Reader(base)
    if role != VISITOR:
        reader.log_in(role)
    return _Walk(
        open=reader.open,
        language=language,
        starts=("/en/",) if language == "en" else ("/",),
        hosts=frozenset({urlsplit(base).netloc}),
        is_logged_in=role != VISITOR,
        in_depth=not each,
        follows=_Selection(each, seen),
        tell=lambda words: say(f"  {role}: {words}"),
    ).run()


def main(arguments):
    roles = [VISITOR, *(one["email"] for one in PEOPLE if one["is_role_account"])]
    parser = argparse.ArgumentParser(
        prog="python -m tests.crawl", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("url", help="where the site answers, http://127.0.0.1:8000")
    parser.add_argument("--role", nargs="+", default=roles, choices=roles, metavar="R")
    parser.add_argument("--language", nargs="+", default=["fr", "en"])
    parser.add_argument(
        "--each",
        type=int,
        default=0,
        help="of each kind of page that an earlier walk saw as well, and one facet of each"
        " kind; all by default",
    )
    parser.add_argument(
        "--wait", type=int, default=0, help="seconds given to a site that starts"
    )
    asked = parser.parse_args(arguments)
    wait_for(asked.url, asked.wait)
    wrong, seen = 0, set()
    for language in asked.language:

        def one(role, language=language):
            began = time.monotonic()
            done = walk(asked.url.rstrip("/"), role, language, asked.each, seen)
            say(
                f"{role}, {language}: {len(done.opened)} addresses,"
                f" {len(done.faults)} faults, {time.monotonic() - began:.0f} s"
            )
            return len(done.faults)

        with ThreadPoolExecutor(_AT_ONCE) as walkers:
            wrong += sum(walkers.map(one, asked.role))
    return 1 if wrong else 0


def say(words):
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

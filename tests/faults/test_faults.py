"""What breaks around the site: it goes on, or says in words what it cannot do.

With the settings of production, two web processes and a PostgreSQL of its own, started as
deploy/network-site-web.service starts them. `.ci/run` runs these; `make test` leaves them out:
python -m pytest -m faults tests/faults
"""

import os
import re
import resource
import secrets
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from email import message_from_bytes, policy
from pathlib import Path
from socket import socket

import pytest
from aiosmtpd.controller import Controller

from tests.support.postgresql import Cluster, find_programs
from tests.support.processes import ROOT, wait_until

pytestmark = [
    pytest.mark.faults,
    pytest.mark.timeout(600),
    pytest.mark.skipif(find_programs() is None, reason="needs PostgreSQL's initdb"),
]
HOST = "reseau.example.org"
HEADERS = {
    "Host": HOST,
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "192.0.2.7",
    "Origin": f"https://{HOST}",
    "Referer": f"https://{HOST}/",
}


def free_port():
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Mailbox:
    """A mail server that keeps what it is given."""

    def __init__(self):
        self.messages = []

    async def handle_DATA(self, server, session, envelope):
        self.messages.append(
            message_from_bytes(envelope.content, policy=policy.default)
        )
        return "250 OK"

    def about(self, words):
        """The messages whose subject holds `words`."""
        return [one for one in self.messages if words in str(one["Subject"])]


class Answer:
    def __init__(self, status, text, headers):
        self.status, self.text, self.headers = status, text, headers


class Site:
    """The running site, as a browser and a monitor meet it."""

    def __init__(self, folder, database):
        self.folder, self.port, self.mail_port = folder, free_port(), free_port()
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
            "VAR_DIR": str(folder / "var"),
            "SECRET_KEY": secrets.token_urlsafe(60),
            "ALLOWED_HOSTS": HOST,
            "BASE_URL": f"https://{HOST}",
            "DATABASE_URL": database,
            "BEHIND_TLS_PROXY": "1",
            "TRUSTED_PROXY_COUNT": "1",
            "MAIL_URL": f"smtp://127.0.0.1:{self.mail_port}",
            "MAIL_FROM": "reseau@example.org",
            "MAIL_BOUNCE_ADDRESS": "retours@example.org",
            "ADMINS": "technique@example.org",
        }
        self.process = None

    def manage(self, *arguments):
        subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            check=True,
        )

    def start(self):
        with (self.folder / "web.log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    str(Path(sys.executable).with_name("granian")),
                    *("--interface=wsgi", "--host=127.0.0.1", f"--port={self.port}"),
                    *("--workers=2", "--blocking-threads=4", "--backpressure=64"),
                    *("--workers-kill-timeout=15", "--respawn-failed-workers"),
                    *("--respawn-interval=0.5", "--log-level=warning"),
                    "network_site.wsgi:application",
                ],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        assert wait_until(lambda: self.alive() == 200, 60), self.log()

    def stop(self):
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def log(self):
        return (self.folder / "web.log").read_text()[-3000:]

    @property
    def workers(self):
        """The process numbers of the web processes."""
        found = []
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                try:
                    stat = (folder / "stat").read_text().rsplit(")", 1)[1].split()
                    command = (folder / "cmdline").read_bytes()
                except OSError:
                    continue
                is_ours = int(stat[1]) == self.process.pid and stat[0] != "Z"
                # The helper of multiprocessing counts for nothing.
                if is_ours and b"resource_tracker" not in command:
                    found.append(int(folder.name))
        return found

    def open(self, path, data=None, headers=HEADERS, timeout=30):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            data=urllib.parse.urlencode(data).encode() if data else None,
            headers=headers,
        )
        try:
            with urllib.request.urlopen(request, timeout=timeout) as response:  # noqa: S310
                return self._answer(response)
        except urllib.error.HTTPError as error:
            return self._answer(error)

    @staticmethod
    def _answer(response):
        return Answer(
            response.status, response.read().decode("utf-8"), response.headers
        )

    def alive(self):
        try:
            return self.open("/sante/vivant/", headers={}, timeout=5).status
        except OSError:
            return 0

    def part(self, name):
        """The state of a part, as a monitor of the machine reads it."""
        text = self.open("/sante/", headers={}).text
        return re.search(rf'"{name}": {{"state": "(\w+)"', text)[1]


@pytest.fixture(scope="module")
def cluster():
    cluster = Cluster()
    yield cluster
    cluster.remove()


@pytest.fixture(scope="module")
def site(tmp_path_factory, cluster):
    site = Site(tmp_path_factory.mktemp("faults"), cluster.url)
    site.manage("migrate", "--run-syncdb", "-v0")
    rows = "from tests.support.rows import ensure_base_rows; ensure_base_rows()"
    site.manage("shell", "-v0", "-c", rows)
    site.manage("setup_site", "--hostname", HOST, "--port", "443")
    site.manage("collectstatic", "--no-input", "-v0")
    site.manage("rebuild_search", "-v0")
    site.start()
    yield site
    site.stop()


@pytest.fixture
def mailbox(site):
    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=site.mail_port)
    server.start()
    yield box
    server.stop()


def test_health_answers_on_loopback_without_host_or_scheme(site):
    assert site.alive() == 200
    answer = site.open("/sante/", headers={})
    assert answer.status == 200
    assert '"detail"' in answer.text
    for name in ("cache", "database", "disk", "index", "queue"):
        assert site.part(name) == "ok", name
    assert site.part("worker") == "unwell"
    # Through the proxy nothing but states, and an unknown host is refused.
    assert '"detail"' not in site.open("/sante/").text
    assert site.open("/", headers={**HEADERS, "Host": "ailleurs.example"}).status == 400


def test_a_killed_web_process_is_replaced_while_the_other_serves(site):
    assert wait_until(lambda: len(site.workers) == 2)
    killed, _other = site.workers
    os.kill(killed, signal.SIGKILL)
    statuses = []
    for _request in range(20):
        try:
            statuses.append(site.open("/", timeout=10).status)
        except OSError:
            statuses.append(0)
        time.sleep(0.05)
    # What the killed process was answering at that very moment is lost, nothing else.
    assert statuses.count(200) >= 18, statuses
    assert wait_until(lambda: len(site.workers) == 2 and killed not in site.workers)


def test_an_error_is_told_once_and_its_answer_is_whole(site, mailbox):
    # Another test of this site may have met the same error within the hour.
    clear = "from django.core.cache import cache; cache.clear()"
    site.manage("shell", "-v0", "-c", clear)
    for _time in range(4):
        answer = site.open("/panne/")
        assert answer.status == 500
        assert "Le site a rencontré une erreur" in answer.text
    # What other processes of the site have to tell (a database that was away) is theirs.
    assert wait_until(lambda: mailbox.about("/panne/"), 20), site.log()
    time.sleep(1)
    assert len(mailbox.about("/panne/")) == 1


def test_an_error_is_answered_at_once_when_the_mail_server_is_down(site):
    started = time.monotonic()
    answer = site.open("/panne/?autre=1")
    assert answer.status == 500
    assert "Le site a rencontré une erreur" in answer.text
    assert time.monotonic() - started < 5


def test_a_code_that_cannot_leave_is_said_with_what_else_to_do(site):
    path = "/comptes/login/code/"
    page = site.open(path)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]
    cookies = [line.split(";")[0] for line in page.headers.get_all("Set-Cookie")]
    answer = site.open(
        path,
        data={"csrfmiddlewaretoken": token, "email": "personne@example.org"},
        headers={**HEADERS, "Cookie": "; ".join(cookies)},
    )
    assert answer.status == 503, answer.text[:500]
    assert "Notre serveur de messagerie ne répond pas" in answer.text
    assert "mot de passe" in answer.text


def test_a_stopped_database_is_said_in_words_and_comes_back_by_itself(site, cluster):
    cluster.stop()
    try:
        answer = site.open("/bibliotheque/")
        assert answer.status == 503
        assert "Le site ne répond pas pour l’instant" in answer.text
        assert answer.headers["Retry-After"]
        assert site.alive() == 200
        assert site.open("/sante/", headers={}).status == 503
    finally:
        cluster.start()
    assert wait_until(lambda: site.open("/").status == 200, 30)
    assert site.open("/sante/", headers={}).status == 200


def test_pages_are_served_while_the_cache_cannot_be_written(site):
    folder = Path(site.environment["VAR_DIR"]) / "cache"
    aside = folder.with_name("cache-aside")
    folder.rename(aside)
    # A file in the place of the folder: nobody can write there, not even root.
    folder.write_text("")
    try:
        for path in ("/", "/comptes/login/", "/recherche/?q=emploi"):
            assert site.open(path).status == 200, path
        assert site.part("cache") == "unwell"
    finally:
        folder.unlink()
        aside.rename(folder)
    assert site.part("cache") == "ok"


def test_pages_are_served_while_the_disk_is_full(site):
    for pid in site.workers:
        # No file of this process may grow by a byte, as on a full disk.
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    try:
        for path in ("/", "/comptes/login/", "/recherche/?q=emploi"):
            assert site.open(path).status == 200, path
        assert site.part("disk") == "unwell"
        assert site.part("cache") == "unwell"
    finally:
        for pid in site.workers:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
    assert site.part("disk") == "ok"

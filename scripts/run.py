"""`make run`: everything needed to walk through the site, until Ctrl-C.

Prepares the database, the founding content and the index when something is missing,
then keeps two processes alive: the web server and the background worker.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.state import State, code_digest, say, var_dir  # noqa: E402

HOST = "127.0.0.1"
STOP_PATIENCE = 15
PR_SET_PDEATHSIG = 1


def die_with_parent():
    """On Linux, ask for TERM when `make run` itself is killed: no orphan stays."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Child:
    """A process of its own group, so that Ctrl-C reaches it once, through us."""

    def __init__(self, name, command, environment):
        self.name = name
        self.command = command
        self.environment = environment
        self.process = None
        self.failures = 0
        self.started_at = 0.0

    def start(self):
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )

    def has_ended(self):
        return self.process is None or self.process.poll() is not None

    def signal(self, number):
        if not self.has_ended():
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                return


def stop(children):
    """End every child: politely, then not."""
    for child in children:
        child.signal(signal.SIGTERM)
    deadline = time.monotonic() + STOP_PATIENCE
    while time.monotonic() < deadline:
        if all(child.has_ended() for child in children):
            break
        time.sleep(0.05)
    for child in children:
        child.signal(signal.SIGKILL)


class Stopped(Exception):
    """Ctrl-C, or TERM from a supervisor."""


def raise_stopped(number, frame):
    # Once only: the second Ctrl-C of an impatient hand must not cut the farewell.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise Stopped


def prepare(environment):
    """Migrate, load and index what is missing (scripts/prepare.py), or skip it all."""
    state = State.read()
    if state.is_ready(code_digest()):
        say("Database, content and index are in place")
        return
    preparing = Child(
        "preparation", [sys.executable, "scripts/prepare.py"], environment
    )
    preparing.start()
    try:
        code = preparing.process.wait()
    except Stopped:
        stop([preparing])
        raise
    if code:
        sys.exit(code)


def web_command(port):
    if os.environ.get("RELOAD"):
        # For those who change code: reloads, and shows templates as they are saved.
        return [sys.executable, "manage.py", "runserver", f"{HOST}:{port}", "-v0"]
    return [
        str(Path(sys.executable).with_name("granian")),
        "--interface=wsgi",
        f"--host={HOST}",
        f"--port={port}",
        "--workers=1",
        "--blocking-threads=4",
        "--backpressure=64",
        "--workers-kill-timeout=10",
        "--respawn-failed-workers",
        "--log-level=warning",
        "network_site.wsgi:application",
    ]


def answers(port):
    try:
        with urllib.request.urlopen(
            f"http://{HOST}:{port}/sante/vivant/", timeout=20
        ) as response:
            return response.status == 200
    except urllib.error.HTTPError as error:
        return error.code < 500
    except (OSError, urllib.error.URLError):
        return False


def wait_for(web, port):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if web.has_ended():
            return False
        if answers(port):
            return True
        time.sleep(0.1)
    return False


def print_welcome(port):
    accounts = var_dir() / "demo-accounts.txt"
    address = f"http://{HOST}:{port}"
    print(f"\n  The site is open:   {address}/")
    print(f"  In English:         {address}/en/")
    print(f"  Back office:        {address}/admin/")
    print(f"  Its mails are kept: {address}/courriels/")
    if accounts.exists():
        print()
        for line in accounts.read_text(encoding="utf-8").splitlines():
            print(f"  {line}")
    print("\n  Ctrl-C stops everything.\n", flush=True)


def watch(web, worker):
    """Restart the worker when it dies; end when the web server does."""
    while True:
        if web.has_ended():
            return web.process.returncode or 1
        if worker.has_ended():
            lived = time.monotonic() - worker.started_at
            worker.failures = worker.failures + 1 if lived < 30 else 1
            say(
                f"The background worker ended; it starts again (time {worker.failures})"
            )
            time.sleep(min(2**worker.failures, 30))
            worker.start()
        time.sleep(0.5)


def main():
    # What is written here is read by nobody else (as in network_site/settings/base.py).
    os.umask(0o077)
    port = int(os.environ.get("PORT") or 8000)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, raise_stopped)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "network_site.settings.dev",
        "VAR_DIR": str(var_dir()),
        "PYTHONUNBUFFERED": "1",
    }
    # The site's own error pages, unless one is changing its code.
    environment.setdefault("DEBUG", "1" if os.environ.get("RELOAD") else "0")
    environment.setdefault("BASE_URL", f"http://{HOST}:{port}")
    children = []
    try:
        prepare(environment)
        say("Starting the web server and the background worker")
        web = Child("web", web_command(port), environment)
        worker = Child(
            "worker", [sys.executable, "manage.py", "run_worker"], environment
        )
        children = [web, worker]
        web.start()
        if not wait_for(web, port):
            say("The web server did not start; what it says stands above")
            return 1
        worker.start()
        print_welcome(port)
        return watch(web, worker)
    except Stopped:
        print("\nStopping…", flush=True)
        return 0
    finally:
        stop(children)


if __name__ == "__main__":
    sys.exit(main())

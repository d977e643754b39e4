"""The production server over the founding content, and what it costs."""

import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from socket import socket

ROOT = Path(__file__).resolve().parent.parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
# CPU seconds of the loop on the machine where the aims were set.
REFERENCE = 0.275
# What a proxy in front that ends TLS adds.
PROXY = {
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "192.0.2.7",
    "Host": "bench.example.org",
}


def calibrate():
    """CPU seconds of two million dictionary writes: how fast this machine is now."""
    started = time.process_time()
    table = {}
    for number in range(2_000_000):
        table[number] = number
    return time.process_time() - started


def use_production_settings(folder):
    """Put a safe production environment over this process, for it and its children."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.update(
        {
            "DJANGO_SETTINGS_MODULE": "tests.support.production_settings",
            "VAR_DIR": str(folder),
            "SECRET_KEY": secrets.token_urlsafe(60),
            "ALLOWED_HOSTS": "bench.example.org",
            "BASE_URL": "https://bench.example.org",
            "MAIL_URL": "smtp://127.0.0.1:1",
            "MAIL_FROM": "bench@example.org",
            "BEHIND_TLS_PROXY": "1",
            "TRUSTED_PROXY_COUNT": "1",
            "LOG_LEVEL": "WARNING",
        }
    )


def prepare(scale=0):
    """Migrate, load the founding content, index it, collect static files: once.

    With a `scale`, also a generated network of that size (manage.py generate_load).
    """
    commands = [
        [sys.executable, "scripts/prepare.py"],
        [sys.executable, "manage.py", "collectstatic", "--no-input", "-v0"],
    ]
    if scale:
        commands.append(
            [sys.executable, "manage.py", "generate_load", "--scale", f"{scale}"]
        )
    for command in commands:
        if (
            "collectstatic" in command
            and (Path(os.environ["VAR_DIR"]) / "static" / "staticfiles.json").exists()
        ):
            continue
        subprocess.run(command, cwd=ROOT, check=True, stdout=sys.stderr)


@contextmanager
def production_server(workers=2, threads=4):
    """Start granian as docs/operations.md says; yield (port, process id)."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    # Ended from outside, the benchmark must still stop its server.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(143))
    process = subprocess.Popen(
        [
            str(Path(sys.executable).with_name("granian")),
            *("--interface=wsgi", "--host=127.0.0.1", f"--port={port}"),
            *(f"--workers={workers}", f"--blocking-threads={threads}"),
            *("--backpressure=64", "--backlog=2048", "--log-level=warning"),
            "network_site.wsgi:application",
        ],
        cwd=ROOT,
        start_new_session=True,
        stdout=sys.stderr,
    )
    try:
        _wait(port, process)
        yield port, process.pid
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def _wait(port, process):
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/sante/vivant/", headers=PROXY
    )
    for _attempt in range(600):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(request, timeout=10):
                return
        except OSError:
            time.sleep(0.1)
    sys.exit("The production server did not start.")


def stat_of(pid):
    """(what /proc/PID/stat says after the name of the process, its name)."""
    text = Path(f"/proc/{pid}/stat").read_text()
    return text.rsplit(")", 1)[1].split(), text.split("(", 1)[1].rsplit(")", 1)[0]


def cpu_of_web(group):
    """CPU seconds of the server and its workers (one process group)."""
    return _cpu(lambda fields, name: int(fields[2]) == group)


def cpu_of_postgresql():
    """CPU seconds of every PostgreSQL process of this machine."""
    return _cpu(lambda fields, name: name.startswith("postgres"))


def _cpu(is_counted):
    total = 0
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields, name = stat_of(folder.name)
            except (OSError, IndexError):
                continue
            if is_counted(fields, name):
                total += int(fields[11]) + int(fields[12])
    return total / TICKS

"""A PostgreSQL of one's own, that a test may stop and start again."""

import os
import pwd
import shutil
import subprocess
import tempfile
from glob import glob
from pathlib import Path
from socket import socket


def find_programs():
    """The folder of initdb and pg_ctl, the newest first; None where there is none."""
    folders = sorted(glob("/usr/lib/postgresql/*/bin"), reverse=True)
    if found := shutil.which("initdb"):
        folders.append(str(Path(found).parent))
    return next((one for one in folders if Path(one, "initdb").exists()), None)


class Cluster:
    """Started in a temporary folder, on a port of its own of the loopback."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="network-site-faults-", dir="/tmp"))
        self._programs = Path(find_programs())
        # PostgreSQL refuses to run as root.
        self._options = {}
        if os.getuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
            self._options = {"user": owner.pw_uid, "group": owner.pw_gid}
        with socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._run("initdb", "-U", "postgres", "--auth=trust", "--encoding=UTF8")
        self.start()

    @property
    def url(self):
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def start(self):
        options = f"-h 127.0.0.1 -p {self.port} -k '' -c fsync=off"
        log = str(self.folder / "log")
        self._run("pg_ctl", "-w", "-t", "60", "-l", log, "-o", options, "start")

    def stop(self):
        self._run("pg_ctl", "-w", "-m", "fast", "stop")

    def remove(self):
        self._run("pg_ctl", "-m", "immediate", "stop", check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program, *arguments, check=True):
        subprocess.run(
            [self._programs / program, "-D", self.folder / "data", *arguments],
            cwd=self.folder,
            check=check,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            **self._options,
        )

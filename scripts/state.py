"""What has been prepared already, so that the second `make run` starts in seconds."""

import hashlib
import json
import os
import time
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
started = time.monotonic()


def say(text):
    print(f"[{time.monotonic() - started:5.1f} s] {text}", flush=True)


def var_dir():
    """The folder of everything that is written, made when missing."""
    folder = Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _database():
    url = os.environ.get("DATABASE_URL") or "sqlite"
    return hashlib.sha256(url.encode()).hexdigest()[:16]


def code_digest():
    """Changes when a migration does, ours or (through the hashes) a package's."""
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for path in sorted(ROOT.glob("*/migrations/*.py")) + sorted(
        ROOT.glob("network_site/*/migrations/*.py")
    ):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


@dataclass
class State:
    """One file under var/, about one database."""

    database: str
    migrated: str = ""
    is_loaded: bool = False
    is_indexed: bool = False

    @classmethod
    def read(cls):
        try:
            kept = cls(**json.loads((var_dir() / "state.json").read_text()))
        except (OSError, TypeError, ValueError):
            return cls(_database())
        if kept.database != _database() or kept._database_is_gone():
            return cls(_database())
        return kept

    def _database_is_gone(self):
        return not os.environ.get("DATABASE_URL") and not (
            (var_dir() / "db.sqlite3").exists()
        )

    def is_ready(self, digest):
        return self.migrated == digest and self.is_loaded and self.is_indexed

    def write(self):
        path = var_dir() / "state.json"
        path.with_suffix(".tmp").write_text(json.dumps(asdict(self)))
        path.with_suffix(".tmp").replace(path)

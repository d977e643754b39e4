"""A handler that leaves a trace, and waits where a test wants to strike."""

import os
import time
from pathlib import Path

from network_site.core.outbox import handles

FOLDER = Path(os.environ.get("PROBE_DIR", "."))


@handles("probe.effect")
def leave_a_trace(name):
    (FOLDER / f"{name}.begun").touch()
    while (FOLDER / "hold").exists():
        time.sleep(0.02)
    with (FOLDER / f"{name}.effects").open("a") as stream:
        stream.write("once\n")

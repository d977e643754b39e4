"""`make audit`: the known flaws of the packages the site installs, asked of PyPI's advisories.

Needs the network. Where the advisories cannot be asked, that is said, and nothing is proved. Ends with 1 when
a listed package has a known flaw.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LISTS = ("requirements.txt", "requirements-dev.txt")


def say(words):
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def asked(uv, name):
    """What pip-audit says of a hashed list: its packages as it writes them; None without an answer."""
    command = [uv, "tool", "run", "-q", "pip-audit", "--require-hashes"]
    command += ["--disable-pip", "--progress-spinner=off", "-f=json", "-r", name]
    result = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    try:
        return json.loads(result.stdout)["dependencies"]
    except (ValueError, KeyError):
        return None


def main(uv):
    worst = 0
    for name in LISTS:
        packages = asked(uv, name)
        known = [one for one in packages or () if "skip_reason" not in one]
        if not known:
            say(f"{name}: the advisories cannot be asked from here. Nothing is proved.")
            continue
        flawed = [one for one in known if one["vulns"]]
        for one in flawed:
            for flaw in one["vulns"]:
                mended = ", ".join(flaw["fix_versions"]) or "none yet"
                say(
                    f"{name}: {one['name']} {one['version']}: {flaw['id']}, mended in {mended}"
                )
        unknown = len(packages) - len(known)
        say(f"{name}: {len(known)} asked, {len(flawed)} flawed, {unknown} unknown")
        worst = worst or int(bool(flawed))
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

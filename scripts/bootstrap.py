"""From any python3 to a ready environment, then to what was asked.

    python3 scripts/bootstrap.py run|install|env|exec|requirements|audit|reset [arguments]

`install` is what a server needs to run the site, `env` what proves it besides.

This file alone must run on an old interpreter (3.6 and later): it looks for a newer one,
builds .venv from the hashed requirements, and hands over to it.
"""

import glob
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
VENV_PYTHON = os.path.join(VENV, "bin", "python")
BOOT = os.path.join(ROOT, ".boot")
STAMP = os.path.join(VENV, ".installed")
OLDEST = (3, 12)
# Wheels exist for these; a newer interpreter is taken only when there is no other.
PREFERRED = [(3, 12), (3, 13), (3, 14)]
NEEDED_MODULES = ["ctypes", "sqlite3", "ssl", "venv", "zlib"]
HOW_TO_INSTALL = (
    "  Debian 13, Ubuntu 24.04 or newer : sudo apt-get install python3 python3-venv\n"
    "  Fedora                           : sudo dnf install python3.12\n"
    "  macOS                            : brew install python@3.12\n"
    "  anywhere                         : pyenv install 3.12   or   https://www.python.org/downloads/"
)
PACKAGE_OF = {
    "venv": "python3-venv",
    "ctypes": "libffi-dev (then build Python again)",
    "sqlite3": "libsqlite3-dev (then build Python again)",
    "ssl": "libssl-dev (then build Python again)",
    "zlib": "zlib1g-dev (then build Python again)",
}
PROBE = (
    "import sys\n"
    "missing = []\n"
    "for name in %r:\n"
    "    try:\n"
    "        __import__(name)\n"
    "    except ImportError:\n"
    "        missing.append(name)\n"
    "print('%%d %%d %%s' %% (sys.version_info[0], sys.version_info[1],"
    " ','.join(missing) or '-'))\n"
) % (NEEDED_MODULES,)

started = time.time()


def say(text):
    print("[%5.1f s] %s" % (time.time() - started, text), flush=True)


def give_up(text):
    sys.stderr.write("\n" + text.rstrip() + "\n")
    sys.exit(1)


# Finding an interpreter


def candidates():
    """Paths that may be a Python, in the order in which we would take them."""
    if os.environ.get("PYTHON_BIN"):
        yield os.environ["PYTHON_BIN"]
    yield sys.executable
    names = ["python%d.%d" % version for version in PREFERRED] + ["python3", "python"]
    folders = os.environ.get("PATH", "").split(os.pathsep)
    home = os.path.expanduser("~")
    for pattern in (
        home + "/.pyenv/versions/*/bin",
        home + "/.local/share/uv/python/*/bin",
        home + "/.local/bin",
        "/usr/local/bin",
        "/usr/local/python*/bin",
        "/opt/python*/bin",
        "/opt/*/bin",
        "/opt/homebrew/bin",
        "/usr/bin",
    ):
        folders.extend(sorted(glob.glob(pattern)))
    for name in names:
        for folder in folders:
            path = os.path.join(folder, name)
            if os.access(path, os.X_OK):
                yield path


def probe(path):
    """(version, missing modules) of the interpreter at `path`, or None.

    A shim may be there and lead nowhere (pyenv's end with 127): only what answers counts.
    """
    try:
        result = subprocess.run(
            [path, "-c", PROBE],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            timeout=20,
        )
        major, minor, missing = result.stdout.decode().split()
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    if result.returncode:
        return None
    return (int(major), int(minor)), [] if missing == "-" else missing.split(",")


def find_python():
    """The path of the best Python at hand; ends with a sentence when there is none."""
    found, incomplete, seen = {}, [], set()
    for path in candidates():
        real = os.path.realpath(path)
        # Shims share one file under many names: those are told apart by their path.
        key = path if "shims" in path else real
        if key in seen:
            continue
        seen.add(key)
        answer = probe(path)
        if answer is None or answer[0] < OLDEST:
            continue
        version, missing = answer
        if missing:
            incomplete.append((path, version, missing))
        elif version not in found:
            found[version] = path
            if version in PREFERRED[:2]:
                return path
    if found:
        return found[min(found)]
    if incomplete:
        path, version, missing = incomplete[0]
        lines = ["Python %d.%d (%s) lacks a part of itself:" % (version + (path,))]
        for name in missing:
            lines.append("  %s: install %s" % (name, PACKAGE_OF.get(name, name)))
        give_up("\n".join(lines))
    give_up(
        "This site needs Python %d.%d or newer, and only %d.%d was found (looked on PATH, in"
        " ~/.pyenv/versions, /usr/local and /opt).\nInstall one beside it, then type the"
        " same command again:\n%s"
        % (OLDEST + tuple(sys.version_info[:2]) + (HOW_TO_INSTALL,))
    )


# Building the environment


def digest(path):
    with open(path, "rb") as stream:
        return hashlib.sha256(stream.read()).hexdigest()


def installed():
    """What the environment was built from: {"requirements.txt": digest}."""
    try:
        with open(STAMP) as stream:
            return dict(line.split() for line in stream if line.strip())
    except (OSError, ValueError):
        return {}


def ensure_environment(for_tests):
    """Build or complete .venv; nothing to do takes no time."""
    state = installed() if os.access(VENV_PYTHON, os.X_OK) else {}
    # Once the test tools are there they stay: the two lists are installed as one.
    name = "requirements-dev.txt"
    if not for_tests and name not in state:
        name = "requirements.txt"
    path = os.path.join(ROOT, name)
    if state.get(name) == digest(path):
        return
    python = VENV_PYTHON if state else find_python()
    if not state:
        say("Building the environment (.venv) with %s" % python)
    else:
        say("Bringing the environment up to date (%s)" % name)
    if not install_with_uv(python, path, fresh=not state):
        install_with_pip(python, path, fresh=not state)
    with open(STAMP, "w") as stream:
        stream.write("%s %s\n" % (name, digest(path)))
    say("The environment is ready")


def quiet(command, **options):
    """Run `command`; return whether it worked, keeping what it said."""
    try:
        result = subprocess.run(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            cwd=ROOT,
            **options,
        )
    except OSError as error:
        # A program that is not there has not worked either.
        quiet.said = str(error)
        return False
    quiet.said = result.stdout.decode(errors="replace")
    return result.returncode == 0


def find_uv(python):
    """The path of uv, installed into .boot when the machine has none; None without it."""
    own = os.path.join(BOOT, "bin", "uv")
    for path in (own, shutil.which("uv")):
        if path and quiet([path, "--version"]):
            return path
    if not quiet([python, "-m", "venv", "--clear", BOOT]):
        return None
    pip = os.path.join(BOOT, "bin", "python")
    if not quiet([pip, "-m", "pip", "install", "-q", "uv"]):
        return None
    return own


def install_with_uv(python, path, fresh):
    uv = find_uv(python)
    if uv is None:
        say("uv cannot be had here; pip does it, more slowly")
        return False
    if fresh and not quiet([uv, "venv", "-q", "--clear", "--python", python, VENV]):
        return False
    say("Installing the packages of %s" % os.path.basename(path))
    if quiet(
        [uv, "pip", "sync", "-q", "--require-hashes", "--compile-bytecode"]
        + ["--python", VENV_PYTHON, path]
    ):
        return True
    say("uv could not install everything; pip tries")
    return False


def install_with_pip(python, path, fresh):
    if fresh or not os.access(VENV_PYTHON, os.X_OK):
        if not quiet([python, "-m", "venv", "--clear", VENV]):
            give_up(
                "The virtual environment could not be made:\n%s\nOn Debian and Ubuntu:"
                " sudo apt-get install python3-venv" % quiet.said[-1500:]
            )
    elif not quiet([VENV_PYTHON, "-m", "pip", "--version"]):
        quiet([VENV_PYTHON, "-m", "ensurepip"])
    say("Installing the packages of %s with pip" % os.path.basename(path))
    if not quiet(
        [VENV_PYTHON, "-m", "pip", "install", "-q", "--require-hashes", "-r", path]
    ):
        give_up(
            "The packages could not be installed:\n%s\nIs the package index reachable from"
            " here? Type the same command again to go on." % quiet.said[-3000:]
        )


# What was asked


def check_port():
    """Say plainly that the port is taken, before anything long is done."""
    text = os.environ.get("PORT") or "8000"
    try:
        port = int(text)
        if not 0 < port < 65536:
            raise ValueError
    except ValueError:
        give_up("PORT must be a number between 1 and 65535, not %r." % text)
    probe_socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    probe_socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe_socket.bind(("127.0.0.1", port))
    except OSError as error:
        give_up(
            "Port %d is not free (%s).\nStop what uses it, or choose another one:"
            " make run PORT=%d" % (port, error.strerror, port + 1)
        )
    finally:
        probe_socket.close()


def hand_over(arguments):
    """Become the environment's Python, so that signals reach the right process."""
    sys.stdout.flush()
    os.chdir(ROOT)
    os.execv(VENV_PYTHON, [VENV_PYTHON] + arguments)


def reset():
    """Remove what the site wrote, and only that."""
    folder = os.path.realpath(os.environ.get("VAR_DIR") or os.path.join(ROOT, "var"))
    if os.environ.get("DATABASE_URL", "").startswith(("postgres:", "postgresql:")):
        give_up(
            "make reset does not empty a PostgreSQL database: drop it and create it again"
            " yourself, then type make run."
        )
    removed = 0
    for name in (
        "cache demo-accounts.txt index mails media screenshots static state.json"
    ).split() + ["db.sqlite3", "db.sqlite3-shm", "db.sqlite3-wal"]:
        path = os.path.join(folder, name)
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path)
        elif os.path.lexists(path):
            os.remove(path)
        else:
            continue
        removed += 1
    if removed:
        print("%s is empty again; make run starts over." % folder)
    else:
        print("There was nothing to remove in %s." % folder)


def compile_requirements():
    """Write the hashed lists again: the same packages everywhere, no host named."""
    uv = find_uv(find_python())
    if uv is None:
        give_up("uv is needed to compile the lists, and could not be installed.")
    for name in ("requirements", "requirements-dev"):
        say("Compiling %s.txt" % name)
        if not quiet(
            [uv, "pip", "compile", "-q", "--universal", "--python-version", "3.12"]
            + ["--generate-hashes", "--no-annotate", "--no-header", "--upgrade"]
            + [name + ".in", "-o", name + ".txt"]
        ):
            give_up(quiet.said)


def audit():
    """Hand over to what asks about known flaws; without uv, say so."""
    uv = find_uv(find_python())
    if uv is None:
        give_up("uv is needed to ask about known flaws, and could not be installed.")
    ensure_environment(for_tests=True)
    hand_over(["scripts/audit.py", uv])


def main(arguments):
    action, rest = (arguments or ["env"])[0], arguments[1:]
    if action == "reset":
        reset()
    elif action == "run":
        check_port()
        ensure_environment(for_tests=False)
        hand_over(["scripts/run.py"] + rest)
    elif action == "install":
        ensure_environment(for_tests=False)
    elif action == "requirements":
        compile_requirements()
    elif action == "audit":
        audit()
    elif action == "env":
        ensure_environment(for_tests=True)
    elif action == "exec":
        ensure_environment(for_tests=True)
        hand_over(rest)
    else:
        give_up(
            "Unknown action %r: run, install, env, exec, requirements, audit or reset."
            % action
        )


if __name__ == "__main__":
    main(sys.argv[1:])

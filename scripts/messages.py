"""`make messages`: gather the sentences to translate and compile the catalogues.

With --check, write nothing and say whether the committed catalogue is complete and up to
date. Line numbers are left out, so that moving code makes no difference to the file.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "network_site" / "locale"
CATALOGUE = LOCALE / "fr" / "LC_MESSAGES" / "django.po"
IGNORED = [
    ".venv", ".boot", "var", "tests", "scripts", "docs", "node_modules",
]  # fmt: skip


def gather():
    """Run Django's makemessages with the options of this project."""
    command = [
        sys.executable,
        str(ROOT / "manage.py"),
        "makemessages",
        "--extension=html,txt,py,jinja",
        "--locale=fr",
        "--no-location",
        "--no-obsolete",
        "--no-wrap",
        "-v0",
        *(f"--ignore={name}" for name in IGNORED),
    ]
    with tempfile.TemporaryDirectory() as var_dir:
        subprocess.run(
            command,
            cwd=ROOT,
            check=True,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "network_site.settings.dev",
                "VAR_DIR": var_dir,
            },
        )


def sentences(path):
    return {
        (entry.msgctxt, entry.msgid, entry.msgid_plural)
        for entry in polib.pofile(str(path))
        if not entry.obsolete
    }


def main(arguments):
    if shutil.which("xgettext") is None:
        sys.exit("gettext is missing: sudo apt-get install gettext")
    kept = CATALOGUE.read_bytes() if CATALOGUE.exists() else b""
    compiled = CATALOGUE.with_suffix(".mo")
    kept_compiled = compiled.read_bytes() if compiled.exists() else b""
    before = sentences(CATALOGUE) if kept else set()
    check = "--check" in arguments
    try:
        gather()
        after = sentences(CATALOGUE)
        catalogue = polib.pofile(str(CATALOGUE))
        fuzzy = [entry.msgid for entry in catalogue.fuzzy_entries()]
        missing = [entry.msgid for entry in catalogue.untranslated_entries()]
        if not check:
            catalogue.save_as_mofile(str(compiled))
    finally:
        if check:
            for path, content in ((CATALOGUE, kept), (compiled, kept_compiled)):
                if content:
                    path.write_bytes(content)
                else:
                    path.unlink(missing_ok=True)
    for title, found in (
        ("Not gathered yet", [key[1] for key in after - before] if check else []),
        ("No longer in the code", [key[1] for key in before - after] if check else []),
        ("To be checked (fuzzy)", fuzzy),
        ("Without a French text", missing),
    ):
        if found:
            print(f"{title}: {len(found)}")
            for sentence in sorted(found)[:40]:
                print(f"  {sentence!r}")
    print(f"{len(after)} sentences, {len(missing)} without a French text")
    is_clean = after == before and not fuzzy and not missing
    return 0 if is_clean or not check else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The slow part of `make run`, done once: migrate, load the founding content, index it."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django
from django.core.management import call_command, get_commands

from scripts.state import State, code_digest, say, var_dir


def main():
    say("Starting Django")
    django.setup()
    state, digest = State.read(), code_digest()
    if state.migrated != digest:
        say("Migrating the database (half a minute the first time)")
        call_command("migrate", verbosity=0, interactive=False)
        if state.is_loaded:
            # What the new version adds to the frame: a page, a right.
            with open(os.devnull, "w") as out:
                call_command("setup_site", stdout=out)
            # What it says of things that were there before.
            call_command("rebuild_catalogue", verbosity=0)
        state.migrated = digest
        state.write()
    commands = get_commands()
    if not state.is_loaded and "load_demo" in commands:
        say("Loading the founding content")
        call_command("load_demo", verbosity=1)
        if "demo_accounts" in commands:
            with (var_dir() / "demo-accounts.txt").open("w", encoding="utf-8") as out:
                call_command("demo_accounts", stdout=out, verbosity=1)
        state.is_loaded = True
        state.is_indexed = False
        state.write()
    if not state.is_indexed and "rebuild_search" in commands:
        say("Building the search index")
        call_command("rebuild_search", verbosity=0)
        state.is_indexed = True
        state.write()
    say("Everything is in place")


if __name__ == "__main__":
    main()

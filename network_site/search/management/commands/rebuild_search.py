"""Write the search index anew, beside the one being served."""

import time

from django.core.management.base import BaseCommand, CommandError

from network_site.search import indexing
from network_site.search.engine import RebuildRunning
from network_site.search.stores import get_store


class Command(BaseCommand):
    help = (
        "Rebuilds the search index; the present one serves until the new one is ready."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-needed",
            action="store_true",
            help="Do nothing when there is an index that can be read.",
        )

    def handle(self, *args, **options):
        """Rebuild and say how far it is on one line."""
        if options["if_needed"] and not get_store().state():
            self.stdout.write("The search index is up to date.")
            return
        started = time.monotonic()
        try:
            count = indexing.rebuild(self.show if options["verbosity"] else None)
        except RebuildRunning as error:
            raise CommandError(
                "Another process is rebuilding the search index."
            ) from error
        seconds = time.monotonic() - started
        self.stdout.write(f"\nSearch index: {count} objects in {seconds:.1f} s.")

    def show(self, done, total):
        self.stdout.write(f"\r  {done}/{total}", ending="")
        self.stdout.flush()

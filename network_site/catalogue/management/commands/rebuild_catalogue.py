from django.core.management.base import BaseCommand

from network_site.catalogue import building


class Command(BaseCommand):
    help = "Write the entries of the catalogue anew, while the site serves."

    def add_arguments(self, parser):
        parser.add_argument(
            "--compare",
            action="store_true",
            help="Also keep what differed, as the nightly comparison does.",
        )

    def handle(self, compare=False, verbosity=1, **options):
        if compare:
            found = building.compare()
            self.stdout.write(
                f"{found.entry_count} entries, {len(found.differences)} differed"
            )
            for one in found.differences:
                self.stdout.write(f"  {one['model']}:{one['pk']} {one['fields']}")
            return
        wrong = building.rebuild(self._progress if verbosity > 1 else None)
        self.stdout.write(f"Catalogue written; {wrong} entries were not up to date")

    def _progress(self, done, total):
        self.stdout.write(f"{done} of {total}")

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from network_site.taxonomies.services import TERRITORIES_FILE, import_territories


class Command(BaseCommand):
    help = "Bring régions, départements, EPCI and communes in line with the reference file."

    def add_arguments(self, parser):
        parser.add_argument(
            "--file",
            type=Path,
            default=TERRITORIES_FILE,
            help="a file of the same form as the one shipped",
        )

    def handle(self, *, file, verbosity, **options):
        try:
            created, updated = import_territories(path=file)
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(f"{file}: {error}") from error
        if verbosity:
            self.stdout.write(f"territories: {created} created, {updated} updated")

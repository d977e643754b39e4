from django.core.management.base import BaseCommand

from network_site.demo import loader


class Command(BaseCommand):
    """Takes away everything `load_demo` made, and nothing else."""

    help = "Remove the founding content and the invented members."

    def handle(self, *args, verbosity, **options):
        removed, kept = loader.remove(say=self.stdout.write)
        if verbosity:
            self.stdout.write(f"{removed} rows removed, {len(kept)} kept.")

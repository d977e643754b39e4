from django.core.management.base import BaseCommand

from network_site.home.services import ensure_site


class Command(BaseCommand):
    """Creates the frame of the site: pages, groups, rights, workflows. Safe to run again."""

    help = "Create the site's pages, groups, rights and workflows; safe to run again."

    def add_arguments(self, parser):
        parser.add_argument("--hostname", default="localhost")
        parser.add_argument("--port", type=int, default=80)

    def handle(self, *args, **options):
        home = ensure_site(hostname=options["hostname"], port=options["port"])
        self.stdout.write(f"The site stands: {home.url_path}")

from django.core.management.base import BaseCommand

from network_site.core.outbox import drain


class Command(BaseCommand):
    help = (
        "Handle what waits in the outbox, then stop (the worker does it all the time)."
    )

    def handle(self, **options):
        self.stdout.write(f"{drain()} entries handled")

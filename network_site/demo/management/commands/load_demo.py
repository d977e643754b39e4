import time

from django.core.management import call_command
from django.core.management.base import BaseCommand

from network_site.demo import loader


class Command(BaseCommand):
    """Loads the founding content and the invented members; does nothing the second time."""

    help = "Load the founding content with its invented members (once)."

    def handle(self, *args, verbosity, **options):
        started = time.monotonic()

        def say(words):
            if verbosity:
                self.stdout.write(f"  {time.monotonic() - started:4.1f} s  {words}")
                self.stdout.flush()

        if not loader.load(say=say):
            self.stdout.write("The founding content is already there.")
            return
        say("Done")
        if verbosity:
            summary = ", ".join(f"{number} {name}" for name, number in loader.counts())
            self.stdout.write(summary)
            call_command("demo_accounts", stdout=self.stdout)

import time

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from network_site.demo import loader


class Command(BaseCommand):
    """Loads the founding content and the invented members; does nothing the second time."""

    help = "Load the founding content with its invented members (once)."

    def add_arguments(self, parser):
        parser.add_argument(
            "--without-accounts",
            action="store_true",
            help="The invented members cannot log in and hold no power; needed in production.",
        )

    def handle(self, *args, verbosity, without_accounts=False, **options):
        if not (without_accounts or settings.DEMO_ACCOUNTS_ALLOWED):
            raise CommandError(
                "The accounts of the demonstration have a password that everybody knows:"
                " on this site load the content with --without-accounts."
            )
        started = time.monotonic()

        def say(words):
            if verbosity:
                self.stdout.write(f"  {time.monotonic() - started:4.1f} s  {words}")
                self.stdout.flush()

        if not loader.load(say=say, with_accounts=not without_accounts):
            self.stdout.write("The founding content is already there.")
            return
        say("Done")
        if verbosity:
            summary = ", ".join(f"{number} {name}" for name, number in loader.counts())
            self.stdout.write(summary)
            if not without_accounts:
                call_command("demo_accounts", stdout=self.stdout)

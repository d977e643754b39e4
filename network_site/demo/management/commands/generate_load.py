import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from network_site.demo.load import generate


class Command(BaseCommand):
    """Makes a network of the intended size at random, to measure on; once."""

    help = (
        "Fill a database of development with invented contents in number (20,000 records,"
        " 200,000 posts, 10,000 members at scale 1)."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--scale", type=float, default=0.1, help="1: the whole; 0.1: a tenth"
        )
        parser.add_argument(
            "--seed", type=int, default=1, help="the same seed, the same contents"
        )

    def handle(self, *args, scale, seed, verbosity, **options):
        if not settings.DEMO_ACCOUNTS_ALLOWED:
            raise CommandError(
                "This site is in production: invented contents in number would stand among"
                " the real ones. Nothing was done."
            )
        if not 0 < scale <= 10:
            raise CommandError("--scale is more than 0 and at most 10.")
        started = time.monotonic()

        def say(words, ending="\n"):
            if verbosity:
                self.stderr.write(
                    f"{time.monotonic() - started:6.1f} s  {words}", ending=ending
                )
                self.stderr.flush()

        def say_part(done, total):
            say(f"    {done}/{total}", ending="\r")

        sizes = generate.generate(scale=scale, seed=seed, say=say, say_part=say_part)
        if sizes is None:
            self.stdout.write(
                "A generated network is already there: nothing was done. To make another"
                " one, begin with an empty database."
            )
            return
        say("Done")
        self.stdout.write(
            f"Made: {sizes.records} records, {sizes.practices} practices, {sizes.days} days,"
            f" {sizes.threads} threads, {max(sizes.posts, sizes.threads)} posts,"
            f" {sizes.members} members, {sizes.organisations} organisations."
        )

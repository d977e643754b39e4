"""Count mails that came back: from a pipe, a Maildir or a mailbox."""

import os
import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from network_site.mailing.mailboxes import (
    MailboxError,
    read_imap,
    read_maildir,
)
from network_site.mailing.reports import (
    NotOurs,
    UnreadableReport,
    receive,
)

# What mail servers understand of a program they pipe to (sysexits.h).
BROKEN = os.EX_DATAERR
LATER = os.EX_TEMPFAIL


class Command(BaseCommand):
    help = (
        "Count mails that came back. Without an option one message is read from the"
        " standard input, as a mail server pipes it: exit code 65 when it is not a mail,"
        " 75 when it must be given again later."
    )

    def add_arguments(self, parser):
        source = parser.add_mutually_exclusive_group()
        source.add_argument(
            "--maildir", help="read the unseen messages of this Maildir"
        )
        source.add_argument(
            "--imap",
            action="store_true",
            help="read the unseen messages of the mailbox MAIL_BOUNCE_URL",
        )
        parser.add_argument(
            "--recipient",
            default="",
            help="the address the message was delivered to, when no header says so",
        )

    def handle(self, *args, **options):
        try:
            if options["maildir"]:
                self._say(read_maildir(options["maildir"]))
            elif options["imap"]:
                if not settings.MAIL_BOUNCE_URL:
                    raise CommandError("MAIL_BOUNCE_URL is not set.")
                self._say(read_imap(settings.MAIL_BOUNCE_URL))
            else:
                self._receive(sys.stdin.buffer.read(), options["recipient"])
        except MailboxError as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(
                f"The database did not answer: {error}", returncode=LATER
            ) from error

    def _receive(self, raw, recipient):
        try:
            bounce = receive(raw, recipient)
        except UnreadableReport as error:
            raise CommandError(f"Not counted: {error}", returncode=BROKEN) from error
        except NotOurs as reason:
            # Said, and swallowed: returning it would write to whoever it claims to be from.
            self.stderr.write(f"Not counted: {reason}")
            return
        self.stdout.write(
            "Known already." if bounce is None else f"Counted: {bounce.address}"
        )

    def _say(self, found):
        self.stdout.write(
            f"{found['counted']} counted, {found['known']} known already,"
            f" {found['other']} other, {found['unreadable']} unreadable"
        )
        if found["unreadable"]:
            raise CommandError(
                f"{found['unreadable']} messages are not mails; they are flagged.",
                returncode=BROKEN,
            )

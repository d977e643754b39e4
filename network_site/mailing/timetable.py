"""What is done at fixed times about mails: returns read, the old forgotten."""

from django.conf import settings

from network_site.core.timetable import daily, every
from network_site.mailing import mailboxes, retention


@every(minutes=10)
def read_returned_mails():
    """Read the mailbox of returns, where one is set."""
    if settings.MAIL_BOUNCE_URL:
        mailboxes.read_imap(settings.MAIL_BOUNCE_URL)


@daily(at="03:40")
def forget_old_mails():
    """Keep the journal of mails no longer than the privacy page says."""
    retention.prune_mails()

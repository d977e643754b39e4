"""Where returned mails are read from: a Maildir, or a mailbox by IMAP.

Nothing is deleted. What was read is marked as seen; what could not be understood is flagged
besides, for a person to look at.
"""

import imaplib
import logging
import mailbox
from collections import Counter
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

from network_site.mailing.reports import (
    NotOurs,
    UnreadableReport,
    receive,
)

logger = logging.getLogger(__name__)

TIMEOUT = 30
# Ports of IMAP (RFC 8314).
PORTS = {"imaps": 993, "imap": 143}


class MailboxError(Exception):
    """The mailbox cannot be read; says why."""


def read_maildir(path):
    """Count the reports of the Maildir `path` not yet seen; return a Counter of outcomes.

    The outcomes: "counted", "known", "other" (no report of ours) and "unreadable".
    """
    try:
        box = mailbox.Maildir(path, create=False)
    except mailbox.NoSuchMailboxError as error:
        raise MailboxError(f"No Maildir at {path}") from error
    found = Counter()
    for key in sorted(box.keys()):
        message = box.get_message(key)
        if "S" in message.get_flags():
            continue
        outcome = _outcome(box.get_bytes(key), key)
        found[outcome] += 1
        message.add_flag("FS" if outcome == "unreadable" else "S")
        message.set_subdir("cur")
        box[key] = message
    return found


def read_imap(url):
    """The same for a mailbox "imaps://user:password@host/INBOX"."""
    found = Counter()
    with _mailbox(url) as server:
        _status, (numbers,) = server.uid("search", None, "UNSEEN")
        for number in (numbers or b"").split():
            _status, parts = server.uid("fetch", number, "(BODY.PEEK[])")
            raw = next((part[1] for part in parts if isinstance(part, tuple)), b"")
            outcome = _outcome(raw, number.decode())
            found[outcome] += 1
            flags = r"(\Seen \Flagged)" if outcome == "unreadable" else r"(\Seen)"
            server.uid("store", number, "+FLAGS", flags)
    return found


@contextmanager
def _mailbox(address):
    url = urlsplit(address)
    if url.scheme not in PORTS or not url.hostname:
        raise MailboxError("MAIL_BOUNCE_URL must be imaps://user:password@host/mailbox")
    connect = imaplib.IMAP4_SSL if url.scheme == "imaps" else imaplib.IMAP4
    try:
        server = connect(url.hostname, url.port or PORTS[url.scheme], timeout=TIMEOUT)
        try:
            server.login(unquote(url.username or ""), unquote(url.password or ""))
            name = unquote(url.path.strip("/")) or "INBOX"
            status, reply = server.select(f'"{name}"')
            if status != "OK":
                raise MailboxError(f"No mailbox {name}: {reply[0]!r}")
            yield server
        finally:
            server.logout()
    except (OSError, imaplib.IMAP4.error) as error:
        raise MailboxError(f"The mailbox at {url.hostname}: {error}") from error


def _outcome(raw, name):
    try:
        bounce = receive(raw)
    except NotOurs as reason:
        logger.info("Returned mail %s: %s", name, reason)
        return "other"
    except UnreadableReport as reason:
        logger.warning("Returned mail %s: %s", name, reason)
        return "unreadable"
    return "known" if bounce is None else "counted"

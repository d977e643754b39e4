"""Reads the reports of mail servers (RFC 3464), and what resembles them.

flufl.bounce knows the dialects of servers that write no proper report; the fields of those
that do are read here. A report counts only when it came back to an address that we signed
(addresses.py): anybody can write one.
"""

import email
import email.policy
import hashlib
import logging
from dataclasses import dataclass
from email.utils import getaddresses

from flufl.bounce import all_failures

from network_site.notifications import addresses, bounces
from network_site.notifications.models import OutgoingMail

# It writes a traceback for what is raised below, and said there in one line.
logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)

# Where servers write down whom they delivered to; the first that is ours is taken.
RECIPIENT_HEADERS = (
    "Delivered-To",
    "X-Original-To",
    "Envelope-To",
    "X-Envelope-To",
    "X-Delivered-To",
    "To",
)
# A report is some kilobytes; one that carries back a large mail is read no further.
LONGEST_REPORT = 5 * 1024 * 1024


class UnreadableReport(Exception):
    """Not a mail at all: somebody must look at it."""


class NotOurs(Exception):
    """A mail, but no report on one of ours: an answer, an advertisement, a forgery."""


@dataclass(frozen=True)
class Report:
    """What a server said of one of our mails; `status` as in RFC 3463 ("5.1.1")."""

    mail_id: int
    status: str
    diagnostic: str
    is_hard: bool
    identifier: str


def receive(raw, recipient=""):
    """Read a returned mail (bytes) and count it; return its Bounce, None when it was known.

    `recipient` is the address it was delivered to, when the mail server says so besides the
    headers. Raises NotOurs or UnreadableReport.
    """
    report = read_report(raw, recipient)
    mail = OutgoingMail.objects.filter(pk=report.mail_id).first()
    if mail is None:
        raise NotOurs("the mail is no longer in the journal")
    return bounces.note_bounce(
        report_id=report.identifier,
        address=mail.address,
        mail=mail,
        status=report.status,
        diagnostic=report.diagnostic,
        is_hard=report.is_hard,
    )


def read_report(raw, recipient=""):
    """The Report in `raw` (bytes); raises NotOurs or UnreadableReport."""
    message = email.message_from_bytes(
        raw[:LONGEST_REPORT], policy=email.policy.compat32
    )
    if not message.keys():
        raise UnreadableReport("no headers: this is not a mail")
    mail_id = _mail_id(message, recipient)
    if mail_id is None:
        raise NotOurs("not sent to an address signed by this site")
    status, diagnostic = _delivery_status(message)
    if not status:
        status = _status_by_dialect(message)
    if not status:
        raise NotOurs("not a report of a mail server")
    is_hard = bounces.is_hard(status)
    # A mail is refused for good once, however often that is reported.
    identifier = (
        f"hard:{mail_id}" if is_hard else f"soft:{mail_id}:{_own_id(message, raw)}"
    )
    return Report(mail_id, status, diagnostic, is_hard, identifier)


def _mail_id(message, recipient):
    values = [recipient]
    for header in RECIPIENT_HEADERS:
        values += [str(value) for value in message.get_all(header, [])]
    for _name, address in getaddresses(values):
        found = addresses.returned_mail_id(address)
        if found is not None:
            return found
    return None


def _delivery_status(message):
    """(status, diagnostic) of the first recipient that failed or waits, else ("", "")."""
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks = part.get_payload()
        for block in blocks if isinstance(blocks, list) else []:
            action = str(block.get("Action", "")).strip().lower()
            diagnostic = " ".join(str(block.get("Diagnostic-Code", "")).split())
            status = str(block.get("Status", "")).strip().split(" ")[0]
            if action.startswith("delayed"):
                return status if status.startswith("4.") else "4.0.0", diagnostic
            if action.startswith(("fail", "error")):
                if status in {"", "5.0.0"}:
                    # Some servers keep the reason for what they quote.
                    status = _status_within(diagnostic) or "5.0.0"
                return status, diagnostic
    return "", ""


def _status_by_dialect(message):
    """The same, by the words of servers that write no fields."""
    if _is_automatic_answer(message):
        return ""
    try:
        temporary, permanent = all_failures(message)
    except Exception as error:
        # Its detectors trip over mails that lack what every mail has.
        raise UnreadableReport(f"half a mail ({type(error).__name__})") from error
    if permanent:
        return "5.0.0"
    return "4.0.0" if temporary else ""


def _is_automatic_answer(message):
    """Whether it is an out-of-office reply (RFC 3834); a server's report was read before."""
    return (
        str(message.get("Auto-Submitted", "")).lower().startswith("auto-replied")
        or "X-Autoreply" in message
        or "X-Auto-Response-Suppress" in message
        or str(message.get("Precedence", "")).lower() == "auto_reply"
    )


def _status_within(diagnostic):
    """The first code of RFC 3463 in `diagnostic`, or ""."""
    for word in diagnostic.replace("#", " ").replace(";", " ").split():
        parts = word.strip("()[]:,").split(".")
        is_code = len(parts) == 3 and all(part.isdigit() for part in parts)
        if is_code and parts[0] in {"4", "5"}:
            return ".".join(parts)
    return ""


def _own_id(message, raw):
    """What tells a report from another: its Message-ID, or its content."""
    named = str(message.get("Message-ID", "")).strip()
    return hashlib.sha256(named.encode(errors="replace") or raw).hexdigest()[:40]

"""Reads what comes back to our return addresses, and counts it.

Reports of servers (RFC 3464) and their many dialects, complaints (RFC 5965). What counts is
what is told of the address we wrote to. A report counts only when it came back to an address
that we signed (addresses.py): anybody can write one.
"""

import hashlib
import re
from dataclasses import dataclass

from network_site.mailing import (
    addresses,
    bounces,
)
from network_site.mailing.mime import (
    LONGEST_HEADER,
    NotAMail,
)
from network_site.mailing.models import OutgoingMail
from network_site.mailing.refusals import (
    LONGEST_SAID,
    Cause,
    Refusal,
    understand,
)
from network_site.mailing.return_kinds import (
    Kind,
    has_transcript,
)
from network_site.mailing.returned import (
    quoted,
    take_apart,
)

# Where servers write down whom they delivered to; the first that is ours is taken.
RECIPIENT_HEADERS = (
    "Delivered-To",
    "X-Original-To",
    "Envelope-To",
    "X-Envelope-To",
    "X-Delivered-To",
    "To",
)
# Reports by the reader about something else than an unwanted mail (RFC 5965 7.3, RFC 6591).
NO_COMPLAINTS = {"not-spam", "auth-failure", "dmarc", "virus"}


class UnreadableReport(Exception):
    """Not a mail at all: somebody must look at it."""


class NotOurs(Exception):
    """A mail, but no report on one of ours: an answer, an advertisement, a forgery."""


@dataclass(frozen=True)
class Report:
    """What was said of one of our mails; `status` as in RFC 3463 ("5.1.1")."""

    mail_id: int
    status: str
    diagnostic: str
    cause: Cause
    is_hard: bool
    identifier: str
    # The server that refused, "" when the report does not say.
    host: str = ""


def receive(raw, recipient=""):
    """Read a returned mail (bytes) and count it; return its Bounce, None when it was known.

    `recipient` is the address it was delivered to, when the mail server says so besides the
    headers. Raises NotOurs or UnreadableReport.
    """
    back = _take_apart(raw)
    mail_id = _mail_id(back, recipient)
    mail = OutgoingMail.objects.filter(pk=mail_id).first()
    if mail is None:
        raise NotOurs("the mail is no longer in the journal")
    report = _report(back, mail_id, raw, mail.address)
    return bounces.note_bounce(
        report_id=report.identifier,
        address=mail.address,
        mail=mail,
        status=report.status,
        diagnostic=report.diagnostic,
        is_hard=report.is_hard,
        cause=report.cause,
        host=report.host,
    )


def read_report(raw, recipient="", address=""):
    """The Report in `raw` (bytes); raises NotOurs or UnreadableReport.

    `address` is the one we wrote to: where a report names several, its own lines count.
    """
    back = _take_apart(raw)
    return _report(back, _mail_id(back, recipient), raw, address)


def _take_apart(raw):
    try:
        return take_apart(raw)
    except NotAMail as error:
        raise UnreadableReport(str(error)) from error


def _report(back, mail_id, raw, address):
    if back.kind is Kind.COMPLAINT:
        return _complaint(back, mail_id)
    if back.kind is not Kind.REPORT:
        raise NotOurs("not a report of a mail server")
    refusal, said, host = _refusal(back, address)
    # A mail is refused for good once, however often that is reported.
    identifier = (
        f"hard:{mail_id}"
        if refusal.is_hard
        else f"soft:{mail_id}:{_own_id(back.message, raw)}"
    )
    return Report(
        mail_id,
        refusal.status,
        said,
        refusal.cause,
        refusal.is_hard,
        identifier,
        host,
    )


def _complaint(back, mail_id):
    kind = back.complaint.get("feedback-type", "abuse").lower()
    if kind in NO_COMPLAINTS:
        raise NotOurs(f"a report of the kind {kind[:40]}, which is no complaint")
    said = f"Feedback-Type: {kind}"
    return Report(mail_id, "", said, Cause.COMPLAINT, False, f"complaint:{mail_id}")


# Whose mail


def _mail_id(back, recipient):
    found = _signed_in(
        [
            recipient,
            *(
                value
                for name in RECIPIENT_HEADERS
                for value in back.message.all(name)[:5]
            ),
        ]
    )
    if found is None and back.kind is Kind.COMPLAINT:
        # Complaints come to one address for all: what they quote bears our signature.
        found = _signed_in(
            [
                back.complaint.get("original-mail-from", ""),
                *(inner.get("Return-Path") for inner in quoted(back.message)),
            ]
        )
    if found is None:
        raise NotOurs("not sent to an address signed by this site")
    return found


def _signed_in(values):
    for value in values:
        for word in re.split(r"[\s<>,;:\"()]+", value[:LONGEST_HEADER]):
            found = addresses.returned_mail_id(word) if "@" in word else None
            if found is not None:
                return found
    return None


# What it says


def _refusal(back, address):
    """(Refusal, what was said, by which server) of a report."""
    chosen = _chosen(back.recipients, address)
    if back.recipients and chosen is None:
        raise NotOurs("a report of a mail that arrived")
    if chosen is None:
        return _by_text(back)
    is_transient = chosen.action.startswith("delayed")
    said = f"{chosen.said} {chosen.comment}".strip()
    refusal = understand(said, chosen.status, is_transient=is_transient)
    if refusal is None:
        refusal, said, _host = _by_text(back, chosen.status)
        if is_transient or chosen.status.startswith("4"):
            refusal = refusal._replace(is_hard=False)
    elif not refusal.status:
        refusal = refusal._replace(status="4.0.0" if is_transient else "5.0.0")
    return refusal, chosen.said or said, chosen.host or _host_in(back.text)


def _chosen(recipients, address):
    """The fields to go by: those of our address, else the first that tell of a failure."""
    failed = [one for one in recipients if _is_failure(one)]
    ours = [one for one in failed if address.lower() in one.addresses]
    return next(iter(ours or failed), None)


def _is_failure(one):
    has_arrived = one.action.startswith(("delivered", "relayed", "expanded"))
    return not has_arrived and not one.status.startswith("2")


def _by_text(back, status=""):
    """The same, of a report that says it in words only."""
    said = _spoken(back.text)
    refusal = None
    if back.is_by_server:
        # Some write beneath the copy: there only what looks like a dialogue counts.
        after = _spoken(back.rest) if has_transcript(back.rest) else ""
        for words in (said, back.text, _after_title(back.subject), after):
            refusal = refusal or understand(words, is_transient=back.is_delay)
    if refusal is None:
        vague = status or ("4.0.0" if back.is_delay else "5.0.0")
        refusal = Refusal(Cause.OTHER, vague, False)
    elif not refusal.status:
        vague = "4.0.0" if back.is_delay else "5.0.0"
        refusal = refusal._replace(status=status or vague)
    return refusal, (said or back.text.strip())[:LONGEST_SAID], _host_in(back.text)


def _after_title(subject):
    """What sendmail and Domino say in the subject; others repeat there what we wrote."""
    title, _colon, words = subject.partition(":")
    return words if title.lower() in {"returned mail", "delivery failure"} else ""


_PARAGRAPHS = re.compile(r"\n[ \t]*\n")
# A refusal in the middle of a text: "550 5.1.1 …", "550-…", "(#5.1.1)".
_REPLY = re.compile(
    r"(?<![\w.:=/+])(?:([45]\d\d)(?:[ -]{1,3}#?([45]\.[0-7]\.\d{1,3}))?|#?([45]\.[0-7]\.\d{1,3}))(?![\w./])"
)


def _spoken(text):
    """What a server was told by another, in a text around it: from its first code to the next."""
    first = None
    for paragraph in _PARAGRAPHS.split(text[: 4 * LONGEST_HEADER]):
        for found in _REPLY.finditer(paragraph):
            if first is None:
                start, first = (
                    paragraph.rfind("\n", 0, found.start()) + 1,
                    found.groups(),
                )
            elif found.groups() != first:
                end = paragraph.rfind("\n", 0, found.start()) + 1
                return paragraph[start : end if end > start else found.start()]
        if first:
            return paragraph[start:]
    return ""


def _host_in(text):
    found = re.search(r"\bhost:? ([\w-]+(?:\.[\w-]+)+)", text[: LONGEST_HEADER * 4])
    return found[1].lower()[:200] if found else ""


def _own_id(message, raw):
    """What tells a report from another: its Message-ID, or its content."""
    named = message.get("Message-ID")
    return hashlib.sha256(named.encode(errors="replace") or raw).hexdigest()[:40]

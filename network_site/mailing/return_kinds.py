"""Tells the return of a mail from what else arrives where returns do: notes of absence, receipts.

A machine that answers for a person (RFC 3834) and one that returns a mail (RFC 3464) write much
the same headers. What a server wrote is known by what only servers write; an empty return path
alone says that a machine wrote, and not which.
"""

import re
from enum import Enum, auto

from network_site.core.text import fold
from network_site.mailing.mime import LONGEST_HEADER


class Kind(Enum):
    """What came back."""

    REPORT = auto()
    COMPLAINT = auto()
    # Somebody's machine answers for them (RFC 3834): nothing against the address.
    ANSWER = auto()
    OTHER = auto()


_DAEMONS = ("mailer-daemon", "mailerdaemon", "postmaster", "post_master")
_DAEMON_NAMES = ("mail delivery", "mailer daemon", "mail administrator")
_SUBJECTS = (
    "undeliver",
    "returned mail",
    "returned to sender",
    "returning to sender",
    "delivery status",
    "delivery fail",
    "delivery error",
    "delivery has failed",
    "delivery notification",
    "mail delivery",
    "failure notice",
    "delivery report",
    "mail system error",
    "non remis",
    "non distribu",
    "non delivre",
    "echec de la remise",
    "echec de remise",
    "echec d envoi",
    "echec de l envoi",
    "echec de livraison",
    "retour a l expediteur",
    "rapport de non remise",
    "notification d etat de remise",
)
_AWAY = (
    "out of office",
    "out of the office",
    "automatic reply",
    "auto reply",
    "autoreply",
    "auto response",
    "automatic response",
    "away from",
    "away until",
    "vacation",
    "on leave until",
    "on holiday",
    "reponse automatique",
    "message automatique d absence",
    "message d absence",
    "notification d absence",
    "absence du bureau",
    "absent du bureau",
    "absente du bureau",
    "en conge",
    "conges",
    "je suis absent",
    "je serai absent",
    "actuellement absent",
    "absence",
    "absent du",
    "absente du",
    "absent jusqu",
    "absente jusqu",
)
_DELAYED = (
    "warning only",
    "warning message only",
    "not yet been delivered",
    "has been delayed",
    "is delayed",
    "message delayed",
    "still undelivered",
    "still being retried",
    "temporary failure report",
    "will be retried",
    "delivery incomplete",
    "remise differee",
    "remise retardee",
    "pas encore ete remis",
    "pas encore pu etre remis",
)
# A refusal as it was said in the dialogue: "550 5.1.1", "550-#5.1.1"; at the head of a line
# the number alone will do.
_TRANSCRIPT = re.compile(
    r"(?<![\w.])[45]\d\d[ -]{1,3}[(#]{0,2}[45]\.[0-7]\.\d{1,3}(?!\w)"
)
_REPLIED = re.compile(r"^[ \t<>:]{0,20}[45]\d\d[ -][A-Za-z<]", re.MULTILINE)


def kind_of(message, parts, text, recipients):
    """(Kind, whether a server wrote it beyond doubt)."""
    if _is_receipt(message):
        return Kind.ANSWER, False
    if (
        recipients
        or _is_report(message, parts)
        or "X-Failed-Recipients" in message
        or "X-MS-Exchange-Message-Is-Ndr" in message
        or _is_from_a_daemon(message)
    ):
        return Kind.REPORT, True
    subject = fold(message.readable("Subject"))
    if _is_away(subject):
        return Kind.ANSWER, False
    is_returned = _has_empty_return_path(message)
    is_told = has_transcript(text) or (is_returned and bool(_REPLIED.search(text)))
    if is_told or any(words in subject for words in _SUBJECTS):
        return Kind.REPORT, True
    if _is_automatic_answer(message) or _is_away(fold(text[:LONGEST_HEADER])):
        return Kind.ANSWER, False
    # Nobody but machines leaves the return path empty, yet what this one says is unknown.
    return (Kind.REPORT if is_returned else Kind.OTHER), False


def _is_away(words):
    return any(f" {one}" in f" {words}" for one in _AWAY)


def _is_receipt(message):
    """Whether it tells that a mail was read (RFC 8098)."""
    return message.param("report-type").lower() == "disposition-notification"


def has_transcript(text):
    """Whether `text` repeats a dialogue between servers: "550 5.1.1 …"."""
    return bool(_TRANSCRIPT.search(text))


def _is_report(message, parts):
    if any(part.content_type.endswith("delivery-status") for part in parts):
        return True
    kind = message.param("report-type").lower()
    return message.content_type == "multipart/report" and (
        kind in {"", "delivery-status", "global-delivery-status"}
    )


def _is_from_a_daemon(message):
    for name in ("From", "Return-Path", "Sender"):
        value = message.readable(name).lower()
        local = value.rpartition("<")[2].strip('<>" ').partition("@")[0]
        if local.split(" ")[0].strip('"') in _DAEMONS:
            return True
        if any(words in fold(value) for words in _DAEMON_NAMES):
            return True
    return False


def _has_empty_return_path(message):
    return any(
        name in message and message.get(name).strip("<> ") == ""
        for name in ("Return-Path", "From")
    )


def _is_automatic_answer(message):
    """Whether its headers say that a machine answers (RFC 3834, and what programs write)."""
    return (
        message.get("Auto-Submitted").lower().startswith("auto-replied")
        or "X-Autoreply" in message
        or "X-Autorespond" in message
        or "X-Auto-Response-Suppress" in message
        or message.get("Precedence").lower() == "auto_reply"
    )


def is_delay(message, text):
    words = fold(f"{message.readable('Subject')} {text[:LONGEST_HEADER]}")
    return any(one in words for one in _DELAYED)

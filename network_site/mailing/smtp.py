"""The SMTP backend of MAILERS: knows when nobody can tell whether a mail arrived.

smtplib raises the same exception when the server hangs up before a message and after it. The
difference decides whether the mail may be sent again, so this backend says which.
"""

import contextlib
import email.policy
import logging
import smtplib
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from django.core.mail.backends.smtp import EmailBackend as DjangoBackend

logger = logging.getLogger(__name__)

# RFC 5321 (4.5.3.2.6) lets a server think for ten minutes after the last dot. Half of it: the
# lease of a claimed mail must outlast it.
SECONDS_AFTER_THE_DOT = 300
# Servers close a connection that goes on for ever; better to be first.
MAILS_A_CONNECTION = 100


# What programs read, and read as it stands: never an "encoded word" (RFC 2047 5).
READ_BY_PROGRAMS = ("list-unsubscribe", "list-archive", "list-post", "message-id")
LONGEST_LINE = 998
# The same in fifty thousand summaries: folding a sender with accents costs more than the rest.
SHARED = ("from", "list-id")


class WholeAddresses(email.policy.EmailPolicy):
    """email.policy.SMTP, with long addresses left whole.

    The standard library encodes a word of more than 78 characters to break it over lines, and
    no mail program finds the address of List-Unsubscribe in that (cpython issue 85725).
    """

    def fold(self, name, value):
        return self._whole(name, value) or super().fold(name, value)

    def fold_binary(self, name, value):
        whole = self._whole(name, value)
        if whole:
            return whole.encode("ascii")
        if name.lower() in SHARED:
            return _folded_once(name, str(value))
        return super().fold_binary(name, value)

    def _whole(self, name, value):
        line = f"{name}: {value}{self.linesep}"
        fits = value.isascii() and len(line) <= LONGEST_LINE and "\n" not in value
        return line if fits and name.lower() in READ_BY_PROGRAMS else None


@lru_cache(maxsize=64)
def _folded_once(name, text):
    standard = email.policy.SMTP
    return standard.fold_binary(name, standard.header_factory(name, text))


POLICY = WholeAddresses(linesep="\r\n")


class InterruptedHandOver(smtplib.SMTPException):
    """The whole message was given to the server, whose answer never came."""


class _WatchfulMixin:
    mails_sent = 0

    def data(self, msg):
        """As smtplib's own, saying what it waited for when the connection is lost.

        A connection lost before the last dot left means that nothing was accepted; lost
        while waiting for the answer to it, nobody can tell: InterruptedHandOver.
        """
        self.putcmd("data")
        code, reply = self.getreply()
        if code != 354:
            raise smtplib.SMTPDataError(code, reply)
        body = smtplib._quote_periods(msg)
        if not body.endswith(b"\r\n"):
            body += b"\r\n"
        self.send(body + b".\r\n")
        before = self.sock.gettimeout()
        self.sock.settimeout(max(before or 0, SECONDS_AFTER_THE_DOT))
        try:
            code, reply = self.getreply()
        except (smtplib.SMTPException, OSError) as error:
            raise InterruptedHandOver(str(error)) from error
        if self.sock is not None:
            self.sock.settimeout(before)
        if code // 100 not in {2, 4, 5}:
            # Not an answer of SMTP: the message may be in, or not.
            self.close()
            raise InterruptedHandOver(f"{code} {_said(reply)}")
        self.mails_sent += 1
        return (250 if code < 300 else code), reply


class _WatchfulSMTP(_WatchfulMixin, smtplib.SMTP):
    pass


class _WatchfulSMTPWithTLS(_WatchfulMixin, smtplib.SMTP_SSL):
    pass


class EmailBackend(DjangoBackend):
    """Django's, with a connection that is renewed when the server has closed it."""

    @property
    def connection_class(self):
        return _WatchfulSMTPWithTLS if self.use_ssl else _WatchfulSMTP

    def open(self):
        stale = self.connection is not None and (
            self.connection.sock is None
            or self.connection.mails_sent >= MAILS_A_CONNECTION
        )
        if stale:
            self.close()
        return super().open()

    def _send(self, email_message):
        if not email_message.recipients():
            return False
        sender = self.prep_address(email_message.from_email)
        recipients = [self.prep_address(one) for one in email_message.recipients()]
        # Written before the dialogue begins: a header that cannot be is no server's fault.
        content = email_message.message(policy=POLICY).as_bytes()
        was_used = self.connection.mails_sent > 0
        try:
            self.connection.sendmail(sender, recipients, content)
        except (smtplib.SMTPServerDisconnected, smtplib.SMTPSenderRefused) as error:
            # An idle connection that the server had closed meanwhile: a new one, once.
            ended = getattr(error, "smtp_code", 421) == 421
            if not (was_used and ended):
                raise
            self.close()
            self.open()
            self.connection.sendmail(sender, recipients, content)
        return True

    def _close_connection(self, connection):
        """Take leave; a server that answers that badly has its mails all the same."""
        try:
            connection.quit()
        except (smtplib.SMTPException, OSError) as error:
            logger.debug("The mail server took no leave: %s", error)
            with contextlib.suppress(OSError):
                connection.close()


class Fate(Enum):
    """What an error of a mail server means for the mail at hand."""

    # Refused for good: this mail is not tried again.
    REFUSED = "refused"
    # Refused for now: this mail later, the others meanwhile.
    LATER = "later"
    # The server cannot be spoken to: this mail and the others later.
    UNREACHABLE = "unreachable"
    # Handed over, perhaps: never again.
    UNCERTAIN = "uncertain"


@dataclass(frozen=True)
class Verdict:
    """The fate of a mail, and what the server said: `status` as in RFC 3463 ("5.1.1")."""

    fate: Fate
    said: str
    status: str = ""
    # Whether it was the recipient that was refused, not the sender or the content.
    is_about_recipient: bool = False


def verdict_on(error):
    """What `error`, raised while a mail was sent, means (RFC 5321 4.2.1, RFC 3463)."""
    if isinstance(error, InterruptedHandOver):
        return Verdict(Fate.UNCERTAIN, f"No answer after the message: {error}")
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, reply = next(iter(error.recipients.values()))
        return _verdict(code, reply, is_about_recipient=True)
    if isinstance(error, smtplib.SMTPDataError):
        return _verdict(error.smtp_code, error.smtp_error)
    if isinstance(error, smtplib.SMTPSenderRefused) and error.smtp_code == 552:
        # Too long for that server: the only refusal at this point that the mail caused.
        return _verdict(error.smtp_code, error.smtp_error)
    if isinstance(error, smtplib.SMTPResponseException):
        # Not let in, or not with this sender: it would be said of every mail.
        said = f"{error.smtp_code} {_said(error.smtp_error)}"
        return Verdict(Fate.UNREACHABLE, said)
    if isinstance(error, OSError):
        return Verdict(Fate.UNREACHABLE, f"{type(error).__name__}: {error}")
    return Verdict(Fate.REFUSED, f"{type(error).__name__}: {error}")


def _verdict(code, reply, *, is_about_recipient=False):
    said = _said(reply)
    status = _enhanced_status(said) or f"{code // 100}.0.0"
    if code == 421:
        fate = Fate.UNREACHABLE
    else:
        fate = Fate.REFUSED if code >= 500 else Fate.LATER
    return Verdict(fate, f"{code} {said}", status, is_about_recipient)


def _said(reply):
    text = (
        reply.decode("utf-8", errors="replace") if isinstance(reply, bytes) else reply
    )
    return " ".join(str(text).split())


def _enhanced_status(said):
    """The code of RFC 3463 with which many servers begin what they say."""
    word = said.split(" ", 1)[0].lstrip("#")
    parts = word.split(".")
    is_code = len(parts) == 3 and all(part.isdigit() for part in parts)
    return word if is_code and parts[0] in {"4", "5"} else ""

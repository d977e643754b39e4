"""Takes a returned mail apart: what kind it is, the fields of its report, its words.

No opinion on addresses (refusals.py), no database (reports.py). Every step is linear in what
came in, and what came in is bounded (mime.py): whoever received one of our mails can send
anything to its return address.
"""

from dataclasses import dataclass, field

from network_site.core.text import fold
from network_site.mailing import mime
from network_site.mailing.mime import (
    LONGEST_HEADER,
    LONGEST_TEXT,
)
from network_site.mailing.refusals import codes_in
from network_site.mailing.return_kinds import (
    Kind,
    is_delay,
    kind_of,
)

MOST_RECIPIENTS = 50


@dataclass(frozen=True)
class Recipient:
    """What a report's fields say of one recipient (RFC 3464 2.3)."""

    addresses: tuple = ()
    action: str = ""
    status: str = ""
    # What the server adds in brackets after the code.
    comment: str = ""
    said: str = ""
    host: str = ""


@dataclass(frozen=True)
class Returned:
    """A returned mail: `text` is what its server wrote, down to the copy of ours."""

    message: object
    kind: Kind
    text: str = ""
    rest: str = ""
    subject: str = ""
    recipients: tuple = ()
    complaint: dict = field(default_factory=dict)
    # Whether a server wrote it beyond doubt: only then its plain words count.
    is_by_server: bool = False
    is_delay: bool = False


def take_apart(raw):
    """The Returned in `raw` (bytes); raises mime.NotAMail."""
    message = mime.read(raw)
    parts = list(message.walk())
    for part in parts:
        if part.content_type == "message/feedback-report":
            fields = next(_blocks(part.text()), {})
            return Returned(message, Kind.COMPLAINT, complaint=fields)
    text, rest = _text_of(parts)
    if not text:
        # The parts have lost their boundaries.
        text, rest = _until_the_copy(_unquoted(message.text()))
    recipients = _recipients(parts, text)
    kind, is_by_server = kind_of(message, parts, text, recipients)
    return Returned(
        message,
        kind,
        text,
        rest,
        message.readable("Subject"),
        recipients,
        is_by_server=is_by_server,
        is_delay=is_delay(message, text),
    )


def quoted(message):
    """The mails that `message` quotes, whole or by their headers."""
    found = [
        part.inner()
        for part in message.walk()
        if part.content_type in {"message/rfc822", "text/rfc822-headers"}
    ]
    return [inner for inner in found if inner is not None]


def _text_of(parts):
    """(what the server wrote for people, what follows as the copy of our mail)."""
    for kind in ("text/plain", "text/html"):
        written = [part.text() for part in parts if part.content_type == kind]
        if kind == "text/html":
            written = [_without_tags(one) for one in written]
        cut = [_until_the_copy(_unquoted(one)) for one in written]
        text, rest = (
            "\n\n".join(filter(None, ends))
            for ends in (zip(*cut, strict=True) if cut else ("", ""))
        )
        if text:
            return text[:LONGEST_TEXT], rest[:LONGEST_TEXT]
    return "", ""


def _without_tags(html):
    """The words of `html`; styles and scripts go with their tags."""
    kept, position, lowered = [], 0, html.lower()
    while (start := html.find("<", position)) >= 0:
        kept.append(html[position:start])
        for name in ("style", "script"):
            if lowered.startswith(f"<{name}", start):
                start = lowered.find(f"</{name}", start)
                break
        end = html.find(">", start) if start >= 0 else -1
        if end < 0:
            return " ".join(kept)
        kept.append(
            "\n"
            if lowered.startswith(("<br", "<p", "</p", "</div", "</tr"), start)
            else " "
        )
        position = end + 1
    return "".join([*kept, html[position:]])


def _unquoted(text):
    """`text` without the marks of a quotation: some people forward their reports."""
    return "\n".join(line.removeprefix("> ") for line in text.split("\n"))


# How servers announce the copy of the mail they return, folded: in a sentence of their own,
# or as a title between dashes or at the head of a line.
_COPY_SENTENCES = (
    "below this line is a copy",
    "this is a copy of",
    "is a copy of the message",
    "is a copy of the original",
    "enclosed is a copy",
    "included is a copy",
    "original message follows",
    "message headers follow",
    "message header follows",
    "header of the original message",
    "headers of the original message",
    "ci dessous une copie",
    "copie de votre message",
)
_COPY_TITLES = (
    "original message",
    "original mail",
    "unsent message",
    "returned message",
    "non delivered information",
    "message text follows",
    "copie du message",
    "message d origine",
    "message original",
    "en tetes du message",
    "en tetes de message",
    "en tetes d origine",
)
_OWN_HEADERS = ("received:", "return-path:", "message-id:", "dkim-signature:")


def _until_the_copy(text):
    """(what was written, what follows as the copy of our mail)."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        bare = line.strip()
        if not bare:
            continue
        # An announcement stands alone on its line.
        if line.lower().startswith(_OWN_HEADERS) or (
            len(bare) < 100 and _announces_a_copy(bare)
        ):
            return "\n".join(lines[:number]).strip(), "\n".join(lines[number:])
    return text.strip(), ""


def _announces_a_copy(line):
    words = f"{fold(line)} "
    if any(f"{one} " in words for one in _COPY_SENTENCES):
        return True
    if line.startswith(("-", "*", "|", "_", "=")):
        return any(one in words for one in _COPY_TITLES)
    return words.startswith(_COPY_TITLES)


# The fields of a report


def _recipients(parts, text):
    for part in [*parts, *_wrapped(parts)]:
        if part.content_type.endswith("delivery-status"):
            found = _read_recipients(part.text())
            if found:
                return found
    return _read_recipients(text) if "-recipient:" in text.lower() else ()


def _wrapped(parts):
    """The parts of a report that a gateway returns within its own."""
    return [
        deeper
        for part in parts
        if part.content_type == "message/rfc822" and (inner := part.inner())
        if inner.content_type == "multipart/report"
        for deeper in inner.walk()
    ]


def _read_recipients(text):
    return tuple(
        _recipient(fields)
        for fields in _blocks(text)
        if "final-recipient" in fields or "original-recipient" in fields
    )[:MOST_RECIPIENTS]


def _recipient(fields):
    status, _blank, comment = fields.get("status", "").partition(" ")
    code = next(iter(codes_in(status)), "")
    return Recipient(
        addresses=tuple(
            _address(fields[name])
            for name in ("original-recipient", "final-recipient")
            if name in fields
        ),
        action=fields.get("action", "").lower(),
        status=code,
        comment=f"{comment} {fields.get('x-powermta-bouncecategory', '')}".strip(),
        said=_without_type(fields.get("diagnostic-code", "")),
        host=_host(fields.get("remote-mta", "")),
    )


def _blocks(text):
    """The fields of each paragraph of `text`: {name: value}, names in lower case."""
    fields, last = {}, ""
    for line in [*text.split("\n"), ""]:
        if not line.strip():
            if fields:
                yield fields
            fields, last = {}, ""
        elif line[0] in " \t" and last:
            fields[last] = f"{fields[last]} {line.strip()}"[:LONGEST_HEADER]
        else:
            name, colon, value = line.partition(":")
            last = name.strip().lower() if colon and " " not in name.strip() else ""
            if last and last not in fields:
                fields[last] = value.strip()[:LONGEST_HEADER]
            elif last:
                last = ""


def _without_type(value):
    """`value` without what a field begins with ("smtp;", "rfc822;", "dns;")."""
    kind, semicolon, rest = value.partition(";")
    is_type = semicolon and kind.strip().replace("-", "").isalnum()
    return (rest if is_type else value).strip()


def _address(value):
    return _without_type(value).strip("<> ").lower()


def _host(value):
    words = _without_type(value).split()
    return words[0].strip("[]().,").lower()[:200] if words else ""

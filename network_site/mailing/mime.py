"""The headers and parts of a mail that anybody may have written, read in linear time.

The parser of the standard library takes minutes over some mails of half a megabyte (parts by
the ten thousand, parts within parts, parameters without end). Here everything is counted: what
goes beyond is not read. Nothing raises but NotAMail.
"""

import base64
import binascii
import quopri
from dataclasses import dataclass
from email.header import decode_header, make_header

# A report is some kilobytes before the copy of our mail; the rest says nothing more.
LONGEST_MAIL = 512 * 1024
LONGEST_TEXT = 32 * 1024
LONGEST_HEADER = 2000
MOST_HEADERS = 300
MOST_PARTS = 40
DEEPEST = 5


class NotAMail(Exception):
    """No headers."""


@dataclass(frozen=True)
class Part:
    """A mail, or a part of one: `headers` {name in lower case: [values]}, its body, its parts."""

    headers: dict
    body: bytes = b""
    parts: tuple = ()

    def all(self, name):
        """Every value of the header `name`, each on one line."""
        return self.headers.get(name.lower(), [])

    def get(self, name):
        """Its first value, "" when there is none."""
        return next(iter(self.all(name)), "")

    def readable(self, name):
        """The same in letters (RFC 2047)."""
        value = self.get(name)
        if "=?" not in value:
            return value
        try:
            return str(make_header(decode_header(value)))
        except (LookupError, ValueError):
            return value

    def __contains__(self, name):
        return name.lower() in self.headers

    @property
    def content_type(self):
        kind = self.get("Content-Type").partition(";")[0].strip().lower()
        return kind if "/" in kind else "text/plain"

    def param(self, name):
        """The parameter `name` of Content-Type, "" when there is none."""
        for piece in self.get("Content-Type").split(";")[1:]:
            key, _equals, value = piece.partition("=")
            if key.strip().lower() == name:
                return value.strip().strip('"')
        return ""

    def walk(self):
        """This part and those within, in their order; quoted mails are not entered."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def text(self):
        """The body in letters, whatever its type."""
        raw = _decoded(self.body, self.get("Content-Transfer-Encoding").lower())
        try:
            return raw.decode(self.param("charset") or "utf-8", "replace")[
                :LONGEST_TEXT
            ]
        except (LookupError, ValueError):
            return raw.decode("latin-1")[:LONGEST_TEXT]

    def inner(self):
        """The mail that this part quotes, or None."""
        try:
            return _read(
                _decoded(self.body, self.get("Content-Transfer-Encoding").lower())
            )
        except NotAMail:
            return None


def read(raw):
    """The mail in `raw` (bytes) as a Part; raises NotAMail."""
    raw = raw[:LONGEST_MAIL].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return _read(raw)


def _read(raw):
    headers, body = _headers(raw)
    if not headers:
        raise NotAMail("no headers: this is not a mail")
    return _part(headers, body, DEEPEST, [MOST_PARTS])


def _headers(raw):
    """({name: [values]}, what follows) of a mail or a part."""
    headers, name, position, count = {}, "", 0, 0
    while position < len(raw):
        end = raw.find(b"\n", position)
        end = len(raw) if end < 0 else end
        line = raw[position:end]
        if not line.strip():
            return headers, raw[end + 1 :]
        if line[:1] in b" \t":
            if name:
                value = f"{headers[name][-1]} {_letters(line).strip()}"
                headers[name][-1] = value[:LONGEST_HEADER]
        elif position or not line.startswith(b"From "):
            count += 1
            name = _name_of(line)
            if not name:
                # Where the blank line is missing.
                return headers, raw[position:]
            if count > MOST_HEADERS:
                return headers, raw[position:].partition(b"\n\n")[2]
            value = _letters(line).partition(":")[2].strip()
            headers.setdefault(name, []).append(value)
        position = end + 1
    return headers, b""


def _name_of(line):
    name, colon, _value = line[:200].partition(b":")
    is_name = colon and name.strip() and b" " not in name.strip()
    return _letters(name).strip().lower() if is_name else ""


def _letters(line):
    return line[:LONGEST_HEADER].decode("utf-8", "replace")


def _part(headers, body, depth, left):
    part = Part(headers, body)
    boundary = part.param("boundary").encode("utf-8", "replace")
    if not part.content_type.startswith("multipart/") or not boundary or not depth:
        return part
    pieces = (b"\n" + body).split(b"\n--" + boundary, left[0] + 1)
    found = []
    for piece in pieces[1:]:
        if piece.startswith(b"--") or left[0] <= 0:
            break
        left[0] -= 1
        # What follows the boundary on its line says nothing.
        within = piece.partition(b"\n")[2]
        # A part without headers begins with its blank line.
        inner, rest = ({}, within[1:]) if within[:1] == b"\n" else _headers(within)
        found.append(_part(inner, rest, depth - 1, left))
    return Part(headers, body, tuple(found))


def _decoded(body, encoding):
    body = body[: 6 * LONGEST_TEXT]
    if encoding == "quoted-printable":
        return quopri.decodestring(body)
    if encoding == "base64":
        try:
            return base64.b64decode(body[: len(body) // 4 * 4])
        except (binascii.Error, ValueError):
            return body
    return body

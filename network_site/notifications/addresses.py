"""The addresses that machines answer to: where mails come back, where replies will arrive.

A mail that comes back is known by the address it comes back to (VERP): the number of the mail
and a signature stand between "+" and "@" of MAIL_BOUNCE_ADDRESS ("subaddressing", RFC 5233).
Anybody can forge a report; nobody can forge that address. Both are lower case and digits
only, since some servers fold the case of what stands before "@" (RFC 5321 2.4).
"""

from base64 import b32encode
from email.utils import make_msgid
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from network_site.core.numbers import whole_number

BOUNCE_SALT = "notifications.bounce"
REPLY_SALT = "notifications.reply"
# 80 bits: what stands before "@" may have 64 characters at most (RFC 5321 4.5.3.1.1).
SIGNATURE_LENGTH = 16
LOCAL_PART_LIMIT = 64


class ReplyTo(NamedTuple):
    """Whose answer a reply is, and to what: a kind of one letter or word and a number."""

    kind: str
    pk: int
    user_id: int


def mail_host():
    """The host of the network's addresses: in Message-ID and List-Id."""
    return urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"


def envelope_sender(mail_id):
    """Where the server returns mail `mail_id`: "retours+<id>.<signature>@…".

    None without MAIL_BOUNCE_ADDRESS: mails return to the address they are written from.
    """
    return _extended(settings.MAIL_BOUNCE_ADDRESS, str(mail_id), BOUNCE_SALT)


def returned_mail_id(address):
    """The mail that a report sent to `address` is about, or None when it is not ours."""
    payload = _payload(settings.MAIL_BOUNCE_ADDRESS, address, BOUNCE_SALT)
    return whole_number(payload)


def reply_address(kind, pk, user_id):
    """Where `user_id` answers to the object `kind` `pk` by mail: "reponse+<token>@…".

    `kind` is letters only ("post"). None without MAIL_REPLY_ADDRESS: such a mail has no Reply-To.
    """
    if not (kind.isascii() and kind.isalpha() and kind.islower()):
        raise ValueError(f"A kind of reply is lower-case letters, not {kind!r}")
    return _extended(settings.MAIL_REPLY_ADDRESS, f"{kind}-{pk}-{user_id}", REPLY_SALT)


def unseal_reply(address):
    """The ReplyTo of an address a reply came to, or None when it was not made here."""
    payload = _payload(settings.MAIL_REPLY_ADDRESS, address, REPLY_SALT)
    if payload is None:
        return None
    kind, pk, user_id = payload.split("-")
    return ReplyTo(kind, int(pk), int(user_id))


def _extended(base, payload, salt):
    if not base:
        return None
    local, _at, domain = base.rpartition("@")
    full = f"{local}+{payload}.{_signature(payload, salt)}"
    if len(full) > LOCAL_PART_LIMIT:
        raise ValueError(f"Too long before @ for a mail address: {full}")
    return f"{full}@{domain}"


def _payload(base, address, salt):
    """What stands signed between "+" and "@", or None."""
    if not base:
        return None
    local, _at, domain = base.lower().rpartition("@")
    found, _at, found_domain = address.strip().strip("<>").lower().rpartition("@")
    prefix = f"{local}+"
    if found_domain != domain or not found.startswith(prefix):
        return None
    payload, _dot, signature = found.removeprefix(prefix).rpartition(".")
    if not payload.isascii() or not signature.isascii():
        return None
    if not constant_time_compare(signature, _signature(payload, salt)):
        return None
    return payload


def _signature(payload, salt):
    digest = salted_hmac(salt, payload, algorithm="sha256").digest()
    return b32encode(digest).decode().lower()[:SIGNATURE_LENGTH]


def new_message_id():
    """A Message-ID of our host, whichever machine writes (RFC 5322 3.6.4)."""
    return make_msgid(domain=mail_host())

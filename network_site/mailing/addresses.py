"""The address that machines answer to: where mails come back.

A mail that comes back is known by the address it comes back to (VERP): the number of the mail
and a signature stand between "+" and "@" of MAIL_BOUNCE_ADDRESS ("subaddressing", RFC 5233).
Anybody can forge a report; nobody can forge that address. Both are lower case and digits
only, since some servers fold the case of what stands before "@" (RFC 5321 2.4).
"""

from base64 import b32encode
from email.utils import make_msgid

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from network_site.core.addresses import site_host
from network_site.core.numbers import whole_number

BOUNCE_SALT = "notifications.bounce"
# 80 bits: what stands before "@" may have 64 characters at most (RFC 5321 4.5.3.1.1).
SIGNATURE_LENGTH = 16
LOCAL_PART_LIMIT = 64


def envelope_sender(mail_id):
    """Where the server returns mail `mail_id`: "retours+<id>.<signature>@…".

    None without MAIL_BOUNCE_ADDRESS: mails return to the address they are written from.
    """
    return _extended(settings.MAIL_BOUNCE_ADDRESS, str(mail_id), BOUNCE_SALT)


def returned_mail_id(address):
    """The mail that a report sent to `address` is about, or None when it is not ours."""
    payload = _payload(settings.MAIL_BOUNCE_ADDRESS, address, BOUNCE_SALT)
    return whole_number(payload)


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
    return make_msgid(domain=site_host())

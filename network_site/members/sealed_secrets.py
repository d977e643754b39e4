"""Secrets of second factors, readable only with a key that the database does not hold.

A copy of the database (a backup, a disk) must not be enough to make somebody's codes. The
secrets of applications and the seeds of recovery codes are sealed with Fernet
(https://github.com/fernet/spec). The key comes from MFA_ENCRYPTION_KEYS, the first of which
seals while all open; without it, from SECRET_KEY. What SECRET_KEY sealed stays readable, so
that keys may be set later: `manage.py reseal_second_factors` then seals everything anew.
"""

import base64
from functools import lru_cache

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_PURPOSE = b"network_site second factors"


class Unreadable(Exception):
    """Sealed by a key that is not among ours, or not sealed at all."""


@lru_cache(maxsize=4)
def _box(words):
    return MultiFernet([Fernet(_key_of(one)) for one in words])


def _key_of(words):
    """A key of Fernet's, from words of any length (HKDF, RFC 5869)."""
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE)
    return base64.urlsafe_b64encode(made.derive(words.encode()))


def _ours():
    return _box(
        (
            *settings.MFA_ENCRYPTION_KEYS,
            settings.SECRET_KEY,
            *settings.SECRET_KEY_FALLBACKS,
        )
    )


def seal(text):
    """`text` as the database may keep it."""
    return _ours().encrypt(text.encode()).decode()


def unseal(sealed):
    """The text that was sealed. Raises Unreadable."""
    try:
        return _ours().decrypt(str(sealed).encode()).decode()
    except InvalidToken as error:
        raise Unreadable from error


def each_secret(data, change):
    """Replace in `data` of an Authenticator each secret by `change(secret)`; returns whether
    there was any. Passkeys hold none: what the site keeps of them is public."""
    found = False
    for name in ("secret", "seed"):
        if name in data:
            data[name] = change(data[name])
            found = True
    if data.get("migrated_codes"):
        data["migrated_codes"] = [change(code) for code in data["migrated_codes"]]
        found = True
    return found


def reseal():
    """Seal every secret with the first key; returns (how many, the keys of unreadable rows)."""
    done, unreadable = 0, []
    for row in Authenticator.objects.order_by("pk"):
        try:
            found = each_secret(row.data, lambda sealed: seal(unseal(sealed)))
        except Unreadable:
            unreadable.append(row.pk)
            continue
        if found:
            row.save(update_fields=["data"])
            done += 1
    return done, unreadable


def unreadable_rows():
    """The keys of the authenticators whose secret no key of ours opens."""
    found = []
    for row in Authenticator.objects.order_by("pk"):
        try:
            each_secret(row.data, unseal)
        except Unreadable:
            found.append(row.pk)
    return found

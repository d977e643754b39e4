"""Addresses written in mails: absolute, and signed where they act for their reader.

A signed address names one person and one thing; opening it shows, only a POST acts, since
the scanners of mail servers open every link. It does not expire: the footer of an old mail
must still work (RFC 8058 asks no less of List-Unsubscribe).
"""

from typing import NamedTuple

from django.core import signing
from django.urls import reverse

from network_site.core.addresses import absolute

SALT = "notifications.from_mail"
# What a signed address may be about, besides "kind:pk" of something followed.
DIGEST = "digest"


class Errand(NamedTuple):
    """What a signed address is for: one person, and "kind:pk", "digest" or "name:<name>"."""

    user_id: int
    about: str


def seal(user_id, about):
    """The signed token of an errand."""
    return signing.dumps([user_id, about], salt=SALT, compress=False)


def unseal(token):
    """The Errand of a token, or None when it was not signed here."""
    try:
        user_id, about = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Errand(user_id, about)


def mail_settings_link(user_id, about):
    """Where the reader of a mail changes what they receive about `about`, without login.

    The same address serves List-Unsubscribe: GET shows, POST acts.
    """
    return absolute(
        reverse("notifications:from_mail", args=[seal(user_id, str(about))])
    )

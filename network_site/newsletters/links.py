"""Signed addresses of the newsletter: to confirm a subscription, to stop receiving it.

The address to stop does not expire: the one in an old mail must still work (RFC 8058).
"""

from typing import NamedTuple

from django.core import signing
from django.urls import reverse
from django.utils import translation

from network_site.core.addresses import absolute
from network_site.newsletters.models import NewsletterIndexPage

CONFIRM_SALT = "newsletters.confirm"
LEAVE_SALT = "newsletters.leave"
CONFIRM_SECONDS = 7 * 86_400


class Reader(NamedTuple):
    """Who a signed address is for: a member or a subscription, by its key."""

    is_member: bool
    pk: int


def confirm_link(subscription):
    """Where a subscription is confirmed, within seven days."""
    token = signing.dumps([subscription.pk, subscription.email], salt=CONFIRM_SALT)
    return absolute(reverse("newsletters:confirm", args=[token]))


def unseal_confirmation(token):
    """The (key, address) of a confirmation, None when it is forged or too old."""
    try:
        pk, email = signing.loads(token, salt=CONFIRM_SALT, max_age=CONFIRM_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return pk, email


def leave_link(*, is_member, pk):
    """The address at which one person stops receiving the newsletter, without login."""
    token = signing.dumps(["m" if is_member else "s", pk], salt=LEAVE_SALT)
    return absolute(reverse("newsletters:leave", args=[token]))


def unseal_leave(token):
    """The Reader of a token, None when it was not signed here."""
    try:
        kind, pk = signing.loads(token, salt=LEAVE_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Reader(kind == "m", pk)


def archive_path():
    """The path of the list of issues; the home page's while there is none."""
    index = NewsletterIndexPage.objects.live().first()
    parts = index.get_url_parts() if index else None
    return parts[2] if parts else "/"


def archive_address():
    """The address of the list of issues, the same in every mail."""
    with translation.override("fr"):
        return absolute(archive_path())

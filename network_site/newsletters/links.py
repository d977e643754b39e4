"""Signed addresses of the newsletter: to confirm a subscription, to stop receiving it.

The address to stop does not expire: the one in an old mail must still work (RFC 8058).
"""

from datetime import timedelta
from typing import NamedTuple

from django.urls import reverse
from django.utils import translation

from network_site.core.addresses import absolute
from network_site.core.seals import Seal
from network_site.newsletters.models import NewsletterIndexPage, Subscription

CONFIRM = Seal("newsletters.confirm", lasts=timedelta(days=7))
LEAVE = Seal("newsletters.leave")


class Reader(NamedTuple):
    """Who a signed address is for: a member or a subscription, by its key."""

    is_member: bool
    pk: int


def confirm_link(subscription):
    """Where a subscription is confirmed, within seven days."""
    token = CONFIRM.sign([subscription.pk, subscription.email])
    return absolute(reverse("newsletters:confirm", args=[token]))


def asked_of(value):
    """The Subscription that its signed address confirms; None once it is left or erased."""
    pk, email = value
    return Subscription.objects.filter(pk=pk, email=email, unsubscribed_at=None).first()


def leave_link(*, is_member, pk):
    """The address at which one person stops receiving the newsletter, without login."""
    token = LEAVE.sign(["m" if is_member else "s", pk])
    return absolute(reverse("newsletters:leave", args=[token]))


def reader_of(value):
    """The Reader that was signed."""
    kind, pk = value
    return Reader(kind == "m", int(pk))


def archive_path():
    """The path of the list of issues; the home page's while there is none."""
    index = NewsletterIndexPage.objects.live().first()
    parts = index.get_url_parts() if index else None
    return parts[2] if parts else "/"


def archive_address():
    """The address of the list of issues, the same in every mail."""
    with translation.override("fr"):
        return absolute(archive_path())

"""The signed address by which whoever received a message refuses, reports or answers it.

It does not expire: the footer of an old mail must still work. Opening it shows, only a POST
acts, since the scanners of mail servers open every link.
"""

from django.core import signing
from django.urls import reverse

from network_site.directory.models import ContactMessage

_SALT = "directory.message"


def message_path(message):
    """The path of the page where the recipient of `message` decides about it."""
    token = signing.dumps(message.pk, salt=_SALT, compress=False)
    return reverse("contact_message", args=[token])


def message_of(token):
    """The ContactMessage of a signed token, or None when it is of no use (any more)."""
    try:
        pk = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return (
        ContactMessage.objects.select_related("sender", "recipient", "organization")
        .filter(pk=pk)
        .first()
    )

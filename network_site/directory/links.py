"""The signed address by which whoever received a message refuses, reports or answers it.

It does not expire: the footer of an old mail must still work. Opening it shows, only a POST
acts, since the scanners of mail servers open every link.
"""

from django.urls import reverse

from network_site.core.seals import Seal
from network_site.directory.models import ContactMessage

MESSAGE = Seal("directory.message")


def message_path(message):
    """The path of the page where the recipient of `message` decides about it."""
    return reverse("contact_message", args=[MESSAGE.sign(message.pk)])


def message_of(pk):
    """The ContactMessage that was signed; None once it or both its people are gone."""
    message = (
        ContactMessage.objects.select_related("sender", "recipient", "organization")
        .filter(pk=pk)
        .first()
    )
    if message and message.sender_id is None and message.recipient_id is None:
        return None
    return message

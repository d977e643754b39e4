"""The signed address by which a mail lets its reader give a place back."""

from django.core import signing
from django.urls import reverse

from events.models import Registration
from network_site.core.addresses import absolute

_SALT = "events.mail_cancel"
# A day may be announced a year ahead; the link must still work on its eve.
_LIFE = 400 * 24 * 3600


def token_of(registration):
    """A token for this place only: after a cancellation a new place has a new token."""
    return signing.dumps([registration.pk, registration.sequence], salt=_SALT)


def cancel_link(registration):
    """The full address, in the active language, of the page that gives the place back."""
    return absolute(reverse("events:mail_cancel", args=[token_of(registration)]))


def registration_of_token(token):
    """The Registration the token stands for; None when it has been replaced or erased.

    Raises signing.BadSignature when the token is not ours or too old.
    """
    registration_id, sequence = signing.loads(token, salt=_SALT, max_age=_LIFE)
    return (
        Registration.objects.filter(pk=registration_id, sequence=sequence)
        .select_related("event__state", "user")
        .first()
    )

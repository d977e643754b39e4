"""The signed address by which a mail lets its reader give a place back."""

from datetime import timedelta

from django.urls import reverse

from events.models import Registration
from network_site.core.addresses import absolute
from network_site.core.seals import Seal

# A day may be announced a year ahead; the link must still work on its eve.
CANCEL = Seal("events.mail_cancel", lasts=timedelta(days=400))


def token_of(registration):
    """A token for this place only: after a cancellation a new place has a new token."""
    return CANCEL.sign([registration.pk, registration.sequence])


def cancel_link(registration):
    """The full address, in the active language, of the page that gives the place back."""
    return absolute(reverse("events:mail_cancel", args=[token_of(registration)]))


def registration_of(value):
    """The Registration that was signed; None when it has been replaced or erased."""
    registration_id, sequence = value
    return (
        Registration.objects.filter(pk=registration_id, sequence=sequence)
        .select_related("event__state", "user")
        .first()
    )

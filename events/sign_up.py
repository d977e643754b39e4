"""Where a reader stands with a day: what its sign-up panel says and offers."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone

from events.enums import RegistrationMode
from events.models import Registration
from events.seats import Seats, seats_of
from network_site.members import roles


class Standing(StrEnum):
    OVER = "over"
    CANCELLED = "cancelled"
    REGISTERED = "registered"
    WAITING = "waiting"
    CLOSED = "closed"
    VISITOR = "visitor"
    PENDING = "pending"
    FULL = "full"
    OPEN = "open"


@dataclass(frozen=True)
class SignUp:
    standing: Standing
    seats: Seats
    registration: Registration | None = None
    may_switch_to: str | None = None

    @property
    def can_register(self):
        return self.standing in {Standing.OPEN, Standing.FULL}


def sign_up_of(event, user, *, seats=None, now=None):
    """The SignUp of `user` at `event`: two queries at most, one when the seats are counted."""
    now = now or timezone.now()
    seats = seats or seats_of(event)
    registration = None
    if user.is_authenticated and event.pk:
        registration = (
            Registration.objects.active().filter(event=event, user=user).first()
        )
    standing = _standing(event, user, registration, seats, now)
    other = None
    if registration and standing in {Standing.REGISTERED, Standing.WAITING}:
        other = _other_way(event, registration, seats, now)
    return SignUp(standing, seats, registration, other)


def _standing(event, user, registration, seats, now):
    if event.is_cancelled:
        return Standing.CANCELLED
    if event.ends_at <= now:
        return Standing.OVER
    if registration:
        return Standing.WAITING if registration.is_waitlisted else Standing.REGISTERED
    if event.closes_at <= now:
        return Standing.CLOSED
    if not user.is_authenticated:
        return Standing.VISITOR
    if not roles.is_member(user):
        return Standing.PENDING
    if seats.is_full and not event.has_remote:
        return Standing.FULL
    return Standing.OPEN


def _other_way(event, registration, seats, now):
    """The other way of attending, when it is open to this person."""
    if event.closes_at <= now or len(event.modes) < 2:
        return None
    if registration.mode == RegistrationMode.ON_SITE:
        return RegistrationMode.REMOTE
    return None if seats.is_full else RegistrationMode.ON_SITE

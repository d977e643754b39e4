"""The seats of a day, counted once and said the same way everywhere."""

from dataclasses import dataclass

from django.db.models import Count, Q

from events.enums import RegistrationMode, RegistrationStatus
from events.models import Registration


@dataclass(frozen=True)
class Seats:
    """Seats on site: how many there are (None: no limit), taken, waited for."""

    capacity: int | None
    taken: int
    waiting: int
    remote: int = 0

    @property
    def left(self):
        """Seats still free; None without a limit."""
        if self.capacity is None:
            return None
        return max(self.capacity - self.taken, 0)

    @property
    def is_full(self):
        """Whether the next person on site joins the waiting list.

        Somebody waiting goes first, even where a seat has just been added.
        """
        return self.capacity is not None and (self.left == 0 or self.waiting > 0)

    @property
    def total(self):
        """Everyone registered, on site and remotely."""
        return self.taken + self.remote


def seats_of(event):
    """The Seats of `event`, from the annotations of with_seats() or by one query."""
    capacity = None if not event.has_seats_on_site else event.capacity
    if hasattr(event, "seats_taken"):
        return Seats(
            capacity, event.seats_taken, event.waiting_count, event.remote_count
        )
    if event.pk is None:
        return Seats(capacity, 0, 0)
    return Seats(capacity, **count_places(event.pk))


def count_places(event_id):
    """Confirmed on site and remotely, and waiting, by one query over the index."""
    confirmed = Q(status=RegistrationStatus.CONFIRMED)
    return Registration.objects.filter(event_id=event_id).aggregate(
        taken=Count("pk", filter=confirmed & Q(mode=RegistrationMode.ON_SITE)),
        remote=Count("pk", filter=confirmed & Q(mode=RegistrationMode.REMOTE)),
        waiting=Count("pk", filter=Q(status=RegistrationStatus.WAITLISTED)),
    )

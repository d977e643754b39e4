"""What happens to exchange days and to the places at them.

Seats are given under one lock, the row of the day's EventState; nothing but rows is touched
while it is held. Mails and calendars are outbox rows (events/outbox_handlers.py).
"""

import hashlib
from datetime import UTC, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from events.enums import RegistrationMode, RegistrationStatus
from events.models import (
    EventPage,
    EventSession,
    EventState,
    Registration,
    VenueAccess,
)
from events.permissions import can_cancel, can_manage, can_register
from events.seats import count_places
from network_site.catalogue.marks import touch
from network_site.core.outbox import emit
from network_site.notifications.services import follow_by_taking_part
from network_site.pages.creating import create_page
from network_site.registries.enums import Level
from network_site.registries.notifications import Target

PREPARE_WITHIN = timedelta(days=21)
FORGET_NEEDS_AFTER = timedelta(days=30)


class RegistrationRefused(Exception):
    """A sign-up that cannot be accepted; `str()` is the sentence the person reads."""

    sentence = gettext_lazy("This registration cannot be accepted.")

    def __init__(self, sentence=None):
        super().__init__(str(sentence or self.sentence))


class MembersOnly(RegistrationRefused):
    sentence = gettext_lazy(
        "Exchange days are open to members of the network. Your membership has not "
        "been approved yet: we will write to you as soon as it is."
    )


class DayIsOver(RegistrationRefused):
    sentence = gettext_lazy("This day is over: nobody can register any more.")


class DayIsCancelled(RegistrationRefused):
    sentence = gettext_lazy("This day has been cancelled: nobody can register.")


class RegistrationClosed(RegistrationRefused):
    sentence = gettext_lazy("Registration for this day is closed.")


class ModeNotOffered(RegistrationRefused):
    sentence = gettext_lazy("This day cannot be attended in this way.")


class FullOnSite(RegistrationRefused):
    sentence = gettext_lazy(
        "No seat is left on site. You remain registered to follow the day remotely."
    )


class TooLateToCancel(RegistrationRefused):
    sentence = gettext_lazy("This day is over: the registration stays as it was.")


def _check_open(event, now):
    if event.ends_at <= now:
        raise DayIsOver
    if event.closes_at <= now:
        raise RegistrationClosed


def register(
    *,
    event,
    user,
    mode=RegistrationMode.ON_SITE,
    access_needs="",
    question="",
    now=None,
):
    """Give `user` a place at `event`, or a rank on its waiting list; return the Registration.

    Only the seats on site are limited (`capacity`; None: no limit). Nobody overtakes those who
    wait. Sent twice, the same request changes nothing; after a cancellation it goes to the end
    of the queue; asking for the other way of attending moves the place. `now` is the moment of
    the request (the demonstration and tests pass one).

    Raises RegistrationRefused (a sentence for the person).
    """
    now = now or timezone.now()
    mode = RegistrationMode(mode)
    if not can_register(user, event):
        raise MembersOnly
    if mode not in event.modes:
        raise ModeNotOffered
    _check_open(event, now)
    EventState.objects.get_or_create(page_id=event.pk)
    with transaction.atomic():
        state = _lock(event.pk)
        if state.is_cancelled:
            raise DayIsCancelled
        registration = Registration.objects.filter(
            event_id=event.pk, user_id=user.pk
        ).first()
        if registration and registration.is_active and registration.mode == mode:
            return registration
        status = _status_for(event.pk, mode)
        moves = registration is not None and registration.is_active
        if moves and status == RegistrationStatus.WAITLISTED:
            raise FullOnSite
        frees_a_seat = (
            moves
            and registration.is_confirmed
            and registration.mode == RegistrationMode.ON_SITE
        )
        if registration is None:
            registration = Registration(event_id=event.pk, user_id=user.pk)
        elif not moves:
            registration.created_at = now
        if not moves or access_needs or question:
            registration.access_needs = access_needs
            registration.question = question
        registration.status = status
        registration.mode = mode
        registration.cancelled_at = None
        registration.sequence = _next_number(state)
        registration.save()
        emit(
            f"registration.{status}",
            registration_id=registration.pk,
            sequence=registration.sequence,
        )
        # Whoever registers hears of what is said about the day.
        follow_by_taking_part(
            user=user, target=Target("page", str(event.pk)), level=Level.ALL
        )
        if frees_a_seat:
            _give_free_seats(event.pk)
    return registration


def cancel(*, registration, by, now=None):
    """Give the place back; whoever waits first receives it. Return the Registration.

    Cancelling twice changes nothing. Raises PermissionDenied, TooLateToCancel.
    """
    now = now or timezone.now()
    if not can_cancel(by, registration):
        raise PermissionDenied
    event = registration.event
    if event.ends_at <= now:
        raise TooLateToCancel
    with transaction.atomic():
        state = _lock(event.pk)
        registration = Registration.objects.get(pk=registration.pk)
        if not registration.is_active:
            return registration
        was_waitlisted = registration.is_waitlisted
        registration.status = RegistrationStatus.CANCELLED
        registration.cancelled_at = now
        registration.access_needs = ""
        registration.save()
        emit(
            "registration.cancelled",
            registration_id=registration.pk,
            sequence=registration.sequence,
            was_waitlisted=was_waitlisted,
        )
        if not state.is_cancelled and event.starts_at > now:
            _give_free_seats(event.pk)
    return registration


def give_free_seats(*, event, now=None):
    """Promote those who wait, first come first, to the seats that are free; return how many.

    Called when the number of seats of a published day has changed.
    """
    now = now or timezone.now()
    if event.starts_at <= now or not Registration.objects.waitlisted().filter(
        event_id=event.pk
    ):
        return 0
    with transaction.atomic():
        state = _lock(event.pk)
        return 0 if state.is_cancelled else _give_free_seats(event.pk)


def _lock(event_id):
    """The day's EventState, locked until the transaction ends.

    On SQLite the transaction itself is the lock (transaction_mode=IMMEDIATE).
    """
    return EventState.objects.select_for_update(of=("self",)).get(page_id=event_id)


def _next_number(state):
    state.sequence += 1
    state.save(update_fields=["sequence"])
    return state.sequence


def _capacity(event_id):
    # Read under the lock: the page may have been published again since it was loaded.
    return EventPage.objects.values_list("capacity", flat=True).get(pk=event_id)


def _status_for(event_id, mode):
    if mode == RegistrationMode.REMOTE:
        return RegistrationStatus.CONFIRMED
    capacity = _capacity(event_id)
    if capacity is None:
        return RegistrationStatus.CONFIRMED
    places = count_places(event_id)
    if places["waiting"] or places["taken"] >= capacity:
        return RegistrationStatus.WAITLISTED
    return RegistrationStatus.CONFIRMED


def _give_free_seats(event_id):
    capacity = _capacity(event_id)
    waiting = Registration.objects.waitlisted().filter(event_id=event_id)
    waiting = waiting.order_by("sequence")
    if capacity is not None:
        free = capacity - count_places(event_id)["taken"]
        if free <= 0:
            return 0
        waiting = waiting[:free]
    promoted = list(waiting)
    for registration in promoted:
        registration.status = RegistrationStatus.CONFIRMED
        registration.save(update_fields=["status", "updated_at"])
        emit(
            "registration.promoted",
            registration_id=registration.pk,
            sequence=registration.sequence,
        )
    return len(promoted)


def cancel_day(*, event, by, reason):
    """Call the day off; everyone registered or waiting is written to. Return the EventState.

    Raises PermissionDenied, DayIsOver.
    """
    return _set_cancelled(event, by, True, reason)


def restore_day(*, event, by):
    """The day takes place after all; the registrations are as they were."""
    return _set_cancelled(event, by, False, "")


def _set_cancelled(event, by, is_cancelled, reason):
    if not can_manage(by, event):
        raise PermissionDenied
    if event.is_past:
        raise DayIsOver
    EventState.objects.get_or_create(page_id=event.pk)
    with transaction.atomic():
        state = _lock(event.pk)
        if state.is_cancelled == is_cancelled:
            return state
        state.is_cancelled = is_cancelled
        state.cancelled_because = reason.strip()
        state.calendar_sequence += 1
        state.save()
        emit(
            "event.cancelled" if is_cancelled else "event.restored",
            event_id=event.pk,
            version=state.calendar_sequence,
        )
        touch(event)
    return state


def mark_prepared(*, event, by, is_prepared=True):
    """Note that the day is ready (or not any more); it leaves the facilitators' list."""
    if not can_manage(by, event):
        raise PermissionDenied
    EventState.objects.update_or_create(
        page_id=event.pk,
        defaults={"prepared_at": timezone.now() if is_prepared else None},
    )
    # What facilitators have to do is kept until a row says that something changed.
    touch(event)


def fingerprint(event):
    """What a calendar entry depends on: the hours and the place."""
    words = [
        # One moment has as many forms as there are zones: the database gives UTC back.
        event.starts_at.astimezone(UTC).isoformat(),
        event.ends_at.astimezone(UTC).isoformat(),
        event.attendance_mode,
        event.venue,
        event.address,
    ]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def note_calendar_change(*, event):
    """Raise the version of the calendar entry when the hours or the place changed.

    Returns whether they did. Written the first time without raising (RFC 5545, 3.8.7.4).
    """
    seen = fingerprint(event)
    EventState.objects.get_or_create(page_id=event.pk)
    with transaction.atomic():
        state = _lock(event.pk)
        if state.calendar_fingerprint == seen:
            return False
        changed = bool(state.calendar_fingerprint)
        state.calendar_fingerprint = seen
        state.calendar_sequence += changed
        state.save()
        if changed:
            emit("event.moved", event_id=event.pk, version=state.calendar_sequence)
    return changed


def forget_access_needs(*, now=None):
    """Erase the needs for access of days that ended thirty days ago; return how many."""
    before = (now or timezone.now()) - FORGET_NEEDS_AFTER
    return (
        Registration.objects.filter(event__ends_at__lte=before)
        .exclude(access_needs="")
        .update(access_needs="")
    )


def registrations_of(user):
    """The coming places of `user` (confirmed or waiting), the next day first."""
    visible = EventPage.objects.visible_to(user).upcoming().order_by().values("pk")
    return (
        Registration.objects.active()
        .filter(user=user, event__in=visible)
        .select_related("event")
        .order_by("event__starts_at", "pk")
    )


def days_to_prepare(user):
    """Days within three weeks that nobody has marked as prepared, for who runs them."""
    now = timezone.now()
    return (
        EventPage.objects.visible_to(user)
        .upcoming(now)
        .with_seats()
        .filter(starts_at__lte=now + PREPARE_WITHIN)
        .exclude(state__is_cancelled=True)
        .exclude(state__prepared_at__isnull=False)
    )


@transaction.atomic
def create_event(
    *,
    parent,
    title,
    starts_at,
    ends_at,
    sessions=(),
    access_items=(),
    publish=True,
    owner=None,
    **fields,
):
    """Create an exchange day under the EventIndexPage `parent`; return the EventPage.

    `sessions`: dicts `starts` (datetime.time), `title`, `description`, `is_break`.
    `access_items`: (point, what is known) pairs; an empty second half means unknown.
    `fields`: any other field of EventPage, and the lists themes, grounds, target_groups,
    programmes, territories. Raises ValidationError.
    """
    event = create_page(
        parent=parent,
        model=EventPage,
        by=owner,
        pieces={
            "sessions": [
                EventSession(sort_order=order, **session)
                for order, session in enumerate(sessions)
            ],
            "access_items": [
                VenueAccess(sort_order=order, label=label, description=description)
                for order, (label, description) in enumerate(access_items)
            ],
        },
        otherwise="journee",
        title=title,
        starts_at=starts_at,
        ends_at=ends_at,
        **fields,
    )
    EventState.objects.create(page=event, calendar_fingerprint=fingerprint(event))
    revision = event.save_revision(user=owner)
    if publish:
        revision.publish(user=owner)
        event.refresh_from_db()
    return event

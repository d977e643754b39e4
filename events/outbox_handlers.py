"""What follows from a registration or a change of a day: mails, calendars, freed seats."""

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from events import services
from events.calendar import (
    calendar_of,
    page_path,
)
from events.links import cancel_link
from events.models import EventPage, Registration
from events.permissions import can_register
from network_site.core.addresses import absolute
from network_site.core.outbox import emit_many, handles
from network_site.core.timetable import PARIS
from network_site.mailing.mail import send_templated
from network_site.notifications.announce import announce
from network_site.notifications.models import Follow
from network_site.notifications.page_items import canonical_path
from network_site.notifications.rhythm import is_paused
from network_site.notifications.services import ensure_settings


def _send(name, registration, *, once, with_calendar=False, with_link=False, **context):
    """Write to the person of `registration`, if they may still open the day's page."""
    event = registration.event
    if not can_register(registration.user, event):
        return
    with translation.override(registration.user.language):
        calendar = calendar_of([event]) if with_calendar else None
    send_templated(
        template=f"events/{name}",
        to=registration.user,
        once=once,
        context=lambda: {
            "registration": registration,
            "event": event,
            "state": event.live_state,
            "position": registration.position,
            "event_url": absolute(page_path(event)),
            "cancel_url": cancel_link(registration) if with_link else "",
            "reason": _(
                "You receive this mail because you asked for a seat on this day."
            )
            if registration.is_waitlisted or context.get("was_waitlisted")
            else _("You receive this mail because you registered for this day."),
            **context,
        },
        # Whoever answers writes to those who know the day.
        headers={"Reply-To": event.contact_email} if event.contact_email else None,
        attachments=[(f"{event.slug}.ics", calendar, "text/calendar")]
        if calendar
        else [],
    )


def _registration(registration_id, sequence):
    """The place as it was numbered; None when it has been replaced or erased since."""
    return (
        Registration.objects.filter(pk=registration_id, sequence=sequence)
        .select_related("user", "event__state")
        .first()
    )


@handles("registration.confirmed")
def send_confirmation(registration_id, sequence):
    registration = _registration(registration_id, sequence)
    if registration and registration.is_confirmed:
        _send(
            "registration_confirmed",
            registration,
            once=f"registration_confirmed:{registration_id}:{sequence}",
            with_calendar=True,
            with_link=True,
        )


@handles("registration.waitlisted")
def send_waiting_position(registration_id, sequence):
    registration = _registration(registration_id, sequence)
    if registration and registration.is_waitlisted:
        _send(
            "registration_waitlisted",
            registration,
            once=f"registration_waitlisted:{registration_id}:{sequence}",
            with_link=True,
        )


@handles("registration.promoted")
def send_promotion(registration_id, sequence):
    registration = _registration(registration_id, sequence)
    if registration and registration.is_confirmed:
        _send(
            "registration_promoted",
            registration,
            once=f"registration_promoted:{registration_id}:{sequence}",
            with_calendar=True,
            with_link=True,
        )


@handles("registration.cancelled")
def send_cancellation(registration_id, sequence, was_waitlisted=False):
    registration = _registration(registration_id, sequence)
    if registration and not registration.is_active:
        _send(
            "registration_cancelled",
            registration,
            once=f"registration_cancelled:{registration_id}:{sequence}",
            was_waitlisted=was_waitlisted,
        )


@handles("event.cancelled", "event.restored", "event.moved")
def tell_everyone(event_id, version):
    """One row a person, so that one failing address holds up nobody."""
    event = EventPage.objects.filter(pk=event_id, live=True).first()
    if event is None or event.is_past:
        return
    people = Registration.objects.active().filter(event_id=event_id)
    emit_many(
        "registration.day_changed",
        [
            {"registration_id": pk, "version": version}
            for pk in people.order_by("pk").values_list("pk", flat=True)
        ],
    )


@handles("registration.day_changed")
def send_change(registration_id, version):
    """Tell one person what became of the day, as it stands now.

    A later change has its own rows: a mail about a version that is past is not sent.
    """
    registration = (
        Registration.objects.active()
        .filter(pk=registration_id)
        .select_related("user", "event__state")
        .first()
    )
    if registration is None or registration.event.is_past:
        return
    state = registration.event.live_state
    if state.calendar_sequence != version:
        return
    _send(
        "day_cancelled" if state.is_cancelled else "day_changed",
        registration,
        once=f"day_changed:{registration_id}:{version}",
        with_calendar=True,
        with_link=not state.is_cancelled,
    )


@handles("page.published")
def day_was_published(model, pk):
    """Its hours, place or number of seats may have changed."""
    event = EventPage.objects.filter(pk=pk, live=True).select_related("state").first()
    if event is None:
        return
    services.note_calendar_change(event=event)
    services.give_free_seats(event=event)


@handles("registration.reminder_due")
def send_reminder(registration_id, day):
    """Two days before `day`: when, where, what to bring, how to give the place back."""
    registration = (
        Registration.objects.confirmed()
        .filter(pk=registration_id, event__live=True)
        .select_related("user", "event__state")
        .first()
    )
    if registration is None:
        return
    event, now = registration.event, timezone.now()
    if (
        event.is_cancelled
        or event.starts_at <= now
        # Moved since: the mail of the change says so, and the new day has its own reminder.
        or event.starts_at.astimezone(PARIS).date().isoformat() != day
        or is_paused(ensure_settings(user=registration.user), now)
    ):
        return
    _send(
        "reminder",
        registration,
        once=f"reminder:{registration_id}:{day}",
        with_link=True,
    )


# What reaches those who follow


@handles("page.published")
def tell_of_day(model, pk):
    """A day is announced, once; what came of it, once, to those who knew of the day."""
    event = (
        EventPage.objects.filter(pk=pk, live=True)
        .select_related("live_revision")
        .first()
    )
    if event is None:
        return
    told = {
        "actor_id": event.live_revision.user_id
        if event.live_revision
        else event.owner_id,
        "path": canonical_path(event),
    }
    if not event.is_past:
        announce("events.day", pk, occurred_at=event.first_published_at, **told)
    elif event.outcome and event.first_published_at < event.ends_at:
        announce("events.day_report", pk, occurred_at=event.last_published_at, **told)


@handles("registration.cancelled")
def leave_own_day(registration_id, sequence, was_waitlisted=False):
    """What following followed from the registration goes with it; a choice made stays."""
    registration = _registration(registration_id, sequence)
    if registration and not registration.is_active:
        Follow.objects.filter(
            user=registration.user,
            kind="page",
            target=str(registration.event_id),
            is_automatic=True,
        ).delete()

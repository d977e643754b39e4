"""Whom a day reaches: announced, told about afterwards, and two days before."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from events import services
from events.models import EventPage, Registration
from events.reminders import call_reminders
from network_site.core.outbox import drain
from network_site.core.timetable import PARIS, declared_jobs
from network_site.mailing.models import OutgoingMail
from network_site.members import roles
from network_site.notifications.enums import Channel
from network_site.notifications.items import happenings
from network_site.notifications.models import (
    Delivery,
    Follow,
    Item,
    MailSettings,
)
from network_site.registries.enums import (
    Level,
    Reason,
)
from network_site.registries.notifications import item_notification
from tests.events.factories import make_event, move_to_past
from tests.search.factories import restrict

pytestmark = pytest.mark.django_db

# A Monday; the day after tomorrow summer time ends in another test.
MORNING = datetime(2030, 11, 18, 8, 0, tzinfo=PARIS)


def follow(user, kind, pk, level=Level.SUMMARY):
    Follow.objects.create(user=user, kind=kind, target=str(pk), level=level)


def told(name="events.day"):
    rows = Delivery.objects.filter(item__name=name).select_related("user")
    return {one.user: (one.reason, one.channel) for one in rows}


def line_of(event, name="events.day"):
    kind = item_notification(name)
    loaded = kind.load([event.pk])
    return kind.line(loaded[event.pk]) if loaded else None


# A day is announced


def test_a_day_reaches_who_follows_the_days_and_says_when_where_and_what_is_left(
    make_members,
):
    follower, outsider, registered = make_members(3)
    follow(follower, "space", "events")
    follow(outsider, "space", "library", Level.ALL)
    event = make_event(
        starts_at=datetime(2030, 11, 26, 9, 30, tzinfo=PARIS),
        venue="Maison des associations",
        capacity=13,
    )
    services.register(event=event, user=registered)
    drain()
    assert told()[follower] == (Reason.FOLLOW, Channel.DIGEST)
    assert outsider not in told()
    words = line_of(event).context.replace("\u00a0", " ").replace("\u202f", " ")
    assert words.startswith("mardi 26 novembre 2030, 9 h 30, Maison des associations")
    assert "12" in words.partition(";")[2]


def test_a_full_day_is_said_to_have_a_waiting_list(make_members):
    event = make_event(capacity=1)
    services.register(event=event, user=make_members(1)[0])
    assert ";" in line_of(event).context
    assert "0" not in line_of(event).context.rpartition(";")[2]


def test_only_those_who_may_read_the_day_are_told(pending, member, facilitator):
    for user in (pending, member, facilitator):
        follow(user, "space", "events")
    event = make_event(publish=False)
    restrict(event, roles.MEMBERS)
    event.get_latest_revision().publish()
    drain()
    assert set(told()) == {member, facilitator}


def test_a_day_published_again_is_not_announced_again(member):
    follow(member, "space", "events")
    event = make_event()
    drain()
    event.summary = "Mieux dit."
    event.save_revision().publish()
    drain()
    assert Item.objects.filter(name="events.day").count() == 1
    assert Delivery.objects.filter(user=member).count() == 1


def test_a_day_of_the_past_is_no_announcement(member):
    follow(member, "space", "events")
    make_event(in_days=-3)
    drain()
    assert told() == {}


def test_a_day_called_off_over_or_withdrawn_has_nothing_to_announce(facilitator):
    for change in (
        lambda event: services.cancel_day(event=event, by=facilitator, reason="Grève"),
        move_to_past,
        lambda event: event.unpublish(),
    ):
        event = make_event()
        drain()
        item = Item.objects.get(name="events.day", object_id=event.pk)
        assert happenings([item])
        change(event)
        assert happenings([item]) == {}


# One's own day


def test_registering_follows_the_day_and_giving_the_place_back_leaves_it(member):
    event = make_event()
    place = services.register(event=event, user=member)
    mine = Follow.objects.get(user=member, kind="page", target=event.pk)
    assert (mine.level, mine.is_automatic) == (Level.ALL, True)
    services.cancel(registration=place, by=member)
    drain()
    assert not Follow.objects.filter(user=member, kind="page").exists()


def test_a_level_that_was_chosen_outlives_the_registration(member):
    event = make_event()
    follow(member, "page", event.pk, Level.MENTIONS)
    place = services.register(event=event, user=member)
    drain()
    services.cancel(registration=place, by=member)
    drain()
    kept = Follow.objects.get(user=member, kind="page", target=event.pk)
    assert (kept.level, kept.is_automatic) == (Level.MENTIONS, False)


def test_what_came_of_a_day_is_told_to_those_who_were_registered(make_members, pending):
    came, waited, follower, left = make_members(4)
    event = make_event(capacity=2)
    places = [
        services.register(event=event, user=user) for user in (came, left, waited)
    ]
    drain()
    Follow.objects.all().delete()
    for user in (follower, pending):
        follow(user, "space", "events")
    Registration.objects.filter(pk=places[1].pk).delete()
    restrict(event, roles.MEMBERS)
    move_to_past(event)
    event.save_revision().publish()
    drain()
    assert told("events.day_report") == {}
    EventPage.objects.filter(pk=event.pk).update(
        first_published_at=timezone.now() - timedelta(days=30)
    )
    event.refresh_from_db()
    event.outcome = "**Trois groupes** de travail sont nés. " + "Ils avancent. " * 30
    event.save_revision().publish()
    drain()
    assert told("events.day_report") == {
        came: (Reason.OWN, Channel.AT_ONCE),
        follower: (Reason.FOLLOW, Channel.DIGEST),
    }
    line = line_of(event, "events.day_report")
    assert line.context.startswith("Trois groupes de travail")
    assert len(line.context) <= 160
    event.outcome += " Une faute corrigée."
    event.save_revision().publish()
    drain()
    assert Item.objects.filter(name="events.day_report").count() == 1


# Two days before


def reminders():
    """{address: mail} of the reminders sent."""
    sent = set(
        OutgoingMail.objects.filter(notification="events.reminder").values_list(
            "address", "subject"
        )
    )
    return {one.to[0]: one for one in mail.outbox if (one.to[0], one.subject) in sent}


def day_in_two(monkeypatch=None, **fields):
    starts_at = datetime(2030, 11, 20, 9, 30, tzinfo=PARIS)
    return make_event(starts_at=starts_at, **fields)


def remind(now=MORNING):
    # Registered before that morning, whenever the test runs.
    call_reminders(now=now)
    drain()


def test_a_seat_is_reminded_two_days_before_once(make_members):
    came, waiting, left = make_members(3)
    event = day_in_two(
        capacity=1,
        venue="Maison des associations",
        address="4 rue des Lilas, Dijon",
        to_bring="Une pièce d’identité",
        contact_email="questions@exemple.fr",
    )
    place = services.register(event=event, user=left)
    services.register(event=event, user=came)
    services.cancel(registration=place, by=left)
    services.register(event=event, user=waiting)
    drain()
    mail.outbox.clear()
    for now in (MORNING - timedelta(days=1), MORNING, MORNING, MORNING + timedelta(1)):
        remind(now)
    (message,) = reminders().values()
    assert len(mail.outbox) == 1
    assert message.to == [came.email]
    assert event.title in message.subject
    html = message.alternatives[0][0]
    for words in (
        "4 rue des Lilas, Dijon",
        "mercredi 20 novembre 2030",
        "questions@exemple.fr",
        "/desinscription/",
    ):
        assert words in message.body
        assert words in html
    assert "pièce d’identité" in message.body


def test_who_registers_within_the_two_days_is_not_reminded(make_members):
    event = day_in_two()
    early, today = make_members(2)
    services.register(event=event, user=early)
    services.register(event=event, user=today, now=MORNING - timedelta(hours=1))
    Registration.objects.filter(user=today).update(
        created_at=MORNING - timedelta(hours=1)
    )
    drain()
    mail.outbox.clear()
    remind()
    assert set(reminders()) == {early.email}


def test_a_day_called_off_or_moved_is_not_reminded(member, facilitator):
    off, moved = day_in_two(title="Annulée"), day_in_two(title="Déplacée")
    for event in (off, moved):
        services.register(event=event, user=member)
    call_reminders(now=MORNING)
    services.cancel_day(event=off, by=facilitator, reason="Grève")
    moved.starts_at += timedelta(days=7)
    moved.ends_at += timedelta(days=7)
    moved.save_revision().publish()
    drain()
    assert reminders() == {}
    # The new day has its own reminder.
    remind(MORNING + timedelta(days=7))
    assert "Déplacée" in reminders()[member.email].subject


def test_a_reminder_can_be_switched_off_and_rests_during_a_pause(make_members):
    event = day_in_two()
    off, away, here = make_members(3)
    for user in (off, away, here):
        services.register(event=event, user=user)
    drain()
    MailSettings.objects.filter(user=off).update(switched_off=["events.reminder"])
    today = timezone.localdate()
    MailSettings.objects.filter(user=away).update(
        paused_from=today, paused_until=today + timedelta(days=5)
    )
    mail.outbox.clear()
    remind()
    assert set(reminders()) == {here.email}


def test_a_reader_who_may_no_longer_open_the_day_is_not_reminded(member):
    event = day_in_two()
    services.register(event=event, user=member)
    drain()
    restrict(event, "Pairs")
    mail.outbox.clear()
    remind()
    assert reminders() == {}


@pytest.mark.parametrize(
    ("morning", "starts_at"),
    [
        # The hour changes on Sunday the 31st of March and on Sunday the 27th of October.
        (
            datetime(2030, 3, 29, 8, tzinfo=PARIS),
            datetime(2030, 3, 31, 23, tzinfo=PARIS),
        ),
        (
            datetime(2030, 10, 25, 8, tzinfo=PARIS),
            datetime(2030, 10, 27, 0, tzinfo=PARIS),
        ),
    ],
)
def test_two_days_are_two_days_of_the_calendar(member, morning, starts_at):
    services.register(event=make_event(starts_at=starts_at), user=member)
    drain()
    assert call_reminders(now=morning - timedelta(days=1)) == 0
    assert call_reminders(now=morning) == 1


def test_what_to_bring_is_said_on_the_page(client):
    event = make_event(to_bring="Une pièce d’identité", venue="Salle A")
    assert "Une pièce d’identité" in client.get(event.url).content.decode()


def test_the_timetable_reminds_every_morning():
    (job,) = [
        job for job in declared_jobs() if job.name == "events.timetable.remind_of_days"
    ]
    assert (job.at.hour, job.at.minute) == (8, 0)

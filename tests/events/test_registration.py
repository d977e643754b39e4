from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import PageViewRestriction

from events import services
from events.enums import AttendanceMode, RegistrationMode, RegistrationStatus
from events.models import EventState, Registration
from network_site.core.outbox import drain
from tests.events.factories import make_event, move_to_past
from tests.search.factories import restrict

pytestmark = pytest.mark.django_db


def statuses(event):
    return [
        (one.sequence, one.status)
        for one in Registration.objects.filter(event=event).order_by("sequence")
    ]


def test_a_member_receives_a_seat_and_a_number(member):
    event = make_event(capacity=2)
    registration = services.register(event=event, user=member, access_needs="Rampe")
    assert registration.status == RegistrationStatus.CONFIRMED
    assert registration.sequence == 1
    assert registration.access_needs == "Rampe"
    assert registration.position is None


def test_whoever_comes_after_the_last_seat_waits_in_order(make_members):
    event = make_event(capacity=1)
    first, *others = [
        services.register(event=event, user=user) for user in make_members(4)
    ]
    assert first.is_confirmed
    assert [one.position for one in others] == [1, 2, 3]


def test_without_a_capacity_nobody_waits(make_members):
    event = make_event(capacity=None)
    for user in make_members(3):
        assert services.register(event=event, user=user).is_confirmed


def test_sent_twice_the_same_request_changes_nothing(member):
    event = make_event(capacity=1)
    first = services.register(event=event, user=member)
    again = services.register(event=event, user=member)
    assert (first.pk, first.sequence) == (again.pk, again.sequence)
    assert EventState.objects.get(page=event).sequence == 1


def test_the_first_of_the_list_receives_the_seat_that_is_given_back(make_members):
    event = make_event(capacity=1)
    users = make_members(3)
    places = [services.register(event=event, user=user) for user in users]
    services.cancel(registration=places[0], by=users[0])
    assert statuses(event) == [(1, "cancelled"), (2, "confirmed"), (3, "waitlisted")]
    assert Registration.objects.get(pk=places[2].pk).position == 1


def test_coming_back_after_a_cancellation_is_starting_at_the_end(make_members):
    event = make_event(capacity=1)
    users = make_members(3)
    places = [services.register(event=event, user=user) for user in users]
    services.cancel(registration=places[1], by=users[1])
    again = services.register(event=event, user=users[1])
    assert again.pk == places[1].pk
    assert again.sequence == 4
    assert again.position == 2


def test_leaving_the_list_frees_no_seat(make_members):
    event = make_event(capacity=1)
    users = make_members(3)
    places = [services.register(event=event, user=user) for user in users]
    services.cancel(registration=places[1], by=users[1])
    assert statuses(event) == [(1, "confirmed"), (2, "cancelled"), (3, "waitlisted")]


def test_cancelling_twice_promotes_one_person_only(make_members):
    event = make_event(capacity=1)
    users = make_members(3)
    places = [services.register(event=event, user=user) for user in users]
    for _time in range(2):
        services.cancel(registration=places[0], by=users[0])
    assert statuses(event)[1:] == [(2, "confirmed"), (3, "waitlisted")]


def test_a_full_room_does_not_stop_those_who_follow_remotely(make_members):
    event = make_event(capacity=1, attendance_mode=AttendanceMode.MIXED)
    users = make_members(3)
    services.register(event=event, user=users[0])
    waiting = services.register(event=event, user=users[1])
    remote = services.register(event=event, user=users[2], mode=RegistrationMode.REMOTE)
    assert waiting.is_waitlisted
    assert remote.is_confirmed
    moved = services.register(event=event, user=users[1], mode=RegistrationMode.REMOTE)
    assert moved.is_confirmed
    assert moved.sequence == 4


def test_going_remote_leaves_the_seat_to_who_waits(make_members):
    event = make_event(capacity=1, attendance_mode=AttendanceMode.MIXED)
    users = make_members(2)
    services.register(event=event, user=users[0])
    waiting = services.register(event=event, user=users[1])
    services.register(event=event, user=users[0], mode=RegistrationMode.REMOTE)
    waiting.refresh_from_db()
    assert waiting.is_confirmed


def test_nobody_loses_a_remote_place_by_asking_for_a_seat_that_is_gone(make_members):
    event = make_event(capacity=1, attendance_mode=AttendanceMode.MIXED)
    users = make_members(2)
    services.register(event=event, user=users[0])
    remote = services.register(event=event, user=users[1], mode=RegistrationMode.REMOTE)
    with pytest.raises(services.FullOnSite):
        services.register(event=event, user=users[1])
    remote.refresh_from_db()
    assert remote.is_confirmed
    assert remote.mode == RegistrationMode.REMOTE


def test_raising_the_capacity_promotes_in_order_and_nobody_overtakes(make_members):
    event = make_event(capacity=1)
    users = make_members(5)
    for user in users[:4]:
        services.register(event=event, user=user)
    event.capacity = 3
    event.save_revision().publish()
    late = services.register(event=event, user=users[4])
    assert late.is_waitlisted
    drain()
    assert [status for _number, status in statuses(event)] == [
        "confirmed",
        "confirmed",
        "confirmed",
        "waitlisted",
        "waitlisted",
    ]


def test_taking_the_limit_away_admits_everyone(make_members):
    event = make_event(capacity=1)
    for user in make_members(3):
        services.register(event=event, user=user)
    event.capacity = None
    event.save_revision().publish()
    drain()
    assert {status for _number, status in statuses(event)} == {"confirmed"}


def test_lowering_the_capacity_takes_nobodys_seat(make_members):
    event = make_event(capacity=3)
    users = make_members(4)
    places = [services.register(event=event, user=user) for user in users[:3]]
    event.capacity = 1
    event.save_revision().publish()
    drain()
    assert {status for _number, status in statuses(event)} == {"confirmed"}
    waiting = services.register(event=event, user=users[3])
    services.cancel(registration=places[0], by=users[0])
    waiting.refresh_from_db()
    assert waiting.is_waitlisted


def test_only_members_register(pending, member, contributor, facilitator):
    event = make_event(capacity=9)
    with pytest.raises(services.MembersOnly, match=r"\w"):
        services.register(event=event, user=pending)
    for user in (member, contributor, facilitator):
        assert services.register(event=event, user=user).is_confirmed


def test_a_day_one_may_not_open_cannot_be_joined(member):
    event = make_event()
    restrict(event, "Groupe de travail")
    with pytest.raises(services.MembersOnly):
        services.register(event=event, user=member)


def test_a_past_closed_or_cancelled_day_says_why_it_refuses(member, facilitator):
    with pytest.raises(services.DayIsOver):
        services.register(event=move_to_past(make_event("Passée")), user=member)
    closed = make_event(
        "Close", registration_closes_at=timezone.now() - timedelta(minutes=1)
    )
    with pytest.raises(services.RegistrationClosed):
        services.register(event=closed, user=member)
    begun = make_event("Commencée", starts_at=timezone.now() - timedelta(hours=1))
    with pytest.raises(services.RegistrationClosed):
        services.register(event=begun, user=member)
    cancelled = make_event("Annulée")
    services.cancel_day(event=cancelled, by=facilitator, reason="Grève")
    with pytest.raises(services.DayIsCancelled):
        services.register(event=cancelled, user=member)


def test_a_way_of_attending_that_is_not_offered_is_refused(member):
    with pytest.raises(services.ModeNotOffered):
        services.register(event=make_event(), user=member, mode=RegistrationMode.REMOTE)


def test_registration_closes_at_the_very_second_that_is_said(member):
    event = make_event()
    with pytest.raises(services.RegistrationClosed):
        services.register(event=event, user=member, now=event.starts_at)
    just_before = event.starts_at - timedelta(microseconds=1)
    assert services.register(event=event, user=member, now=just_before)


def test_only_the_person_or_a_facilitator_gives_a_place_back(
    member, contributor, facilitator
):
    event = make_event()
    registration = services.register(event=event, user=member)
    with pytest.raises(PermissionDenied):
        services.cancel(registration=registration, by=contributor)
    assert not services.cancel(registration=registration, by=facilitator).is_active


def test_after_the_day_nothing_is_cancelled(member):
    event = make_event()
    registration = services.register(event=event, user=member)
    with pytest.raises(services.TooLateToCancel):
        services.cancel(registration=registration, by=member, now=event.ends_at)


def test_a_seat_freed_once_the_day_has_begun_is_given_to_nobody(make_members):
    event = make_event(capacity=1)
    users = make_members(2)
    places = [services.register(event=event, user=user) for user in users]
    services.cancel(
        registration=places[0],
        by=users[0],
        now=event.starts_at + timedelta(minutes=5),
    )
    places[1].refresh_from_db()
    assert places[1].is_waitlisted


def test_needs_for_access_are_erased_thirty_days_after_the_day(make_members):
    event = make_event()
    users = make_members(2)
    kept = services.register(
        event=event, user=users[0], access_needs="Boucle", question="Comment ?"
    )
    before = event.ends_at + timedelta(days=30) - timedelta(seconds=1)
    assert services.forget_access_needs(now=before) == 0
    assert services.forget_access_needs(now=event.ends_at + timedelta(days=30)) == 1
    kept.refresh_from_db()
    assert kept.access_needs == ""
    assert kept.question == "Comment ?"


def test_giving_a_place_back_erases_the_needs_at_once(member):
    registration = services.register(
        event=make_event(), user=member, access_needs="Boucle"
    )
    assert services.cancel(registration=registration, by=member).access_needs == ""


def test_the_job_that_erases_is_in_the_timetable():
    from events import timetable  # noqa: F401
    from network_site.core.timetable import declared_jobs

    assert "events.timetable.forget_access_needs" in [
        job.name for job in declared_jobs()
    ]


def test_my_coming_days_are_listed_with_their_rank(make_members, facilitator):
    users = make_members(2)
    event = make_event(capacity=1)
    for user in users:
        services.register(event=event, user=user)
    (mine,) = services.registrations_of(users[1])
    assert mine.position == 1
    restrict(event, "Groupe de travail")
    assert not services.registrations_of(users[1])
    PageViewRestriction.objects.all().delete()
    assert services.registrations_of(users[1])
    move_to_past(event)
    assert not services.registrations_of(users[1])


def test_days_to_prepare_are_those_of_three_weeks_not_yet_ready(facilitator):
    soon = make_event("Bientôt", in_days=20)
    make_event("Plus tard", in_days=22)
    move_to_past(make_event("Passée"))
    called_off = make_event("Annulée")
    services.cancel_day(event=called_off, by=facilitator, reason="Grève")
    assert list(services.days_to_prepare(facilitator)) == [soon]
    services.mark_prepared(event=soon, by=facilitator)
    assert not services.days_to_prepare(facilitator)
    services.mark_prepared(event=soon, by=facilitator, is_prepared=False)
    assert services.days_to_prepare(facilitator)


def test_only_facilitators_prepare_and_cancel_days(member, editor):
    event = make_event()
    for user in (member, editor):
        with pytest.raises(PermissionDenied):
            services.mark_prepared(event=event, by=user)
        with pytest.raises(PermissionDenied):
            services.cancel_day(event=event, by=user, reason="x")


def test_two_days_may_have_the_same_title(db):
    slugs = [make_event("Journée à l’école").slug for _time in range(3)]
    assert slugs == [
        "journee-a-l-ecole",
        "journee-a-l-ecole-2",
        "journee-a-l-ecole-3",
    ]

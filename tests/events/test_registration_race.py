"""Two hundred people, five seats: on SQLite in a file of its own, and on PostgreSQL."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from events import services
from events.enums import RegistrationStatus
from events.models import EventPage, Registration
from network_site.members import roles
from tests.events.factories import make_event

PEOPLE = 200
SEATS = 5


@pytest.fixture
def crowd(transactional_db):
    """Two hundred members, made in a few queries."""
    users = get_user_model().objects.bulk_create(
        get_user_model()(email=f"p{number}@exemple.fr", password="!")
        for number in range(PEOPLE)
    )
    group = roles.group_of(roles.MEMBERS)
    group.user_set.add(*users)
    return users


def in_threads(workers, function, items):
    """Call `function` on each of `items`; each thread closes its own connection."""
    gate = threading.Barrier(workers)
    started = threading.local()

    def call(item):
        if not getattr(started, "yes", False):
            started.yes = True
            gate.wait(30)
        return function(item)

    def close(_number):
        gate.wait(30)
        connections.close_all()

    with ThreadPoolExecutor(workers) as pool:
        results = list(pool.map(call, items))
        list(pool.map(close, range(workers)))
    return results


def outcome(event_id):
    """What the database holds, read by a thread (the main one still holds the memory)."""

    def read(_item):
        if connection.vendor == "sqlite":
            assert str(connection.settings_dict["NAME"]).endswith("race.sqlite3")
        places = Registration.objects.filter(event_id=event_id)
        waiting = places.waitlisted().order_by("sequence")
        return (
            places.confirmed().count(),
            sorted(places.values_list("sequence", flat=True)),
            [place.position for place in waiting],
        )

    (result,) = in_threads(1, read, [None])
    return result


def check(event_id):
    confirmed, numbers, positions = outcome(event_id)
    assert confirmed == SEATS
    assert numbers == list(range(1, PEOPLE + 1))
    assert positions == list(range(1, PEOPLE - SEATS + 1))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_hundred_at_once_for_five_seats(shared_database, crowd):
    event = make_event(capacity=SEATS)
    shared_database()

    def register(user):
        return services.register(
            event=EventPage.objects.get(pk=event.pk),
            user=get_user_model().objects.get(pk=user.pk),
        ).status

    statuses = in_threads(40, register, crowd)
    assert statuses.count(RegistrationStatus.CONFIRMED) == SEATS
    assert statuses.count(RegistrationStatus.WAITLISTED) == PEOPLE - SEATS
    check(event.pk)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_hundred_at_once_through_the_pages_without_an_error_page(
    shared_database, crowd
):
    event = make_event(capacity=SEATS)
    address = reverse("events:register", args=[event.slug])
    clients = []
    for user in crowd:
        client = Client(raise_request_exception=False)
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        clients.append(client)
    shared_database()

    def send(client):
        return client.post(address, {"access_needs": "", "question": ""}).status_code

    # Eight: what two web workers of four threads do at once.
    assert set(in_threads(8, send, clients)) == {302}
    check(event.pk)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_cancelling_and_registering_at_once_never_gives_a_seat_twice(
    shared_database, crowd
):
    event = make_event(capacity=SEATS)
    people = crowd[:40]
    for user in people[:20]:
        services.register(event=event, user=user)
    shared_database()

    def act(pair):
        number, user = pair
        day = EventPage.objects.get(pk=event.pk)
        person = get_user_model().objects.get(pk=user.pk)
        if number < 20:
            place = Registration.objects.get(event=day, user=person)
            return services.cancel(registration=place, by=person).status
        return services.register(event=day, user=person).status

    in_threads(8, act, enumerate(people))
    confirmed, numbers, positions = outcome(event.pk)
    assert confirmed == SEATS
    assert len(set(numbers)) == len(people)
    assert positions == list(range(1, 20 - SEATS + 1))

import csv
import io

import pytest
from django.urls import reverse

from events import services
from events.models import EventState, Registration
from tests.events.factories import make_event
from tests.search.factories import restrict

pytestmark = pytest.mark.django_db
SCREENS = ["participants", "participants_csv", "attendance_sheet", "cancel_day"]


@pytest.mark.parametrize("screen", SCREENS)
def test_only_facilitators_read_who_registered(
    screen, client, pending_client, member_client, contributor_client, editor_client,
    facilitator_client, admin_client,
):  # fmt: skip
    address = reverse(f"events:{screen}", args=[make_event().slug])
    response = client.get(address)
    assert response.status_code == 302
    assert "/comptes/login/" in response.url
    for reader in (pending_client, member_client, contributor_client, editor_client):
        assert reader.get(address).status_code == 403
    for reader in (facilitator_client, admin_client):
        assert reader.get(address).status_code == 200


@pytest.mark.parametrize("screen", SCREENS)
def test_a_facilitator_does_not_enter_a_private_space(screen, facilitator_client):
    event = make_event()
    restrict(event, "Groupe de travail")
    address = reverse(f"events:{screen}", args=[event.slug])
    assert facilitator_client.get(address).status_code == 403


@pytest.mark.parametrize("action", ["restore_day", "mark_prepared"])
def test_actions_are_posts_of_facilitators(action, member_client, facilitator_client):
    address = reverse(f"events:{action}", args=[make_event().slug])
    assert facilitator_client.get(address).status_code == 405
    assert member_client.post(address).status_code == 403
    assert facilitator_client.post(address).status_code == 302


def test_the_list_tells_who_comes_who_waits_and_what_they_need(
    facilitator_client, make_members
):
    event = make_event(capacity=1)
    users = make_members(2)
    services.register(
        event=event, user=users[0], access_needs="Boucle magnétique", question="Quand ?"
    )
    services.register(event=event, user=users[1])
    html = facilitator_client.get(
        reverse("events:participants", args=[event.slug])
    ).content.decode()
    assert "Boucle magnétique" in html
    assert "Quand ?" in html
    assert html.index(users[0].email) < html.index(users[1].email)


def test_the_spreadsheet_holds_no_formula(facilitator_client, make_user):
    event = make_event()
    user = make_user(None, "Membres", first_name="=1+1", last_name="@somme")
    services.register(event=event, user=user, question="-2+3", access_needs="+33")
    response = facilitator_client.get(
        reverse("events:participants_csv", args=[event.slug])
    )
    text = response.content.decode("utf-8-sig")
    _head, row = csv.reader(io.StringIO(text), delimiter=";")
    assert row[1:3] == ["'@somme", "'=1+1"]
    assert row[8:10] == ["'+33", "'-2+3"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


def test_the_sheet_to_sign_holds_who_is_expected_on_site(
    facilitator_client, make_members
):
    event = make_event(capacity=1, attendance_mode="mixed")
    on_site, remote, waiting = make_members(3)
    services.register(event=event, user=on_site)
    services.register(event=event, user=remote, mode="remote")
    services.register(event=event, user=waiting)
    html = facilitator_client.get(
        reverse("events:attendance_sheet", args=[event.slug])
    ).content.decode()
    assert on_site.last_name.upper() in html
    assert remote.last_name.upper() not in html
    assert waiting.last_name.upper() not in html


def test_a_facilitator_gives_a_place_back_for_somebody(
    facilitator_client, member_client, member
):
    event, other = make_event(), make_event("Une autre")
    registration = services.register(event=event, user=member)
    address = reverse("events:cancel_for", args=[event.slug, registration.pk])
    assert member_client.post(address).status_code == 403
    elsewhere = reverse("events:cancel_for", args=[other.slug, registration.pk])
    assert facilitator_client.post(elsewhere).status_code == 404
    assert facilitator_client.post(address).status_code == 302
    assert not Registration.objects.get().is_active


def test_cancelling_a_day_needs_a_reason_and_can_be_taken_back(facilitator_client):
    event = make_event()
    address = reverse("events:cancel_day", args=[event.slug])
    assert facilitator_client.post(address, {"reason": " "}).status_code == 422
    assert facilitator_client.post(address, {"reason": "Grève"}).status_code == 302
    state = EventState.objects.get(page=event)
    assert (state.is_cancelled, state.cancelled_because) == (True, "Grève")
    facilitator_client.post(reverse("events:restore_day", args=[event.slug]))
    state.refresh_from_db()
    assert not state.is_cancelled
    assert state.calendar_sequence == 2


def test_the_list_of_people_costs_the_same_for_few_and_many(
    facilitator_client, make_members, assert_constant_queries
):
    event = make_event(capacity=3)

    def grow():
        for user in make_members(12):
            services.register(event=event, user=user)

    grow()
    assert_constant_queries(
        facilitator_client, reverse("events:participants", args=[event.slug]), grow
    )

import re

import pytest
from django.core import mail, signing
from django.test import Client
from icalendar import Calendar

from events import services
from events.links import token_of
from events.models import Registration, VenueAccess
from network_site.core.outbox import drain
from network_site.members import roles
from tests.events.factories import make_event, move_to_past
from tests.search.factories import restrict

pytestmark = pytest.mark.django_db


def mails_to(user):
    return [message for message in mail.outbox if message.to == [user.email]]


def link_in(message):
    (address,) = set(re.findall(r"https?://\S+/desinscription/\S+/", message.body))
    return re.sub(r"^https?://[^/]+", "", address)


def calendar_in(message):
    ((name, content, kind),) = message.attachments
    assert kind == "text/calendar"
    (entry,) = Calendar.from_ical(content).walk("VEVENT")
    return entry


def test_a_registration_is_confirmed_by_one_mail_with_its_calendar(member):
    event = make_event(capacity=1)
    services.register(event=event, user=member)
    drain()
    drain()
    (message,) = mails_to(member)
    assert event.title in message.subject
    assert "\n" not in message.subject
    assert event.url in message.body
    assert calendar_in(message)["summary"] == event.title
    ((html, kind),) = message.alternatives
    assert kind == "text/html"
    assert event.title in html
    assert "{%" not in html + message.body


def test_the_waiting_list_tells_the_rank_and_the_promotion(make_members):
    event = make_event(capacity=1)
    users = make_members(3)
    places = [services.register(event=event, user=user) for user in users]
    drain()
    (message,) = mails_to(users[2])
    assert "2e" in message.body
    services.cancel(registration=places[0], by=users[0])
    drain()
    waiting, promoted = mails_to(users[1])
    assert not waiting.attachments
    assert calendar_in(promoted)["status"] == "CONFIRMED"
    assert len(mails_to(users[2])) == 1
    assert len(mails_to(users[0])) == 2


def test_a_rank_that_is_already_a_seat_is_not_announced(make_members):
    event = make_event(capacity=1)
    users = make_members(2)
    places = [services.register(event=event, user=user) for user in users]
    services.cancel(registration=places[0], by=users[0])
    drain()
    (message,) = mails_to(users[1])
    assert message.attachments


def test_the_mails_ask_for_the_right_to_read_again(member):
    event = make_event()
    services.register(event=event, user=member)
    restrict(event, "Groupe de travail")
    drain()
    assert not mails_to(member)


def test_who_is_no_longer_a_member_is_not_written_to(member):
    services.register(event=make_event(), user=member)
    member.groups.remove(*member.groups.filter(role__code=roles.MEMBERS))
    drain()
    assert not mails_to(member)


def test_everyone_learns_that_a_day_is_cancelled_moved_or_restored(
    make_members, facilitator
):
    event = make_event(capacity=1)
    users = make_members(3)
    places = [services.register(event=event, user=user) for user in users]
    services.cancel(registration=places[2], by=users[2])
    drain()
    mail.outbox.clear()
    services.cancel_day(event=event, by=facilitator, reason="La salle est inondée.")
    drain()
    assert sorted(message.to[0] for message in mail.outbox) == sorted(
        user.email for user in users[:2]
    )
    for message in mail.outbox:
        assert "La salle est inondée." in message.body
        assert calendar_in(message)["status"] == "CANCELLED"
        assert "/desinscription/" not in message.body
    mail.outbox.clear()
    event.refresh_from_db()
    services.restore_day(event=event, by=facilitator)
    drain()
    assert len(mail.outbox) == 2
    mail.outbox.clear()
    event.venue = "Autre salle"
    event.save_revision().publish()
    drain()
    assert len(mail.outbox) == 2
    assert "Autre salle" in mail.outbox[0].body


def test_only_the_latest_change_is_written(member, facilitator):
    event = make_event()
    services.register(event=event, user=member)
    drain()
    mail.outbox.clear()
    services.cancel_day(event=event, by=facilitator, reason="Erreur")
    services.restore_day(event=event, by=facilitator)
    drain()
    (message,) = mail.outbox
    assert "Erreur" not in message.body


def test_the_link_of_the_mail_shows_first_and_acts_on_a_form(member, client):
    event = make_event(capacity=1)
    services.register(event=event, user=member)
    drain()
    address = link_in(mails_to(member)[0])
    for _scanner in range(2):
        response = client.get(address)
        assert response.status_code == 200
        assert "noindex" in response["X-Robots-Tag"]
        client.head(address)
    assert Registration.objects.get().is_active
    assert client.post(address).status_code == 200
    assert not Registration.objects.get().is_active
    assert client.post(address).status_code == 200
    drain()
    assert len(mails_to(member)) == 2


def test_a_form_sent_from_elsewhere_does_nothing(member):
    registration = services.register(event=make_event(), user=member)
    strict = Client(enforce_csrf_checks=True)
    address = f"/journees/desinscription/{token_of(registration)}/"
    for headers in (
        {},
        {"Origin": "https://ailleurs.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
        {"Referer": "https://ailleurs.example/page"},
    ):
        assert strict.post(address, headers=headers).status_code == 403
    assert Registration.objects.get().is_active
    # The page's own form, as a browser that keeps no cookie sends it.
    own = {"Origin": "http://testserver"}
    assert strict.post(address, headers=own).status_code == 200
    assert not Registration.objects.get().is_active


def test_the_link_still_works_after_sixty_days_and_not_for_ever(
    member, client, monkeypatch
):
    registration = services.register(event=make_event(in_days=90), user=member)
    token = token_of(registration)
    now = signing.time.time()
    for days, status in ((61, 200), (401, 404)):
        monkeypatch.setattr(signing.time, "time", lambda d=days: now + d * 24 * 3600)
        assert client.get(f"/journees/desinscription/{token}/").status_code == status


def test_a_forged_link_leads_nowhere_and_an_old_one_says_so(member, client):
    event = make_event()
    registration = services.register(event=event, user=member)
    token = token_of(registration)
    assert client.get(f"/journees/desinscription/{token}x/").status_code == 404
    assert client.get("/journees/desinscription/abc/").status_code == 404
    services.cancel(registration=registration, by=member)
    services.register(event=event, user=member)
    response = client.post(f"/journees/desinscription/{token}/")
    assert response.status_code == 404
    assert "remplacée par une autre" in response.content.decode()
    assert Registration.objects.get().is_active


def test_after_the_day_the_link_changes_nothing(member, client):
    event = make_event()
    token = token_of(services.register(event=event, user=member))
    move_to_past(event)
    address = f"/journees/desinscription/{token}/"
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 200
    assert Registration.objects.get().is_active


def test_who_leaves_the_list_is_not_told_that_a_seat_is_cancelled(make_members):
    event = make_event(capacity=1)
    users = make_members(2)
    places = [services.register(event=event, user=user) for user in users]
    drain()
    services.cancel(registration=places[1], by=users[1])
    services.cancel(registration=places[0], by=users[0])
    drain()
    left = mails_to(users[1])[-1]
    assert left.subject.startswith("Liste d’attente quittée, ")
    html = left.alternatives[0].content
    for words in (left.subject, left.body, html):
        assert "nscription" not in words.replace("votre inscription à", "")
        assert "annulé" not in words
    assert "agenda" not in left.body
    given = mails_to(users[0])[-1]
    assert given.subject.startswith("Inscription annulée, ")
    assert "agenda" in given.body


def test_the_confirmation_says_what_one_needs_to_come(make_members):
    event = make_event(
        capacity=2,
        attendance_mode="mixed",
        contact_email="journees@exemple.fr",
        to_bring="Une pièce d’identité",
    )
    VenueAccess.objects.create(
        page=event, label="Ascenseur", description="Au fond de la cour"
    )
    VenueAccess.objects.create(page=event, label="Boucle magnétique")
    one, two = make_members(2)
    services.register(event=event, user=one)
    services.register(event=event, user=two, mode="remote")
    drain()
    on_site, remote = (message for message in mail.outbox if message.attachments)
    for message in (on_site, remote):
        assert message.extra_headers["Reply-To"] == "journees@exemple.fr"
        assert "journees@exemple.fr" in message.body
    html = on_site.alternatives[0].content
    for words in ("Une pièce d’identité", "Ascenseur", "Au fond de la cour", "Boucle"):
        assert words in on_site.body
        assert words in html
        assert words not in remote.body

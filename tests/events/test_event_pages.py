from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from events import services
from events.models import EventPage, Registration
from tests.events.factories import make_event, make_index, move_to_past
from tests.search.factories import make_territory, make_theme, restrict

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")


def text_of(response):
    return " ".join(response.content.decode().split())


def test_the_list_shows_what_comes_then_what_has_been(client):
    make_event("La prochaine", in_days=3, capacity=10)
    make_event("La suivante", in_days=30)
    past = move_to_past(make_event("La passée"))
    past.outcome = "Trois communes ont signé.\n\nEnsuite."
    past.save()
    html = text_of(client.get("/journees/"))
    assert html.index("La prochaine") < html.index("La suivante")
    assert html.index("La suivante") < html.index("La passée")
    assert "Trois communes ont signé." in html
    assert 'id="prochaine"' in html


def test_an_empty_list_says_what_to_do(client):
    make_index()
    response = client.get("/journees/")
    assert response.status_code == 200
    assert "/discussions/" in response.content.decode()


def test_a_day_is_coming_until_its_end_and_past_from_then_on(db):
    event = make_event()
    just_before = event.ends_at - timedelta(microseconds=1)
    assert list(EventPage.objects.upcoming(just_before)) == [event]
    assert not EventPage.objects.past(just_before)
    assert list(EventPage.objects.past(event.ends_at)) == [event]
    assert not EventPage.objects.upcoming(event.ends_at)


def test_the_list_is_filtered_by_theme_and_what_is_narrower(client):
    broad = make_theme("Emploi", "emploi")
    narrow = make_theme("Parrainage", "parrainage", parent=broad)
    make_event("Sur le parrainage", themes=[narrow])
    make_event("Sur la santé", themes=[make_theme("Santé", "sante")])
    html = text_of(client.get("/journees/?theme=emploi"))
    assert "Sur le parrainage" in html
    assert "Sur la santé" not in html


def test_the_list_is_filtered_by_region_and_what_is_within(client):
    region = make_territory("Bretagne", "bretagne", kind="region")
    department = make_territory("Finistère", "finistere", "department", region)
    commune = make_territory("Brest", "brest", "commune", department)
    make_event("À Brest", territories=[commune])
    make_event("Ailleurs")
    html = text_of(client.get("/journees/?territory=bretagne"))
    assert "À Brest" in html
    assert "Ailleurs" not in html


def test_the_list_is_filtered_by_attendance_and_month(client):
    make_event("Sur place")
    make_event("À distance seulement", attendance_mode="remote")
    make_event("Les deux", attendance_mode="mixed")
    html = text_of(client.get("/journees/?mode=remote"))
    assert "Sur place</a>" not in html
    assert "À distance seulement" in html
    assert "Les deux" in html
    year = (timezone.localtime() + timedelta(days=10)).year
    month = f"{timezone.localtime() + timedelta(days=10):%Y-%m}"
    assert "Sur place</a>" in text_of(client.get(f"/journees/?month={month}"))
    make_event("Dans deux ans", in_days=730)
    assert "Sur place</a>" in text_of(client.get(f"/journees/?month={year}"))


def test_the_boxes_of_the_list_count_and_combine(client):
    region = make_territory("Bretagne", "bretagne", kind="region")
    department = make_territory("Finistère", "finistere", "department", region)
    make_event("À Quimper", territories=[department])
    make_event(
        "En Bretagne, à distance", territories=[region], attendance_mode="remote"
    )
    move_to_past(make_event("Passée", attendance_mode="remote"))

    def boxes(**query):
        groups = client.get("/journees/", query).context["filters"].groups
        return {
            group.name: {option.value: option.count for option in group.options}
            for group in groups
        }

    assert boxes()["mode"] == {"": 3, "on_site": 1, "remote": 2}
    assert boxes()["territory"]["bretagne"] == 2
    assert boxes(territory="bretagne")["mode"] == {"": 2, "on_site": 1, "remote": 1}
    assert boxes(territory="bretagne")["territory"]["finistere"] == 1
    html = text_of(client.get("/journees/?territory=finistere&mode=remote"))
    words = html.replace("\u00a0", " ")
    assert "0 dans « Finistère » ; 1 dans « Bretagne »" in words
    assert "À Quimper" not in html


def test_a_month_begins_and_ends_at_midnight_in_paris(client):
    make_event(
        "Le premier à minuit trente",
        starts_at=datetime(2031, 4, 1, 0, 30, tzinfo=PARIS),
        hours=1,
    )
    make_event(
        "La veille au soir",
        starts_at=datetime(2031, 3, 31, 22, 30, tzinfo=PARIS),
        hours=1,
    )
    html = text_of(client.get("/journees/?month=2031-04"))
    assert "Le premier à minuit trente" in html
    assert "La veille au soir" not in html


@pytest.mark.parametrize(
    "query",
    [
        "page=abc",
        "page=-4",
        "page=999",
        "theme=inconnu",
        "territory=%00",
        "mode=avion",
        "month=2026-99",
        "month=abc",
        "month=0000",
        "theme=a&theme=b",
    ],
)
def test_what_makes_no_sense_in_the_address_is_ignored(client, query):
    make_event("Toujours là")
    response = client.get(f"/journees/?{query}")
    assert response.status_code == 200
    assert "Toujours là" in response.content.decode()


def test_a_day_of_a_private_space_is_seen_by_its_group_only(
    client, member_client, member, make_user, client_for
):
    theme = make_theme("Secret", "theme-secret")
    event = make_event("Journée réservée", themes=[theme])
    make_event("Journée publique")
    restrict(event, "Groupe de travail")
    colleague = client_for(make_user(None, "Groupe de travail"))
    for reader, answer in ((client, 302), (member_client, 403), (colleague, 200)):
        sees = answer == 200
        html = reader.get("/journees/").content.decode()
        assert ("Journée réservée" in html) is sees
        assert ("theme-secret" in html) is sees
        feed = reader.get("/journees/calendrier.ics").content.decode()
        assert ("réservée" in feed) is sees
        ics = reader.get(reverse("events:ics", args=[event.slug]))
        assert ics.status_code == answer
        assert reader.get(event.url).status_code == answer
    address = reverse("events:register", args=[event.slug])
    assert member_client.post(address).status_code == 403


def test_the_list_costs_the_same_for_few_days_and_for_many(
    client, assert_constant_queries
):
    theme = make_theme("Emploi", "emploi")
    place = make_territory("Brest", "brest")

    def grow(count=8):
        for number in range(count):
            make_event(f"Jour {number}", themes=[theme], territories=[place])
            move_to_past(make_event(f"Passé {number}", themes=[theme]))

    grow(2)
    assert assert_constant_queries(client, "/journees/", grow) < 30


def test_the_page_tells_the_day(client):
    event = make_event(
        "Comparer ce qui s’essaie",
        starts_at=datetime(2031, 11, 25, 9, 30, tzinfo=PARIS),
        venue="Hôtel de région",
        address="1, place de la Gare",
        body="Venez avec **une question**.",
        sessions=[
            {"starts": time(9, 30), "title": "Accueil", "is_break": True},
            {"starts": time(10), "title": "Trois récits", "description": "À trois."},
        ],
        access_items=[("Fauteuil roulant", "De plain-pied."), ("Audition", "")],
    )
    html = text_of(client.get(event.url))
    assert "mardi 25 novembre 2031" in html
    assert "<strong>une question</strong>" in html
    assert html.index("Accueil") < html.index("Trois récits")
    assert "De plain-pied." in html
    assert html.count('class="unsaid"') >= 2  # the hearing, and the organiser


def test_hours_follow_the_clock_of_paris_on_the_days_it_changes(client):
    winter = make_event("Hiver", starts_at=datetime(2031, 10, 26, 9, tzinfo=PARIS))
    summer = make_event("Été", starts_at=datetime(2031, 3, 30, 9, tzinfo=PARIS))
    for event in (winter, summer):
        event.refresh_from_db()
        assert "9\u00a0h" in client.get(event.url).content.decode()


def test_a_visitor_is_asked_to_log_in_and_a_pending_person_to_wait(
    client, pending_client
):
    event = make_event(capacity=3)
    assert "/comptes/login/?next=/journees/" in client.get(event.url).content.decode()
    html = pending_client.get(event.url).content.decode()
    assert 'name="access_needs"' not in html
    address = reverse("events:register", args=[event.slug])
    assert client.post(address).status_code == 302
    response = pending_client.post(address)
    assert response.status_code == 422
    assert not Registration.objects.exists()


def test_a_member_registers_and_cancels_with_two_buttons(member_client, member):
    event = make_event(capacity=3)
    address = reverse("events:register", args=[event.slug])
    response = member_client.post(address, {"access_needs": "Boucle"})
    assert response.status_code == 302
    assert response.url.endswith("#inscription")
    registration = Registration.objects.get()
    assert (registration.user, registration.access_needs) == (member, "Boucle")
    html = member_client.get(event.url).content.decode()
    assert reverse("events:cancel", args=[event.slug]) in html
    member_client.post(reverse("events:cancel", args=[event.slug]))
    registration.refresh_from_db()
    assert not registration.is_active
    assert 'name="access_needs"' in member_client.get(event.url).content.decode()


def test_when_full_the_button_joins_the_list_and_the_rank_is_told(
    member_client, make_members
):
    event = make_event(capacity=1)
    for user in make_members(3):
        services.register(event=event, user=user)
    member_client.post(reverse("events:register", args=[event.slug]))
    html = text_of(member_client.get(event.url))
    assert "3e" in html
    assert 'class="key panel sign-up waiting"' in html


def test_a_choice_of_attendance_must_be_made_when_there_is_one(member_client):
    event = make_event(attendance_mode="mixed")
    address = reverse("events:register", args=[event.slug])
    assert member_client.post(address).status_code == 422
    assert member_client.post(address, {"mode": "avion"}).status_code == 422
    too_long = {"mode": "remote", "question": "x" * 601}
    response = member_client.post(address, too_long)
    assert response.status_code == 422
    assert "x" * 601 in response.content.decode()
    assert member_client.post(address, {"mode": "remote"}).status_code == 302


def test_the_address_of_the_meeting_is_for_those_registered_remotely(
    client, member_client
):
    event = make_event(attendance_mode="mixed", remote_url="https://visio.example/x")
    for reader in (client, member_client):
        assert "visio.example" not in reader.get(event.url).content.decode()
    address = reverse("events:register", args=[event.slug])
    member_client.post(address, {"mode": "on_site"})
    assert "visio.example" not in member_client.get(event.url).content.decode()
    member_client.post(address, {"mode": "remote"})
    assert "visio.example" in member_client.get(event.url).content.decode()


def test_a_closed_a_cancelled_and_a_past_day_say_so(client, facilitator):
    closed = make_event(
        "Close", registration_closes_at=timezone.now() - timedelta(hours=1)
    )
    assert "sign-up closed" in client.get(closed.url).content.decode()
    cancelled = make_event("Annulée")
    services.cancel_day(event=cancelled, by=facilitator, reason="Salle inondée")
    html = client.get(cancelled.url).content.decode()
    assert "sign-up cancelled" in html
    assert "Salle inondée" in html
    past = move_to_past(make_event("Passée", body="Avant."))
    past.outcome = "Ce qui en est sorti."
    past.save()
    html = client.get(past.url).content.decode()
    assert "sign-up over" in html
    assert html.index("Ce qui en est sorti.") < html.index("Avant.")


def test_a_get_on_the_address_of_the_form_shows_the_day(member_client, client):
    event = make_event()
    for reader in (member_client, client):
        response = reader.get(reverse("events:register", args=[event.slug]))
        assert event.title in response.content.decode()
    cancel = reverse("events:cancel", args=[event.slug])
    assert member_client.get(cancel).status_code == 405
    assert member_client.post(cancel).status_code == 302


def test_the_page_reads_in_english_too(client):
    event = make_event()
    assert client.get(f"/en{event.url}").status_code == 200
    assert client.get("/en/journees/").status_code == 200

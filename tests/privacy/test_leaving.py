"""Asking to leave, thinking it over, changing one's mind, by the page and by the mail."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.utils import timezone

from network_site.core.outbox import drain
from network_site.journal.enums import Action
from network_site.journal.models import Entry
from network_site.privacy import services
from network_site.privacy.models import Departure
from tests.privacy.test_export import prove


def test_leaving_says_what_it_does_and_asks_for_a_choice(member, client_for):
    client = prove(client_for(member))
    page = client.get("/mes-donnees/quitter/").text
    assert "Ancien membre" in page
    assert "Ancienne membre" in page
    assert "sauvegardes" in page
    refused = client.post("/mes-donnees/quitter/", {"signature": "autre"})
    assert refused.status_code == 200
    assert "Choisissez l’une des signatures" in refused.text
    assert "Cochez cette case" in refused.text
    assert not Departure.objects.exists()


def test_leaving_twice_is_one_departure_with_one_mail_and_the_last_signature(
    member, client_for
):
    client = prove(client_for(member))
    for signature in ("former_m", "name"):
        client.post(
            "/mes-donnees/quitter/", {"signature": signature, "understood": "on"}
        )
    departure = Departure.objects.get()
    assert departure.signature == "name"
    assert departure.due_at - departure.asked_at == timedelta(days=14)
    assert Entry.objects.filter(action=Action.DEPARTURE_ASKED).count() == 1
    drain()
    assert len(mail.outbox) == 1
    assert "Vous quittez le réseau" in client.get("/tableau-de-bord/").text or (
        "Vous quittez le réseau" in client.get("/mes-donnees/").text
    )


def test_a_form_sent_long_after_the_log_in_asks_for_the_password_first(
    member, client_for
):
    client = client_for(member)
    answer = client.post(
        "/mes-donnees/quitter/", {"signature": "former_m", "understood": "on"}
    )
    assert "reauthenticate" in answer["Location"]
    assert not Departure.objects.exists()
    # What the form said is answered once the password is given.
    done = client.post(answer["Location"], {"password": "motdepasse"})
    assert done.status_code == 302
    assert Departure.objects.get().signature == "former_m"


def test_the_link_of_the_mail_shows_then_its_button_keeps_the_account(member, client):
    services.ask_to_leave(user=member)
    drain()
    link = re.search(r"/mes-donnees/rester/[^\s\"]+", mail.outbox[0].body)[0]
    assert "Rester dans le réseau" in client.get(link).text
    assert Departure.objects.get().cancelled_at is None, "opening changes nothing"
    for _twice in range(2):
        assert client.post(link).status_code == 200
    assert Departure.objects.get().cancelled_at
    assert Entry.objects.filter(action=Action.DEPARTURE_CANCELLED).count() == 1
    assert client.get("/mes-donnees/rester/n-importe-quoi/").status_code == 404


def test_logged_in_one_changes_ones_mind_on_the_page(member, client_for):
    services.ask_to_leave(user=member)
    client = client_for(member)
    assert client.post("/mes-donnees/rester/").status_code == 302
    assert Departure.objects.get().cancelled_at
    assert "rien n’a été effacé" in client.get("/mes-donnees/").text


def test_nothing_is_erased_before_the_days_are_over_and_one_reminder_is_sent(member):
    now = timezone.now()
    services.ask_to_leave(user=member, now=now)
    drain()
    for day in range(14):
        services.remind(now=now + timedelta(days=day))
        services.call_due(now=now + timedelta(days=day))
        drain()
    assert get_user_model().objects.get(pk=member.pk).is_active
    assert len(mail.outbox) == 2
    assert services.call_due(now=now + timedelta(days=14)) == 1


def test_once_begun_nobody_changes_their_mind(member, client):
    departure = services.ask_to_leave(user=member)
    link = f"/mes-donnees/rester/{services.stay_token(member)}/"
    Departure.objects.filter(pk=departure.pk).update(begun_at=timezone.now())
    assert client.post(link).status_code == 410
    with pytest.raises(services.TooLate):
        services.ask_to_leave(user=member)


def test_an_administrator_hands_over_before_leaving(administrator, client_for):
    client = prove(client_for(administrator))
    client.post("/mes-donnees/quitter/", {"signature": "former_m", "understood": "on"})
    assert not Departure.objects.exists()

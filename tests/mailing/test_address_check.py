"""Mails that came back: asked about at the next login, wherever it leads."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone

from network_site.mailing.bounces import is_suspended
from network_site.mailing.models import AddressHealth

pytestmark = pytest.mark.django_db
URL = "/notifications/adresse/"
LOGIN = "/comptes/login/"


@pytest.fixture
def suspended(member):
    EmailAddress.objects.create(
        user=member, email=member.email, verified=True, primary=True
    )
    AddressHealth.objects.create(
        address=member.email, hard_bounces=2, suspended_at=timezone.now()
    )
    return member


def log_in(client, user, following=""):
    return client.post(
        f"{LOGIN}?next={following}" if following else LOGIN,
        {"login": user.email, "password": "motdepasse", "next": following},
    )


def test_the_next_login_asks(client, suspended):
    response = log_in(client, suspended)
    assert response["Location"] == f"{URL}?next=%2Fmon-espace%2F"
    html = client.get(response["Location"]).content.decode()
    assert suspended.email in html
    assert "C’est toujours la bonne adresse" in html
    assert 'href="/comptes/email/"' in html


def test_the_login_of_a_page_asks_as_well_and_leads_there(client, suspended):
    response = log_in(client, suspended, "/annuaire/personnes/")
    assert response["Location"] == f"{URL}?next=%2Fannuaire%2Fpersonnes%2F"
    response = client.post(URL, {"next": "/annuaire/personnes/"})
    assert response["Location"] == "/annuaire/personnes/"
    assert not is_suspended(suspended.email)
    assert AddressHealth.objects.get().hard_bounces == 0
    # Nothing to ask any more.
    assert client.get(URL)["Location"] == "/mon-espace/"


def test_nobody_else_is_asked(client, suspended, editor):
    EmailAddress.objects.create(
        user=editor, email=editor.email, verified=True, primary=True
    )
    assert log_in(client, editor)["Location"] == "/mon-espace/"


def test_the_question_leads_nowhere_else(client_for, suspended):
    client = client_for(suspended)
    response = client.post(URL, {"next": "https://ailleurs.example/"})
    assert response["Location"] == "/mon-espace/"


def test_whoever_reported_a_mail_is_asked_what_they_want(client_for, suspended):
    AddressHealth.objects.update(complained_at=timezone.now(), hard_bounces=0)
    client = client_for(suspended)
    page = client.get(URL).content.decode()
    assert "signalé comme indésirable" in page
    assert "sont revenus" not in page
    assert "signalé comme indésirable" in (
        client.get(reverse("notifications:settings")).content.decode()
    )
    client.post(URL)
    assert not is_suspended(suspended.email)
    assert AddressHealth.objects.get().complained_at is None

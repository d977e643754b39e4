"""Many refusals alike at once: shown to those who run the network, held against nobody."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from network_site.mailing import (
    bounces,
    retention,
)
from network_site.mailing.addresses import envelope_sender
from network_site.mailing.enums import MailStatus
from network_site.mailing.models import (
    Bounce,
    Burst,
    OutgoingMail,
)
from network_site.mailing.refusals import Cause
from network_site.mailing.reports import receive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("admin_access")]

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
MANY = bounces.BURST_SIZE

REPORT = """\
Return-Path: <>
Delivered-To: {to}
From: MAILER-DAEMON@relais.exemple
Subject: Non remis
Message-ID: <{number}@relais.exemple>
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; relais.exemple

Final-Recipient: rfc822; {address}
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx{server}.ville.exemple
Diagnostic-Code: smtp; 550 5.1.1 utilisateur inconnu
--b--
"""


def returned(number, address):
    """Send back one mail to `address`, as its server does."""
    mail = OutgoingMail.objects.create(
        key=f"m{number}", kind="test", address=address, status=MailStatus.SENT
    )
    to = envelope_sender(mail.pk)
    raw = REPORT.format(to=to, number=number, address=address, server=number % 2 + 1)
    return receive(raw.encode())


def refused(number, *, now=NOW, host="mx.ville.exemple", address=None, **values):
    return bounces.note_bounce(
        report_id=f"r{number}",
        address=address or f"p{number}@ville.exemple",
        status="5.1.1",
        host=host,
        now=now,
        **{"cause": Cause.UNKNOWN, "is_hard": True, **values},
    )


def suspended():
    return [
        bounce.address
        for bounce in Bounce.objects.all()
        if bounces.is_suspended(bounce.address)
    ]


def test_reports_alike_from_one_server_are_held_against_nobody(settings):
    settings.MAIL_BOUNCE_ADDRESS = "retours@exemple.fr"
    people = [f"p{number}@ville.exemple" for number in range(MANY + 3)]
    for turn in range(2):
        for number, address in enumerate(people):
            returned(1000 * turn + number, address)
    assert suspended() == []
    assert not Bounce.objects.filter(is_charged=True).exists()
    # What the server said stays said.
    assert not Bounce.objects.filter(is_hard=False).exists()
    burst = bounces.open_bursts().get()
    assert (burst.host, burst.cause) == ("mx.ville.exemple", Cause.UNKNOWN)
    assert burst.addresses == len(people)


def test_an_address_that_was_counted_before_the_burst_showed_is_cleared():
    old = refused("old", now=NOW - timedelta(days=9), address="p0@ville.exemple")
    refused(0)
    assert bounces.is_suspended(old.address)
    for number in range(1, MANY):
        refused(number)
    assert not bounces.is_suspended(old.address)
    assert bounces.health_of(old.address).hard_bounces == 1


@pytest.mark.parametrize(
    "make",
    [
        lambda n: {"host": f"mx.ville{chr(97 + n)}.exemple"},
        lambda n: {"cause": [Cause.UNKNOWN, Cause.DISABLED][n % 2]},
        lambda n: {"now": NOW + n * timedelta(hours=1)},
        lambda n: {"address": "p@ville.exemple"},
        lambda n: {"cause": Cause.FULL, "is_hard": False},
    ],
    ids=["servers", "reasons", "days", "one address", "full"],
)
def test_what_is_not_alike_is_no_burst(make):
    for number in range(MANY):
        values = {"is_hard": True, **make(number)}
        bounces.note_bounce(
            **{
                "report_id": f"r{number}",
                "address": f"p{number}@ville.exemple",
                "status": "5.1.1",
                "cause": Cause.UNKNOWN,
                "host": "mx.ville.exemple",
                "now": NOW,
                **values,
            }
        )
    assert not Burst.objects.exists()


def test_refusals_of_our_sending_are_a_burst_that_cannot_be_counted():
    for number in range(MANY):
        refused(number, cause=Cause.SENDER, is_hard=False)
    burst = bounces.open_bursts().get()
    assert not bounces.is_about_addresses(burst)


@pytest.fixture
def burst(db):
    for number in range(MANY):
        refused(number, diagnostic="550 5.1.1 utilisateur inconnu")
    return Burst.objects.get()


def test_a_facilitator_sees_the_burst_and_counts_it(burst, facilitator, client_for):
    client = client_for(facilitator)
    path = reverse("bursts:settle", args=[burst.pk])
    assert path in client.get(reverse("mails:index")).content.decode()
    assert path in client.get(reverse("bursts:index")).content.decode()
    page = client.get(path).content.decode()
    assert "p0@ville.exemple" in page
    assert "utilisateur inconnu" in page
    listed = client.get(f"{reverse('returned_mails:index')}?burst={burst.pk}")
    assert "p0@ville.exemple" in listed.content.decode()
    assert client.post(path, {"count": ""}).status_code == 302
    assert bounces.health_of("p0@ville.exemple").hard_bounces == 1
    client.post(path, {"count": ""})
    assert bounces.health_of("p0@ville.exemple").hard_bounces == 1
    assert path not in client.get(reverse("mails:index")).content.decode()
    # They were wrong: what comes next counts.
    refused("next", address="p0@ville.exemple", now=NOW + MINUTE)
    assert bounces.is_suspended("p0@ville.exemple")


def test_a_burst_set_aside_goes_on_as_it_began(burst, facilitator, client_for):
    path = reverse("bursts:settle", args=[burst.pk])
    client_for(facilitator).post(path, {"aside": ""})
    assert bounces.health_of("p0@ville.exemple").hard_bounces == 0
    refused("more", address="p0@ville.exemple", now=NOW + MINUTE)
    assert bounces.health_of("p0@ville.exemple").hard_bounces == 0
    assert not bounces.open_bursts().exists()
    later = NOW + timedelta(days=1)
    refused("later", address="p0@ville.exemple", now=later)
    assert bounces.health_of("p0@ville.exemple").hard_bounces == 1


def test_nobody_else_settles_a_burst(burst, editor, client, client_for):
    path = reverse("bursts:settle", args=[burst.pk])
    for one in (client, client_for(editor)):
        assert one.post(path, {"count": ""}).status_code in {302, 403, 404}
    assert Burst.objects.filter(settled_at=None).exists()


def test_bursts_are_forgotten_with_the_returns_they_hold(burst, settings):
    retention.prune_mails(NOW + timedelta(days=settings.MAIL_JOURNAL_DAYS + 1))
    assert not Burst.objects.exists()
    assert not Bounce.objects.exists()

"""Mails that a visitor causes: few for one address, whoever types it and from wherever."""

import pytest
from django.core import mail
from django.urls import reverse

from network_site.core.outbox import drain
from network_site.home.services import ensure_site
from network_site.members import visitor_mails
from tests.accounts.conftest import log_in
from tests.members.asking import PASSWORD, PROVE, ask
from tests.support.client import SiteClient

pytestmark = pytest.mark.django_db
STRANGER = "inconnue@exemple.fr"
CODE = "account_request_login_code"
RESET = "account_reset_password"


def type_address(page, email, number=0):
    """From another place and another browser each time."""
    client = SiteClient(REMOTE_ADDR=f"192.0.2.{number % 250 + 1}")
    return client.post(reverse(page), {"email": email})


def mails_to(email):
    drain()
    return [one for one in mail.outbox if one.to == [email]]


def test_a_stranger_is_written_to_once_whatever_is_asked_for():
    ensure_site()
    for number in range(3):
        assert type_address(CODE, STRANGER, number).status_code == 302
        assert type_address(RESET, STRANGER.upper(), number + 50).status_code == 302
        SiteClient(REMOTE_ADDR=f"198.51.100.{number}").post(
            "/lettre/abonnement/", {"email": STRANGER, "consent": "on"}
        )
    assert len(mails_to(STRANGER)) == 1


@pytest.mark.parametrize("page", [CODE, RESET])
def test_the_answer_depends_on_how_often_an_address_was_typed_and_on_nothing_else(
    member, proven, page
):
    proven(member)
    seen = {}
    for email in (member.email, STRANGER):
        seen[email] = [
            type_address(page, email, number).status_code
            for number in range(visitor_mails.PER_DAY + 3)
        ]
    assert seen[member.email] == seen[STRANGER]
    assert seen[STRANGER] == [302] * visitor_mails.PER_DAY + [429] * 3
    assert len(mails_to(member.email)) == visitor_mails.PER_DAY
    answer = type_address(page, member.email)
    assert "Assez de courriels" in answer.content.decode()
    assert int(answer["Retry-After"]) > 0


def test_asking_to_join_again_and_again_fills_no_mail_box(client, member, proven):
    proven(member)
    seen = {}
    for email in (member.email, "claire@ville-exemple.fr"):
        statuses = []
        for _again in range(visitor_mails.PER_DAY):
            client = SiteClient()
            statuses.append(ask(client, email=email).status_code)
            statuses.append(
                client.post(reverse(PROVE), {"action": "resend"}).status_code
            )
        seen[email] = statuses
    assert seen[member.email] == seen["claire@ville-exemple.fr"]
    assert 429 in seen[member.email]
    for email in seen:
        assert len(mails_to(email)) <= visitor_mails.PER_DAY
    # What tells somebody that they have an account already is a notice, said less often.
    assert len(mails_to(member.email)) == visitor_mails.NOTICES_PER_DAY


def test_the_password_of_an_unproven_request_sends_no_more_codes_than_that(client):
    ask(client)
    email = "claire@ville-exemple.fr"
    statuses = {
        log_in(email, PASSWORD)[1].status_code
        for _again in range(visitor_mails.PER_DAY + 2)
    }
    assert statuses == {302, 429}
    assert len(mails_to(email)) == visitor_mails.PER_DAY


def test_a_mail_that_could_not_leave_is_not_the_one(monkeypatch):
    def fails(*args, **kwargs):
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.message.EmailMessage.send", fails)
        for _again in range(visitor_mails.PER_DAY + 1):
            assert type_address(CODE, STRANGER).status_code == 503
    assert type_address(CODE, STRANGER).status_code == 302
    assert len(mails_to(STRANGER)) == 1


def test_facilitators_are_alerted_a_few_times_a_day_and_read_the_rest_in_the_queue(
    facilitator,
):
    told = [visitor_mails.may_alert(facilitator, "request") for _again in range(30)]
    assert told.count(True) == visitor_mails.ALERTS_PER_DAY

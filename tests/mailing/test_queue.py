"""The queue of mails: once for a key, the right ones dropped, each on its own."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import OperationalError
from django.utils import timezone

from network_site.core.models import WorkerHeartbeat
from network_site.mailing import queue
from network_site.mailing.enums import (
    Mailer,
    MailStatus,
)
from network_site.mailing.models import (
    AddressHealth,
    OutgoingMail,
)
from network_site.mailing.queue import (
    Letter,
    deliver_due,
    enqueue,
    enqueue_many,
    mark_interrupted,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def letters(monkeypatch):
    """A builder of the kind "test", and what it saw: batches, marks set and undone."""
    seen = {"batches": [], "sending": [], "returned": [], "special": {}}

    def open_batch(mails):
        seen["batches"].append([mail.key for mail in mails])

        def build(mail):
            if mail.key in seen["special"]:
                return seen["special"][mail.key](mail)
            message = EmailMultiAlternatives(
                subject=f"Mail {mail.key}", body="Bonjour", to=[mail.address]
            )
            return Letter(
                message,
                on_sending=lambda: seen["sending"].append(mail.key),
                on_returned=lambda: seen["returned"].append(mail.key),
            )

        return build

    monkeypatch.setitem(queue._builders, "test", open_batch)
    return seen


def post(key, **more):
    return enqueue(
        **{"key": key, "kind": "test", "address": f"{key}@exemple.fr", **more}
    )


def row(key):
    return OutgoingMail.objects.get(key=key)


def arrived(sink):
    return [received.recipients[0] for received in sink.messages]


def test_a_mail_leaves_once_and_is_written_in_the_journal(letters, smtp_sink, member):
    assert enqueue(key="a", kind="test", user=member, reference=3) is not None
    assert enqueue(key="a", kind="test", user=member) is None
    assert deliver_due() == 1
    assert deliver_due() == 0
    (received,) = smtp_sink.messages
    assert received.recipients == [member.email]
    mail = row("a")
    assert mail.status == MailStatus.SENT
    assert mail.sent_at is not None
    assert mail.subject == "Mail a"
    assert mail.message_id == received.parsed.message_id
    assert mail.claimed_by == ""
    assert letters["sending"] == ["a"]
    assert letters["returned"] == []


def test_many_mails_are_queued_and_sent_over_one_connection(letters, smtp_sink):
    rows = [
        {"key": f"k{n}", "kind": "test", "address": f"k{n}@exemple.fr"}
        for n in range(60)
    ]
    assert enqueue_many(iter(rows)) == 60
    enqueue_many(rows)
    assert deliver_due() == 60
    assert sorted(arrived(smtp_sink)) == sorted(each["address"] for each in rows)
    assert len(letters["batches"]) == 1
    assert smtp_sink.connections == 1


def test_what_somebody_waits_for_leaves_before_what_leaves_in_number(
    letters, smtp_sink
):
    post("digest", mailer=Mailer.BULK)
    post("reply")
    deliver_due()
    assert arrived(smtp_sink) == ["reply@exemple.fr", "digest@exemple.fr"]


def test_a_mail_waits_for_its_time(letters, smtp_sink):
    now = timezone.now()
    post("later", at=now + timedelta(hours=1))
    assert deliver_due(now=now) == 0
    assert deliver_due(now=now + timedelta(hours=1)) == 1
    assert row("later").sent_at == now + timedelta(hours=1)


def test_one_mail_that_cannot_be_built_holds_back_no_other(letters, smtp_sink):
    def broken(mail):
        raise ZeroDivisionError("a template fails")

    letters["special"]["b"] = broken
    for key in "abc":
        post(key)
    assert deliver_due() == 3
    assert arrived(smtp_sink) == ["a@exemple.fr", "c@exemple.fr"]
    assert row("b").status == MailStatus.FAILED
    assert "ZeroDivisionError: a template fails" in row("b").error
    assert "b" not in letters["sending"]


def test_one_row_that_cannot_be_read_holds_back_no_other(
    letters, smtp_sink, monkeypatch
):
    plain = queue._builders["test"]

    def open_batch(mails):
        if any(mail.key == "b" for mail in mails):
            raise KeyError("b")
        return plain(mails)

    monkeypatch.setitem(queue._builders, "test", open_batch)
    for key in "abc":
        post(key)
    deliver_due()
    assert arrived(smtp_sink) == ["a@exemple.fr", "c@exemple.fr"]
    assert row("b").status == MailStatus.FAILED


def test_a_mail_that_nothing_builds_is_listed_as_refused(smtp_sink):
    post("a", kind="unknown")
    deliver_due()
    assert row("a").status == MailStatus.FAILED
    assert "unknown" in row("a").error


def test_a_mail_with_nothing_left_to_say_is_dropped(letters, smtp_sink):
    letters["special"]["a"] = lambda mail: None
    post("a")
    assert deliver_due() == 1
    assert row("a").status == MailStatus.DROPPED
    assert smtp_sink.messages == []


def test_suspended_addresses_and_closed_accounts_receive_nothing(
    letters, smtp_sink, member, editor
):
    member.is_active = False
    member.save()
    AddressHealth.objects.create(
        address="suspendue@exemple.fr", hard_bounces=2, suspended_at=timezone.now()
    )
    post("closed", user=member, address="")
    post("suspended", address="Suspendue@exemple.fr")
    post("fine", user=editor, address="")
    deliver_due()
    assert arrived(smtp_sink) == [editor.email]
    assert row("closed").status == MailStatus.DROPPED
    assert row("suspended").status == MailStatus.DROPPED
    assert "suspended" in row("suspended").error


def test_a_mail_goes_to_the_address_the_person_has_now(letters, smtp_sink, member):
    post("a", user=member, address="")
    member.email = "nouvelle@exemple.fr"
    member.save()
    deliver_due()
    assert arrived(smtp_sink) == ["nouvelle@exemple.fr"]
    assert row("a").address == "nouvelle@exemple.fr"


def test_a_locked_database_while_building_leaves_the_mails_in_the_queue(
    letters, smtp_sink
):
    def locked(mail):
        raise OperationalError("database is locked")

    letters["special"]["b"] = locked
    for key in "abc":
        post(key)
    with pytest.raises(OperationalError):
        deliver_due()
    del letters["special"]["b"]
    assert deliver_due() == 2
    assert sorted(arrived(smtp_sink)) == [f"{key}@exemple.fr" for key in "abc"]


def test_the_rate_of_a_mailer_counts_what_others_have_sent(
    letters, smtp_sink, settings
):
    settings.MAIL_RATES = {"default": 0, "bulk": 5}
    now = timezone.now()
    for number in range(2):
        mail = post(f"sent{number}", mailer=Mailer.BULK)
        OutgoingMail.objects.filter(pk=mail.pk).update(
            status=MailStatus.SENT, sent_at=now - timedelta(seconds=30)
        )
    for number in range(8):
        post(f"bulk{number}", mailer=Mailer.BULK, at=now)
        post(f"one{number}", at=now)
    assert deliver_due(now=now) == 8 + 3
    assert deliver_due(now=now + timedelta(seconds=20)) == 0
    assert deliver_due(now=now + timedelta(seconds=31)) == 2
    assert deliver_due(now=now + timedelta(seconds=100)) == 3


def test_what_a_dead_worker_was_sending_is_uncertain_and_the_rest_is_given_back(
    letters, smtp_sink
):
    for key, status, worker in (
        ("flying", MailStatus.SENDING, "worker-1-dead"),
        ("claimed", MailStatus.QUEUED, "worker-1-dead"),
        ("theirs", MailStatus.SENDING, "worker-2-alive"),
    ):
        OutgoingMail.objects.filter(pk=post(key).pk).update(
            status=status,
            claimed_by=worker,
            claimed_until=timezone.now() + timedelta(minutes=9),
        )
    assert deliver_due() == 0
    assert mark_interrupted({"worker-2-alive"}) == 1
    assert mark_interrupted({"worker-2-alive"}) == 0
    deliver_due()
    assert arrived(smtp_sink) == ["claimed@exemple.fr"]
    assert row("flying").status == MailStatus.UNCERTAIN
    assert row("theirs").status == MailStatus.SENDING
    # Its own worker lives, but no hand-over lasts that long.
    assert mark_interrupted({"worker-2-alive"}, timezone.now() + timedelta(hours=1))


def test_a_courier_that_is_stopped_gives_back_what_it_holds(letters, smtp_sink):
    for key in "abc":
        post(key)
    stopped = []
    letters["special"]["a"] = lambda mail: stopped.append(True)
    deliver_due(stop=lambda: bool(stopped))
    assert smtp_sink.messages == []
    assert OutgoingMail.objects.filter(
        status=MailStatus.QUEUED, claimed_by="", claimed_until=None
    ).count() == len("bc")
    assert not WorkerHeartbeat.objects.exists()

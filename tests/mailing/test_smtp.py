"""Delivery to a real mail server: what it refuses, postpones, or never answers."""

import smtplib
from datetime import timedelta

import pytest
from django.core.mail import EmailMultiAlternatives, mailers
from django.utils import timezone

from network_site.mailing import (
    bounces,
    queue,
)
from network_site.mailing.courier import (
    MAX_ATTEMPTS,
    wait_before,
)
from network_site.mailing.enums import MailStatus
from network_site.mailing.mail import send_templated
from network_site.mailing.models import (
    Bounce,
    OutgoingMail,
)
from network_site.mailing.queue import (
    Letter,
    deliver_due,
    enqueue,
)
from network_site.mailing.smtp import (
    Fate,
    verdict_on,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now().replace(microsecond=0) + timedelta(hours=1)


@pytest.fixture
def marks(monkeypatch):
    """The keys of mails marked as told: set when they leave, taken back when refused."""
    told = []

    def open_batch(mails):
        def build(mail):
            message = EmailMultiAlternatives(
                subject="Un sujet\nsur deux lignes",
                body="Été à Nîmes",
                to=[mail.address],
                headers={"X-Name": mail.key},
            )
            return Letter(
                message,
                on_sending=lambda: told.append(mail.key),
                on_returned=lambda: told.remove(mail.key),
            )

        return build

    monkeypatch.setitem(queue._builders, "test", open_batch)
    return told


def post(*keys):
    for key in keys:
        enqueue(key=key, kind="test", address=f"{key}@exemple.fr", at=NOW)


def row(key):
    return OutgoingMail.objects.get(key=key)


def test_a_recipient_refused_for_good_is_listed_and_the_others_get_theirs(
    marks, smtp_sink
):
    smtp_sink.refuse("b@exemple.fr", "550 5.1.1 User unknown")
    post("a", "b", "c")
    deliver_due(now=NOW)
    assert marks == ["a", "c"]
    assert len(smtp_sink.messages) == 2
    assert row("b").status == MailStatus.FAILED
    assert "User unknown" in row("b").error
    bounce = Bounce.objects.get()
    assert (bounce.address, bounce.is_hard, bounce.status) == (
        "b@exemple.fr",
        True,
        "5.1.1",
    )
    assert bounces.health_of("b@exemple.fr").hard_bounces == 1


def test_the_second_refusal_for_good_suspends_the_address(marks, smtp_sink):
    smtp_sink.refuse("b@exemple.fr")
    enqueue(key="b1", kind="test", address="b@exemple.fr")
    enqueue(key="b2", kind="test", address="b@exemple.fr")
    deliver_due()
    assert bounces.is_suspended("B@exemple.fr")
    enqueue(key="b3", kind="test", address="b@exemple.fr")
    deliver_due()
    assert row("b3").status == MailStatus.DROPPED
    bounces.reinstate("b@exemple.fr")
    smtp_sink.answers.clear()
    enqueue(key="b4", kind="test", address="b@exemple.fr")
    deliver_due()
    assert row("b4").status == MailStatus.SENT


def test_a_refusal_by_policy_is_not_held_against_the_address(marks, smtp_sink):
    smtp_sink.refuse("b@exemple.fr", "550 5.7.1 Relaying denied")
    post("b")
    deliver_due(now=NOW)
    assert row("b").status == MailStatus.FAILED
    assert not Bounce.objects.get().is_hard
    assert bounces.health_of("b@exemple.fr") is None


def test_a_recipient_refused_for_now_is_tried_again_later_and_later(marks, smtp_sink):
    smtp_sink.refuse("a@exemple.fr", "451 4.7.1 Greylisted")
    post("a", "b")
    deliver_due(now=NOW)
    assert marks == ["b"]
    assert row("a").status == MailStatus.QUEUED
    assert row("a").next_attempt_at == NOW + timedelta(minutes=1)
    later = NOW + timedelta(minutes=1)
    deliver_due(now=later)
    assert row("a").next_attempt_at == later + timedelta(minutes=2)
    smtp_sink.answers.clear()
    deliver_due(now=later + timedelta(minutes=2))
    assert row("a").status == MailStatus.SENT
    assert marks == ["b", "a"]
    assert Bounce.objects.count() == 0


def test_it_is_given_up_after_some_three_days(marks, smtp_sink):
    smtp_sink.refuse("a@exemple.fr", "451 4.3.0 Later")
    post("a")
    now = NOW
    for _attempt in range(MAX_ATTEMPTS):
        assert row("a").status == MailStatus.QUEUED
        deliver_due(now=now)
        now = row("a").next_attempt_at
    assert row("a").status == MailStatus.FAILED
    assert timedelta(days=2, hours=12) < now - NOW < timedelta(days=4)
    assert deliver_due(now=now + timedelta(days=30)) == 0
    assert wait_before(50) == timedelta(hours=6)


def test_a_server_that_is_away_costs_one_failure_for_all(marks, smtp_sink, monkeypatch):
    attempts = []
    original = smtplib.SMTP.connect

    def connect(self, *args, **kwargs):
        attempts.append(args)
        return original(self, *args, **kwargs)

    monkeypatch.setattr(smtplib.SMTP, "connect", connect)
    smtp_sink.stop()
    post(*"abcdef")
    assert deliver_due(now=NOW) == 6
    assert len(attempts) == 1
    assert marks == []
    for key in "abcdef":
        assert row(key).status == MailStatus.QUEUED
        assert row(key).next_attempt_at == NOW + timedelta(minutes=1)
        assert "ConnectionRefusedError" in row(key).error


def test_a_connection_cut_before_the_message_is_tried_again(marks, smtp_sink):
    smtp_sink.hang_up_on_rcpt = True
    post("a", "b")
    deliver_due(now=NOW)
    assert marks == []
    assert {row("a").status, row("b").status} == {MailStatus.QUEUED}
    smtp_sink.hang_up_on_rcpt = False
    deliver_due(now=NOW + timedelta(minutes=5))
    assert len(smtp_sink.messages) == 2


def test_a_connection_cut_after_the_message_is_never_tried_again(marks, smtp_sink):
    smtp_sink.hang_up_after_data = True
    post("a", "b")
    deliver_due(now=NOW)
    assert row("a").status == MailStatus.UNCERTAIN
    assert row("a").message_id
    # Such a server would have made every mail uncertain.
    assert row("b").status == MailStatus.QUEUED
    smtp_sink.hang_up_after_data = False
    deliver_due(now=NOW + timedelta(days=1))
    assert marks == ["a", "b"]
    assert [one.recipients for one in smtp_sink.messages] == [
        ["a@exemple.fr"],
        ["b@exemple.fr"],
    ]


def test_a_message_refused_after_it_was_read_was_not_delivered(marks, smtp_sink):
    smtp_sink.answer_data = "451 4.3.0 Out of disk"
    post("a")
    deliver_due(now=NOW)
    assert row("a").status == MailStatus.QUEUED
    smtp_sink.answer_data = "554 5.7.1 Looks like spam"
    deliver_due(now=NOW + timedelta(hours=1))
    assert row("a").status == MailStatus.FAILED
    assert marks == []
    # The text was refused, not the person.
    assert Bounce.objects.count() == 0


def test_an_idle_connection_that_the_server_closed_is_renewed(smtp_sink):
    server = mailers["default"]
    server.open()
    message = EmailMultiAlternatives("Un", "Corps", to=["a@exemple.fr"])
    server.send_messages([message])
    server.connection.sock.shutdown(2)
    server.send_messages([message])
    server.close()
    assert len(smtp_sink.messages) == 2
    assert smtp_sink.connections == 2


def test_a_subject_with_a_line_break_leaves_on_one_line(marks, smtp_sink):
    post("a")
    deliver_due(now=NOW)
    parsed = smtp_sink.messages[0].parsed
    assert parsed.subject == "Un sujet sur deux lignes"
    assert row("a").subject == "Un sujet sur deux lignes"


def test_a_header_with_a_line_break_injects_nothing(smtp_sink, monkeypatch):
    def open_batch(mails):
        def build(mail):
            return Letter(
                EmailMultiAlternatives(
                    "Sujet",
                    "Corps",
                    to=[mail.address],
                    headers={"X-Name": "a\nBcc: espion@exemple.fr"},
                )
            )

        return build

    monkeypatch.setitem(queue._builders, "test", open_batch)
    post("a")
    deliver_due(now=NOW)
    assert row("a").status == MailStatus.FAILED
    assert smtp_sink.messages == []


def test_every_mail_is_from_the_network_and_comes_back_to_a_signed_address(
    marks, smtp_sink, settings
):
    settings.DEFAULT_FROM_EMAIL = "Réseau, le <reseau@exemple.fr>"
    settings.MAIL_BOUNCE_ADDRESS = "retours@exemple.fr"
    settings.WAGTAILADMIN_BASE_URL = "https://reseau.exemple.fr"
    post("a")
    deliver_due(now=NOW)
    (received,) = smtp_sink.messages
    assert received.sender.startswith(f"retours+{row('a').pk}.")
    assert received.parsed.from_[0][1] == "reseau@exemple.fr"
    assert received.parsed.message_id.endswith("@reseau.exemple.fr>")
    assert received.parsed.headers["Auto-Submitted"] == "auto-generated"
    assert received.parsed.date is not None
    assert received.parsed.text_plain[0].strip() == "Été à Nîmes"


def test_a_mail_of_an_outbox_handler_that_hung_is_not_repeated(
    smtp_sink, member, settings, tmp_path
):
    folder = tmp_path / "emails" / "things"
    folder.mkdir(parents=True)
    for ending in ("subject.txt", "body.txt", "body.html"):
        (folder / f"made_{ending}").write_text("Objet")
    options = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**options, "DIRS": [*options["DIRS"], tmp_path]}]
    smtp_sink.hang_up_after_data = True
    assert not send_templated(template="things/made", to=member, once="made")
    assert OutgoingMail.objects.get().status == MailStatus.UNCERTAIN
    assert not send_templated(template="things/made", to=member, once="made")
    assert len(smtp_sink.messages) == 1

    smtp_sink.hang_up_after_data = False
    smtp_sink.refuse(member.email, "451 4.3.0 Later")
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        send_templated(template="things/made", to=member, once="again")
    smtp_sink.refuse(member.email, "550 5.1.1 Unknown")
    assert not send_templated(template="things/made", to=member, once="again")
    assert OutgoingMail.objects.get(key=f"again|{member.pk}").status == (
        MailStatus.FAILED
    )
    assert Bounce.objects.get().address == member.email


@pytest.mark.parametrize(
    ("error", "fate"),
    [
        (smtplib.SMTPAuthenticationError(535, b"no"), Fate.UNREACHABLE),
        (smtplib.SMTPSenderRefused(530, b"log in", "a@b.fr"), Fate.UNREACHABLE),
        (smtplib.SMTPSenderRefused(552, b"too long", "a@b.fr"), Fate.REFUSED),
        (smtplib.SMTPRecipientsRefused({"a": (421, b"busy")}), Fate.UNREACHABLE),
        (TimeoutError("slow"), Fate.UNREACHABLE),
        (ValueError("Invalid address"), Fate.REFUSED),
    ],
)
def test_what_an_error_means(error, fate):
    assert verdict_on(error).fate is fate

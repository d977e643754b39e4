"""Mails: three parts from templates, in the reader's language, never twice."""

import re
from datetime import timedelta
from email.header import decode_header, make_header

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends import locmem
from django.utils import timezone
from django.utils.translation import get_language

from network_site.core.addresses import site_host
from network_site.core.models import WorkerHeartbeat
from network_site.mailing.enums import MailStatus
from network_site.mailing.links import FROM_MAIL
from network_site.mailing.mail import (
    list_headers,
    send_templated,
)
from network_site.mailing.models import (
    AddressHealth,
    OutgoingMail,
)
from network_site.mailing.smtp import POLICY
from network_site.notifications.models import MailSettings
from network_site.registries import notifications as registry
from network_site.registries.enums import Category

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def templates(settings, tmp_path):
    """A mail of our own, whose subject runs over two lines."""
    folder = tmp_path / "emails" / "things"
    folder.mkdir(parents=True)
    (folder / "made_subject.txt").write_text("A thing\n{{ thing }}\n")
    (folder / "made_body.txt").write_text(
        "{{ LANGUAGE_CODE }} {{ base_url }} {{ thing }}"
    )
    (folder / "made_body.html").write_text("<p>{{ thing }}</p>")
    options = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**options, "DIRS": [*options["DIRS"], tmp_path]}]


def test_a_mail_has_one_line_of_subject_a_text_and_an_html_part(settings):
    settings.WAGTAILADMIN_BASE_URL = "https://reseau.example/"
    send_templated(
        template="things/made",
        to="a@exemple.fr",
        context={"thing": "<b>"},
        language="en",
        headers={"X-Thing": "3"},
    )
    (message,) = mail.outbox
    assert message.subject == "A thing <b>"
    assert message.body == "en https://reseau.example <b>\n"
    assert message.alternatives[0].content == "<p>&lt;b&gt;</p>"
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    assert message.extra_headers["X-Thing"] == "3"
    assert message.extra_headers["Message-ID"].endswith("@reseau.example>")
    assert message.to == ["a@exemple.fr"]


def test_the_same_mail_is_not_sent_twice_to_the_same_person(member, editor):
    for reader in (member, member, editor):
        send_templated(template="things/made", to=reader, once="made:1")
    assert [message.to for message in mail.outbox] == [[member.email], [editor.email]]
    assert OutgoingMail.objects.filter(status=MailStatus.SENT).count() == 2


def test_a_mail_refused_by_the_server_can_be_tried_again(member, monkeypatch):
    with monkeypatch.context() as patched:

        def refuse(self, messages):
            raise ConnectionRefusedError

        patched.setattr(locmem.EmailBackend, "send_messages", refuse)
        with pytest.raises(ConnectionRefusedError):
            send_templated(template="things/made", to=member, once="made:1")
    assert send_templated(template="things/made", to=member, once="made:1")
    assert len(mail.outbox) == 1


def test_a_mail_interrupted_while_leaving_is_marked_and_not_repeated(member):
    OutgoingMail.objects.create(
        key=f"made:1|{member.pk}",
        kind="templated",
        user=member,
        address=member.email,
        status=MailStatus.SENDING,
    )
    assert not send_templated(template="things/made", to=member, once="made:1")
    assert mail.outbox == []
    assert OutgoingMail.objects.get().status == MailStatus.UNCERTAIN


@pytest.fixture
def thing(monkeypatch):
    """The notification "things.made", which may be switched off."""

    class Thing(registry.Notification):
        name = "things.made"
        category = Category.EVENTS
        label = "A thing"
        can_be_switched_off = True

    monkeypatch.setitem(registry._notifications, "things.made", Thing())


def test_a_mail_is_written_in_the_language_of_its_reader(member):
    member.language = "en"
    member.save()
    send_templated(
        template="things/made",
        to=member,
        context=lambda: {"thing": get_language()},
    )
    (message,) = mail.outbox
    assert message.subject == "A thing en"
    assert message.body.startswith("en ")


def test_who_switched_a_notification_off_does_not_receive_it(member, editor, thing):
    MailSettings.objects.create(user=member, switched_off=["things.made"])
    assert not send_templated(template="things/made", to=member, once="made:1")
    assert send_templated(template="things/made", to=editor, once="made:1")
    assert [message.to for message in mail.outbox] == [[editor.email]]


def test_a_suspended_address_receives_nothing(member):
    AddressHealth.objects.create(
        address=member.email, hard_bounces=2, suspended_at=timezone.now()
    )
    assert not send_templated(template="things/made", to=member, once="made:1")
    assert mail.outbox == []


def test_what_can_be_switched_off_says_where_to_mail_programs(
    member, thing, smtp_sink, settings
):
    settings.WAGTAILADMIN_BASE_URL = "https://reseau-integration.exemple-long.gouv.fr"
    send_templated(template="things/made", to=member, once="made:1")
    (received,) = smtp_sink.messages
    headers = received.parsed.headers
    link = re.fullmatch(r"<(https://\S+)>", headers["List-Unsubscribe"]).group(1)
    sealed = link.rstrip("/").rsplit("/", 1)[1]
    assert FROM_MAIL.read(sealed) == [member.pk, "name:things.made"]
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Id"].endswith(
        "<events.reseau-integration.exemple-long.gouv.fr>"
    )
    assert headers["Precedence"] == "list"
    assert headers["Auto-Submitted"] == "auto-generated"
    # As it stands on the wire: programs read no encoded words there (RFC 2047 5).
    assert f"List-Unsubscribe: <{link}>\r\n".encode() in received.content
    assert received.parsed.text_html == ["<p></p>\r\n"]


def test_what_cannot_be_switched_off_has_no_such_address(member, smtp_sink):
    send_templated(template="things/made", to=member, once="made:1")
    headers = smtp_sink.messages[0].parsed.headers
    assert "List-Unsubscribe" not in headers
    assert "Precedence" not in headers


def test_the_journal_says_who_was_sent_what(member, smtp_sink):
    send_templated(
        template="things/made", to=member, once="made:1", context={"thing": "x"}
    )
    row = OutgoingMail.objects.get()
    assert (row.address, row.subject) == (member.email, "A thing x")
    assert row.notification == "things.made"
    assert row.sent_at is not None
    assert row.message_id == smtp_sink.messages[0].parsed.message_id
    assert row.claimed_by == ""


def test_a_mail_that_a_living_worker_is_sending_is_not_called_interrupted(member):
    WorkerHeartbeat.objects.create(worker_id="worker-1-alive", host="h", pid=1)
    row = OutgoingMail.objects.create(
        key=f"made:1|{member.pk}",
        kind="templated",
        user=member,
        address=member.email,
        status=MailStatus.SENDING,
        claimed_by="worker-1-alive",
        claimed_until=timezone.now() + timedelta(minutes=5),
    )
    assert not send_templated(template="things/made", to=member, once="made:1")
    row.refresh_from_db()
    assert row.status == MailStatus.SENDING
    WorkerHeartbeat.objects.all().delete()
    assert not send_templated(template="things/made", to=member, once="made:1")
    row.refresh_from_db()
    assert row.status == MailStatus.UNCERTAIN
    assert mail.outbox == []


@pytest.mark.parametrize(
    "name", ["Library", "Bibliothèque, « fonds » (ancien)", "Ж <x@y> ; ,", "é" * 150]
)
def test_a_list_has_a_name_that_programs_can_read(name, settings):
    settings.WAGTAIL_SITE_NAME = "Réseau: un.deux"
    header = list_headers("library", name, "https://x.example/")["List-Id"]
    assert header.isascii()
    phrase, _blank, code = header.rpartition(" ")
    assert code == f"<library.{site_host()}>"
    # Nothing of what parts the words of a header (RFC 5322 3.2.3) outside encoded words.
    assert not set(re.sub(r"=\?utf-8\?[bq]\?\S*?\?=", "", phrase)) & set(
        '()<>[]:;@\\,"'
    )
    assert all(len(word) <= 75 for word in phrase.split(" "))
    decoded = str(make_header(decode_header(phrase)))
    assert decoded.startswith("Réseau un deux – ")
    assert name[0] in decoded
    # As it leaves: the identifier in letters, the name before it.
    message = EmailMessage("s", "b", to=["a@b.fr"], headers={"List-Id": header})
    raw = message.message(policy=POLICY).as_bytes().decode("ascii")
    sent = re.search(r"^List-Id: ((?:.|\r\n )*?)\r\n(?! )", raw, re.MULTILINE)[1]
    assert sent.endswith(f" <library.{site_host()}>")
    said = str(make_header(decode_header(sent.replace("\r\n", ""))))
    assert said == f"{decoded} {code}"

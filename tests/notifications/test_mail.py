"""Mails: three parts from templates, in the reader's language, never twice."""

import pytest
from django.core import mail
from django.core.mail.backends import locmem

from network_site.notifications.enums import MailStatus
from network_site.notifications.mail import send_templated
from network_site.notifications.models import OutgoingMail

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

"""The queue of mails: once for a key, the right ones dropped, each on its own."""

import pytest
from django.core.mail import EmailMultiAlternatives

from network_site.notifications import queue
from network_site.notifications.enums import MailStatus
from network_site.notifications.models import OutgoingMail
from network_site.notifications.queue import Letter, deliver_due, enqueue

pytestmark = pytest.mark.django_db


@pytest.fixture
def letters(monkeypatch):
    """A builder of the kind "test", and what it saw: batches, marks set and undone."""
    seen = {"batches": [], "sending": [], "returned": [], "build": None}

    def open_batch(mails):
        seen["batches"].append([mail.key for mail in mails])

        def build(mail):
            if seen["build"] is not None:
                changed = seen["build"](mail)
                if changed is not False:
                    return changed
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


def status_of(key):
    return OutgoingMail.objects.get(key=key).status


def test_a_mail_leaves_once_and_is_written_in_the_journal(letters, smtp_sink, member):
    assert enqueue(key="a", kind="test", user=member, reference=3) is not None
    assert enqueue(key="a", kind="test", user=member) is None
    assert deliver_due() == 1
    assert deliver_due() == 0
    (received,) = smtp_sink.messages
    assert received.recipients == [member.email]
    row = OutgoingMail.objects.get()
    assert row.status == MailStatus.SENT
    assert row.sent_at is not None
    assert row.subject == "Mail a"
    assert row.message_id == received.parsed.message_id
    assert row.claimed_by == ""
    assert letters["sending"] == ["a"]
    assert letters["returned"] == []

"""One item's own mail: to whom, in which words, and when it does not leave after all."""

from datetime import date, timedelta

import pytest
from django.core import mail as outbox

from network_site.mailing.enums import MailStatus
from network_site.mailing.models import OutgoingMail
from network_site.mailing.queue import deliver_due
from network_site.notifications.audience import fan_out
from network_site.notifications.digest import queue_due_digests
from network_site.notifications.enums import Channel
from network_site.notifications.items import mark_read
from network_site.notifications.models import (
    Delivery,
    DigestSchedule,
    MailSettings,
)
from network_site.pages.visibility import ALL
from tests.notifications.factories import NOW, follow, happen

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(kinds, member):
    """An item that waits to be mailed to `member`, who follows its theme at "all"."""
    follow(member, level="all")
    MailSettings.objects.create(user=member)
    item = happen(kinds["library"], 1, title="Circulaire <du> jour")
    fan_out(item.pk, NOW)
    return item


def send(now=NOW):
    deliver_due(now=now)
    return outbox.outbox


def test_it_says_what_happened_why_it_came_and_how_to_change_it(item, member, client):
    (message,) = send()
    html = message.alternatives[0].content
    assert message.to == [member.email]
    assert message.subject == "Nouvelle chose\u00a0: Circulaire <du> jour"
    assert "Circulaire &lt;du&gt; jour" in html
    assert "Circulaire <du> jour" in message.body
    reason = "Vous recevez ce courriel parce que vous suivez «\u00a0Emploi\u00a0»."
    address = message.extra_headers["List-Unsubscribe"].strip("<>")
    for part in (message.body, html):
        assert reason in part
        assert "/choses/1/" in part
        assert "Une ligne de contexte." in part
        assert address in part
        for level in ("Tout", "Résumé", "Mentions", "Rien"):
            assert level in part
    delivery = Delivery.objects.get()
    assert delivery.mailed_at == NOW
    assert delivery.mail.status == MailStatus.SENT
    path = "/" + address.split("/", 3)[3]
    client.post(path, {"List-Unsubscribe": "One-Click"})
    assert member.follows.get().level == "mute"


def test_it_leaves_once_whatever_is_called_again(item):
    for _round in range(3):
        fan_out(item.pk, NOW)
        send()
    queue_due_digests(NOW + timedelta(days=8))
    send(NOW + timedelta(days=8))
    assert len(outbox.outbox) == 1


def read(item, member, kinds):
    mark_read(member, Delivery.objects.values("pk"), NOW)


def hide(item, member, kinds):
    kinds["library"].rows[1].tokens = frozenset({ALL})


def remove(item, member, kinds):
    kinds["library"].rows.clear()


def mute(item, member, kinds):
    follow(member, level="mute")


def switch_off(item, member, kinds):
    MailSettings.objects.update(switched_off=["things.library"])


def never(item, member, kinds):
    MailSettings.objects.update(rhythm="none")


@pytest.mark.parametrize("change", [read, hide, remove, mute, switch_off, never])
def test_what_changed_before_it_left_counts(item, member, kinds, change):
    change(item, member, kinds)
    assert send() == []
    assert OutgoingMail.objects.get().status == MailStatus.DROPPED
    queue_due_digests(NOW + timedelta(days=8))
    assert send(NOW + timedelta(days=8)) == []


def pause(item, member):
    MailSettings.objects.update(
        paused_from=date(2026, 3, 2), paused_until=date(2026, 3, 2)
    )


def less(item, member):
    follow(member, level="summary")


@pytest.mark.parametrize("change", [pause, less])
def test_it_joins_the_summary_when_that_is_what_is_wanted_by_now(item, member, change):
    change(item, member)
    assert send() == []
    assert Delivery.objects.get().channel == Channel.DIGEST
    assert DigestSchedule.objects.filter(user=member, rhythm="weekly").exists()
    queue_due_digests(NOW + timedelta(days=8))
    (message,) = send(NOW + timedelta(days=8))
    assert "Circulaire <du> jour" in message.body


def test_one_that_cannot_be_written_is_listed_and_told_in_the_summary(
    item, member, kinds, monkeypatch
):
    with monkeypatch.context() as patched:
        patched.setattr(type(kinds["library"]), "mail_context", lambda self, obj: 1 / 0)
        assert send() == []
    mail = OutgoingMail.objects.get()
    assert mail.status == MailStatus.FAILED
    assert "ZeroDivisionError" in mail.error
    queue_due_digests(NOW + timedelta(days=8))
    assert len(send(NOW + timedelta(days=8))) == 1


def test_a_mail_that_is_returned_is_told_again_later(item, monkeypatch):
    from network_site.mailing import courier

    def refuse(*args):
        raise ConnectionRefusedError

    with monkeypatch.context() as patched:
        patched.setattr(courier, "send_over", refuse)
        assert send() == []
    assert Delivery.objects.get().mailed_at is None
    assert OutgoingMail.objects.get().status == MailStatus.QUEUED
    assert len(send(NOW + timedelta(hours=1))) == 1
    assert Delivery.objects.get().mailed_at == NOW + timedelta(hours=1)


def test_who_is_named_reads_that_and_may_leave_the_conversation(kinds, member, editor):
    item = happen(
        kinds["forums"], 1, addressed={member.pk: "mention", editor.pk: "own"}
    )
    fan_out(item.pk, NOW)
    bodies = {message.to[0]: message.body for message in send()}
    assert "parce que votre nom y est cité." in bodies[member.email]
    assert "à votre message ou à votre inscription." in bodies[editor.email]


def test_a_space_has_its_own_words_and_headers(
    item, kinds, monkeypatch, settings, tmp_path
):
    folder = tmp_path / "emails" / "things"
    folder.mkdir(parents=True)
    (folder / "library_subject.txt").write_text("Sujet {{ hour }}")
    (folder / "library_body.txt").write_text("Texte {{ hour }} {{ settings_url }}")
    (folder / "library_body.html").write_text("<p>{{ line.title }}</p>")
    options = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**options, "DIRS": [*options["DIRS"], tmp_path]}]
    cls = type(kinds["library"])
    monkeypatch.setattr(cls, "mail_context", lambda self, obj: {"hour": "9 h"})
    monkeypatch.setattr(
        cls, "mail_headers", lambda self, obj: {"Message-ID": f"<t-{obj.pk}@e.fr>"}
    )
    (message,) = send()
    assert message.subject == "Sujet 9 h"
    assert message.body.startswith("Texte 9 h http")
    assert message.extra_headers["Message-ID"] == "<t-1@e.fr>"


def test_a_batch_costs_the_same_for_few_and_many(kinds, make_user):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from network_site.mailing.courier import at_moment
    from network_site.notifications.mail_builders import open_items

    counts = []
    # The first one also reads the branding, kept for a minute.
    for size in (1, 2, 12):
        for _number in range(size):
            follow(make_user(), level="all")
        item = happen(kinds["library"], size)
        fan_out(item.pk, NOW)
        mails = list(OutgoingMail.objects.filter(reference=item.pk))
        assert len(mails) >= size
        with at_moment(NOW), CaptureQueriesContext(connection) as batch:
            build = open_items(mails)
            for mail in mails:
                build(mail)
        counts.append(len(batch))
    assert counts[1] == counts[2]

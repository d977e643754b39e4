"""Summaries: when they leave, what they hold, and that nobody reads a thing twice."""

from datetime import date, datetime, timedelta

import pytest
from django.core import mail as outbox

from network_site.core.timetable import PARIS
from network_site.mailing.enums import MailStatus
from network_site.mailing.models import (
    AddressHealth,
    OutgoingMail,
)
from network_site.mailing.queue import deliver_due
from network_site.members import roles
from network_site.notifications import digest
from network_site.notifications.audience import fan_out
from network_site.notifications.digest import queue_due_digests
from network_site.notifications.items import mark_read
from network_site.notifications.models import (
    Delivery,
    DigestSchedule,
    MailSettings,
)
from network_site.notifications.rhythm import reschedule
from network_site.pages.visibility import ALL, MEMBER
from network_site.registries.enums import Category
from network_site.registries.notifications import Target
from tests.notifications.factories import NOW, follow, happen

pytestmark = pytest.mark.django_db

# NOW is Monday 2 March at 15 h in Paris.
TUESDAY = datetime(2026, 3, 3, 8, 0, tzinfo=PARIS)
DAILY = datetime(2026, 3, 3, 7, 0, tzinfo=PARIS)


@pytest.fixture
def reader(member):
    """A member who follows theme 2 and the four spaces, every week."""
    MailSettings.objects.create(user=member)
    follow(member)
    for category in Category.values[:4]:
        follow(member, "space_t", category)
    reschedule(member, NOW)
    return member


def tell(kinds, pk, category="library", *, when=NOW, **fields):
    item = happen(kinds[category], pk, occurred_at=when, now=NOW, **fields)
    fan_out(item.pk, NOW)
    return item


def run(now):
    """The job and the sending, at `now`; the new mails."""
    before = len(outbox.outbox)
    queue_due_digests(now)
    deliver_due(now=now)
    return outbox.outbox[before:]


def settle(user, now=NOW, **fields):
    MailSettings.objects.update_or_create(user=user, defaults=fields)
    reschedule(user, now)


def test_a_weekly_summary_leaves_on_tuesday_at_eight_once(kinds, reader):
    tell(kinds, 1)
    assert run(TUESDAY - timedelta(minutes=1)) == []
    (message,) = run(TUESDAY)
    assert message.to == [reader.email]
    assert "Chose 1" in message.body
    for later in (0, 5, 60, 24 * 60, 7 * 24 * 60, 14 * 24 * 60):
        assert run(TUESDAY + timedelta(minutes=later)) == []
    delivery = Delivery.objects.get()
    assert delivery.mailed_at == TUESDAY
    assert delivery.mail.status == MailStatus.SENT


@pytest.mark.parametrize("late", [0, 1, 30, 180, 60 * 24 * 5])
def test_a_late_job_sends_what_was_due_and_keeps_to_the_next_time(kinds, reader, late):
    settle(reader, rhythm="daily")
    tell(kinds, 1)
    assert run(DAILY - timedelta(minutes=1)) == []
    now = DAILY + timedelta(minutes=late)
    assert len(run(now)) == 1
    tell(kinds, 2)
    due = DigestSchedule.objects.get().due_at.astimezone(PARIS)
    assert (due.hour, due.minute) == (7, 0)
    assert timedelta(0) < due - now <= timedelta(days=1)
    (message,) = run(due)
    assert "Chose 2" in message.body
    assert "Chose 1" not in message.body


def test_nothing_to_say_makes_no_mail(kinds, reader):
    settle(reader, rhythm="daily")
    for day in range(10):
        assert run(DAILY + timedelta(days=day)) == []
    assert OutgoingMail.objects.count() == 0


def test_what_was_read_on_the_site_is_not_mailed(kinds, reader):
    tell(kinds, 1)
    tell(kinds, 2)
    mark_read(reader, Delivery.objects.filter(item__object_id=1).values("pk"), NOW)
    (message,) = run(TUESDAY)
    assert "Chose 2" in message.body
    assert "Chose 1" not in message.body


def test_read_between_queue_and_building_it_is_not_mailed(kinds, reader):
    tell(kinds, 1)
    assert queue_due_digests(TUESDAY) == 1
    mark_read(reader, Delivery.objects.values("pk"), TUESDAY)
    assert deliver_due(now=TUESDAY) == 1
    assert outbox.outbox == []
    assert OutgoingMail.objects.get().status == MailStatus.DROPPED


def test_read_while_the_mail_was_written_it_is_written_again(
    kinds, reader, monkeypatch
):
    from network_site.notifications import mail_builders

    tell(kinds, 1)
    tell(kinds, 2)
    original, calls = mail_builders.compose, []

    def compose_slowly(**given):
        message = original(**given)
        if not calls:
            mark_read(reader, Delivery.objects.filter(item__object_id=1).values("pk"))
        calls.append(1)
        return message

    monkeypatch.setattr(mail_builders, "compose", compose_slowly)
    (message,) = run(TUESDAY)
    assert "Chose 1" not in message.body
    assert len(calls) == 2


def test_several_rhythms_due_together_make_one_mail(kinds, reader):
    settle(reader, category_rhythms={Category.FORUMS: "daily"})
    tell(kinds, 1)
    tell(kinds, 1, "forums", title="Un message")
    # At seven the daily one; the weekly one of eight leaves with it.
    (message,) = run(DAILY)
    assert "Chose 1" in message.body
    assert "Un message" in message.body
    assert run(TUESDAY) == []
    assert set(DigestSchedule.objects.values_list("rhythm", "due_at")) == {
        ("daily", DAILY + timedelta(days=1)),
        ("weekly", TUESDAY + timedelta(days=7)),
    }


def test_a_space_waits_for_its_own_rhythm(kinds, reader):
    settle(reader, rhythm="monthly", category_rhythms={Category.FORUMS: "daily"})
    run(DAILY)
    tell(kinds, 1)
    tell(kinds, 1, "forums", title="Un message")
    (message,) = run(DAILY + timedelta(days=1))
    assert "Un message" in message.body
    assert "Chose 1" not in message.body
    (message,) = run(datetime(2026, 4, 7, 8, tzinfo=PARIS))
    assert "Chose 1" in message.body


def test_a_pause_holds_back_and_the_first_summary_after_it_tells(kinds, reader):
    settle(
        reader,
        rhythm="at_once",
        paused_from=date(2026, 3, 1),
        paused_until=date(2026, 3, 9),
    )
    follow(reader, level="all")
    tell(kinds, 1)
    for day in range(7):
        assert run(DAILY + timedelta(days=day)) == []
    (message,) = run(DAILY + timedelta(days=7))
    assert "Chose 1" in message.body


def test_a_pause_begun_after_queueing_holds_back(kinds, reader):
    tell(kinds, 1)
    queue_due_digests(TUESDAY)
    pause = {"paused_from": date(2026, 3, 3), "paused_until": date(2026, 3, 5)}
    settle(reader, TUESDAY, **pause)
    assert deliver_due(now=TUESDAY) == 1
    assert outbox.outbox == []
    assert len(run(TUESDAY + timedelta(days=7))) == 1


def test_a_suspended_address_waits(kinds, reader):
    tell(kinds, 1)
    health = AddressHealth.objects.create(address=reader.email, suspended_at=NOW)
    assert run(TUESDAY) == []
    assert OutgoingMail.objects.count() == 0
    health.delete()
    assert len(run(TUESDAY + timedelta(days=7))) == 1


def test_what_may_no_longer_be_read_is_in_no_mail_subject_or_count(kinds, reader):
    for number in range(1, 4):
        tell(kinds, number, tokens=frozenset({MEMBER, ALL}))
    kinds["library"].rows[2].tokens = frozenset({ALL})
    del kinds["library"].rows[3]
    (message,) = run(TUESDAY)
    html = message.alternatives[0].content
    for number in (2, 3):
        assert f"Chose {number}" not in message.body + message.subject + html
    assert message.subject == "Nouvelle chose\u00a0: Chose 1"
    kinds["library"].rows[2].tokens = frozenset({MEMBER, ALL})
    # It waits no longer: it is not told a week later.
    assert run(TUESDAY + timedelta(days=7)) == []


def test_who_left_the_network_reads_nothing_of_it(kinds, reader):
    tell(kinds, 1, tokens=frozenset({MEMBER, ALL}))
    reader.groups.remove(reader.groups.get(role__code=roles.MEMBERS))
    assert run(TUESDAY) == []
    tell(kinds, 2)
    reader.is_active = False
    reader.save()
    assert run(TUESDAY + timedelta(days=7)) == []


@pytest.mark.parametrize("level", ["mute", "mentions", None])
def test_a_change_of_mind_before_the_summary_counts(kinds, reader, level):
    tell(kinds, 1)
    reader.follows.filter(kind="space_t").delete()
    if level is None:
        reader.follows.all().delete()
    else:
        follow(reader, level=level)
    assert run(TUESDAY) == []


def test_one_kind_that_cannot_be_read_is_told_another_time(kinds, reader):
    tell(kinds, 1)
    tell(kinds, 1, "forums", title="Un message")
    kinds["library"].is_broken = True
    (message,) = run(TUESDAY)
    assert "Un message" in message.body
    kinds["library"].is_broken = False
    (message,) = run(TUESDAY + timedelta(days=7))
    assert "Chose 1" in message.body
    assert "Un message" not in message.body


def test_a_mail_that_fails_for_one_person_leaves_for_the_others(
    kinds, reader, editor, monkeypatch
):
    from network_site.notifications import mail_builders

    follow(editor)
    settle(editor, rhythm="weekly")
    tell(kinds, 1)
    original = mail_builders.compose

    def fail_for_reader(**given):
        if given["address"] == reader.email:
            raise ValueError("no words")
        return original(**given)

    with monkeypatch.context() as patched:
        patched.setattr(mail_builders, "compose", fail_for_reader)
        (message,) = run(TUESDAY)
    assert message.to == [editor.email]
    assert OutgoingMail.objects.get(user=reader).status == MailStatus.FAILED
    # What it held waits for the next one.
    (message,) = run(TUESDAY + timedelta(days=7))
    assert message.to == [reader.email]


def test_a_summary_that_still_waits_takes_what_is_due_with_it(kinds, reader):
    settle(reader, category_rhythms={Category.FORUMS: "daily"})
    tell(kinds, 1, "forums", title="Un message")
    monday = DAILY - timedelta(days=1)
    DigestSchedule.objects.filter(rhythm="daily").update(due_at=monday)
    assert queue_due_digests(NOW) == 1
    # The server did not answer for a day; the weekly one is due meanwhile.
    tell(kinds, 1)
    assert queue_due_digests(TUESDAY) == 0
    assert deliver_due(now=TUESDAY) == 1
    (message,) = outbox.outbox
    assert "Un message" in message.body
    assert "Chose 1" in message.body


def test_while_a_summary_is_being_written_the_next_one_waits(kinds, reader):
    settle(reader, rhythm="daily")
    tell(kinds, 1)
    queue_due_digests(DAILY)
    claimed = OutgoingMail.objects.filter(kind="digest")
    claimed.update(claimed_until=DAILY + timedelta(days=2), claimed_by="worker-x")
    tomorrow = DAILY + timedelta(days=1)
    assert queue_due_digests(tomorrow) == 0
    assert DigestSchedule.objects.get().due_at == tomorrow
    claimed.update(claimed_until=None, claimed_by="")
    assert len(run(tomorrow)) == 1


def test_at_most_twenty_lines_and_the_others_are_counted_and_told(kinds, reader):
    for number in range(1, 35):
        tell(kinds, number, when=NOW - timedelta(minutes=number))
    (message,) = run(TUESDAY)
    html = message.alternatives[0].content
    assert message.subject == "34 nouveautés\u00a0: Chose 1"
    for part in (message.body, html):
        assert part.count("/choses/") == 20
        assert "Et 14 autres, parmi vos notifications" in part
        assert "/notifications/" in part
    assert Delivery.objects.filter(mailed_at=None).count() == 0
    assert run(TUESDAY + timedelta(days=7)) == []


def test_ones_own_come_first_then_spaces_then_themes_newest_first(kinds, reader):
    def at(hours):
        return NOW - timedelta(hours=hours)

    theme = Target("theme_t", "2")
    tell(kinds, 1, "forums", title="Ancien message", when=at(30))
    tell(kinds, 2, "forums", title="Message récent", when=at(2))
    tell(kinds, 1, title="Texte emploi", when=at(20))
    tell(kinds, 2, title="Texte logement", when=at(10), theme="Logement")
    tell(kinds, 3, title="Texte emploi récent", when=at(5))
    tell(
        kinds,
        3,
        "forums",
        title="Réponse à mon fil",
        when=at(70),
        addressed={reader.pk: "own"},
        targets=(theme,),
    )
    (message,) = run(TUESDAY)
    expected = [
        "VOS DISCUSSIONS ET VOS JOURNÉES",
        "Réponse à mon fil",
        "BIBLIOTHÈQUE",
        "Emploi",
        "Texte emploi récent",
        "Texte emploi\n",
        "Logement",
        "Texte logement",
        "DISCUSSIONS\n",
        "Message récent",
        "Ancien message",
    ]
    places = []
    for words in expected:
        places.append(message.body.index(words, places[-1] + 1 if places else 0))
    assert places == sorted(places)


def test_a_lively_space_hides_no_other(kinds, reader):
    tell(kinds, 1, title="Une étude", when=NOW - timedelta(days=2))
    for number in range(1, 31):
        tell(kinds, number, "forums", title=f"Message {number}")
    (message,) = run(TUESDAY)
    assert "Une étude" in message.body
    assert message.body.count("Message ") == 19


def test_text_and_html_say_the_same(kinds, reader):
    for number in range(1, 6):
        tell(kinds, number, title=f"Titre <{number}> & co", context="L’essentiel.")
    (message,) = run(TUESDAY)
    html = message.alternatives[0].content
    for number in range(1, 6):
        assert f"Titre <{number}> & co" in message.body
        assert f"Titre &lt;{number}&gt; &amp; co" in html
        assert f"/choses/{number}/" in message.body
        assert f"/choses/{number}/" in html
    assert "Vous suivez «\u00a0Emploi\u00a0»" in message.body
    assert "<img" not in html


def test_the_summary_is_in_the_language_of_its_reader(kinds, reader, editor):
    editor.language = "en"
    editor.save()
    follow(editor)
    settle(editor, rhythm="weekly")
    tell(kinds, 1)
    tell(kinds, 2)
    messages = {message.to[0]: message for message in run(TUESDAY)}
    assert "What is new for you" in messages[editor.email].body
    assert "Du nouveau pour vous" in messages[reader.email].body
    assert messages[editor.email].subject.startswith("2 novelties: ")
    assert 'lang="en"' in messages[editor.email].alternatives[0].content


def test_one_click_changes_the_rhythm_from_the_summary(kinds, reader, client):
    tell(kinds, 1)
    (message,) = run(TUESDAY)
    headers = message.extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = headers["List-Unsubscribe"].strip("<>")
    assert address in message.body
    path = "/" + address.split("/", 3)[3]
    assert client.get(path).status_code == 200
    assert MailSettings.objects.get(user=reader).rhythm == "weekly"
    client.post(path, {"List-Unsubscribe": "One-Click"})
    assert MailSettings.objects.get(user=reader).rhythm == "none"


def test_the_job_and_a_batch_cost_the_same_for_few_and_many(kinds, make_user):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from network_site.notifications.mail_builders import open_digests

    counts = []
    for size in (2, 12):
        for _number in range(size):
            user = make_user(None, roles.MEMBERS)
            follow(user)
            settle(user, rhythm="weekly")
        for number in range(1, size + 1):
            tell(kinds, size * 100 + number)
        with CaptureQueriesContext(connection) as job:
            queue_due_digests(TUESDAY)
        mails = list(OutgoingMail.objects.filter(status=MailStatus.QUEUED))
        assert len(mails) >= size
        with CaptureQueriesContext(connection) as batch:
            open_digests(mails)
        counts.append((len(job), len(batch)))
        OutgoingMail.objects.all().delete()
        DigestSchedule.objects.update(due_at=TUESDAY)
    assert counts[0] == counts[1]


def test_chunks_and_pages_forget_nobody(kinds, make_user, monkeypatch):
    monkeypatch.setattr(digest, "CHUNK", 3)
    monkeypatch.setattr(digest, "PAGE", 5)
    for _number in range(17):
        user = make_user(None, roles.MEMBERS)
        follow(user)
        settle(user, rhythm="weekly")
    tell(kinds, 1)
    assert queue_due_digests(TUESDAY) == 17
    assert queue_due_digests(TUESDAY) == 0

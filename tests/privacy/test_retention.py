"""What is past its time goes by the timetable: nothing is left a day after."""

import uuid
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from events import services as days
from events.models import Registration
from forums.services import report_post
from network_site.core.models import OutboxEntry, TimetableRun
from network_site.core.timetable import run_due
from network_site.directory.models import ContactMessage
from network_site.mailing.models import (
    Bounce,
    OutgoingMail,
)
from network_site.newsletters.models import Subscription
from network_site.notifications.models import Item
from network_site.privacy import retention, services
from network_site.registries.personal_data import categories
from network_site.search.models import CountingKey, QueryCount, QueryTrace
from network_site.search.trends import week_of
from tests.events.factories import make_event
from tests.forums.factories import make_post, make_thread


@pytest.fixture
def kept(places, home_page, member, colleague, client_for):
    """A row of everything that has a term."""
    now = timezone.now()
    OutgoingMail.objects.create(key="a", kind="x", address="a@b.fr", status="sent")
    Bounce.objects.create(report_id="r", address="a@b.fr", is_hard=True)
    Item.objects.create(name="x", object_id=1, category="forums", occurred_at=now)
    Subscription.objects.create(email="c@d.fr", consent="Oui", created_at=now)
    days.register(event=make_event(), user=member, access_needs="Une rampe")
    post = make_post(make_thread(author=member), member)
    report_post(post=post, reason="other", email="visiteur@exemple.fr")
    OutboxEntry.objects.create(kind="x", handled_at=now)
    TimetableRun.objects.create(job="x", due_at=now, claimed_by="w")
    DBTaskResult.objects.create(
        status="SUCCESSFUL",
        finished_at=now,
        priority=0,
        task_path="library.tasks.read_files",
        queue_name="slow",
        backend_name="default",
        args_kwargs={"args": [], "kwargs": {}},
        run_after=now,
        exception_class_path="",
        traceback="",
    )
    week = week_of(now)
    CountingKey.objects.create(week=week, key="k")
    count = QueryCount.objects.create(week=week, query="logement", people=4)
    QueryTrace.objects.create(counted=count, person="m")
    ContactMessage.objects.create(
        sender=member,
        recipient=colleague,
        subject="Bonjour",
        body="Un mot",
        form_token=uuid.uuid4(),
        sent_at=now,
    )
    client_for(member).get("/")
    services.prepare(export_id=services.ask_export(user=member).pk)
    return now


def _overdue(now):
    return {
        one.name: one.overdue(now)
        for one in categories()
        if one.retention and one.overdue(now)
    }


def test_two_years_later_all_is_past_due_and_one_night_leaves_nothing(
    kept, monkeypatch
):
    # Early in the morning: a night's work that was missed is not done in the afternoon.
    later = timezone.localtime(kept + timedelta(days=366 * 2)).replace(hour=6)
    past_due = _overdue(later)
    assert {
        "notifications.mails",
        "notifications.returns",
        "notifications.items",
        "newsletters.subscription",
        "events.access_needs",
        "forums.moderation",
        "core.outbox",
        "core.timetable",
        "core.tasks",
        "search.counts",
        "sessions.session",
        "privacy.export",
        "directory.message",
    } <= set(past_due)
    monkeypatch.setattr(timezone, "now", lambda: later)
    run_due("test", now=later)
    left = _overdue(later)
    # An account that nobody used has its two notices first.
    left.pop("accounts.user", None)
    assert left == {}
    assert not Registration.objects.exclude(access_needs="").exists()
    assert not Session.objects.exists()


def test_the_administrator_reads_rules_next_runs_and_rows_past_due(
    kept, administrator, client_for, member_client
):
    page = client_for(administrator).get("/admin/donnees-personnelles/")
    assert page.status_code == 200
    assert "Journal des messages" in page.text
    assert "Rien n’a dépassé son terme" in page.text
    assert member_client.get("/admin/donnees-personnelles/").status_code in {302, 403}
    now = timezone.now()
    for row in retention.rows(now):
        if row.overdue is None:
            assert row.next_run is None
        else:
            assert now < row.next_run <= now + timedelta(days=1, hours=1)


def test_everybody_reads_how_long_things_are_kept(client, home_page):
    page = client.get("/mes-donnees/durees/").text
    assert "180 jours" in page
    assert "Needs" not in page

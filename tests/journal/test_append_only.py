"""Nothing written in the journal is changed or removed before its time, by Python or by SQL."""

from datetime import timedelta
from unittest import mock

import pytest
from django.core.checks import run_checks
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from network_site.core import timetable
from network_site.journal import triggers
from network_site.journal.checks import journal_is_kept
from network_site.journal.enums import Action
from network_site.journal.models import Entry
from network_site.journal.services import forget_old_entries, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(member):
    return record(Action.CONTENT_HIDDEN, actor=member)


def written(days_ago):
    """An entry written some days ago."""
    at = timezone.now() - timedelta(days=days_ago)
    with mock.patch("django.utils.timezone.now", return_value=at):
        return record(Action.CONTENT_HIDDEN)


@pytest.mark.parametrize(
    "attempt",
    [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: Entry.objects.update(action="x"),
        lambda entry: Entry.objects.all().delete(),
        lambda entry: Entry.objects.bulk_update([entry], ["action"]),
        lambda entry: Entry.objects.update_or_create(pk=entry.pk),
        lambda entry: Entry.objects.all()._raw_delete("default"),
        lambda entry: Entry._base_manager.update(action="x"),
        lambda entry: Entry.objects.bulk_create(
            [Entry(pk=entry.pk, action="x")],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["action"],
        ),
    ],
)
def test_python_neither_changes_nor_removes_an_entry(entry, attempt):
    with pytest.raises(TypeError, match="append-only"):
        attempt(entry)
    assert Entry.objects.get().action == Action.CONTENT_HIDDEN


@pytest.fixture
def guarded(db):
    """The database with the triggers that the migration puts there."""
    triggers.install(connection)
    yield
    triggers.remove(connection)


def refused(attempt):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        attempt()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET action = 'content_restored'",
        "UPDATE journal_entry SET subject_id = 12 WHERE 1 = 1",
        "DELETE FROM journal_entry",
    ],
)
def test_the_database_refuses_to_change_or_remove_an_entry(guarded, entry, statement):
    def run():
        with connection.cursor() as cursor:
            cursor.execute(statement)

    refused(run)
    assert Entry.objects.get().action == Action.CONTENT_HIDDEN


def test_the_database_refuses_django_where_the_model_is_bypassed(guarded, entry):
    rows = models.QuerySet(Entry).all()
    refused(lambda: rows.update(action="x"))
    refused(lambda: rows._raw_delete("default"))
    record(Action.CONTENT_RESTORED)
    assert Entry.objects.count() == 2


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_the_table_is_not_emptied_at_once(guarded, entry):
    def empty():
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE journal_entry")

    refused(empty)


def test_what_is_past_its_time_is_forgotten_and_nothing_else(guarded):
    written(days_ago=triggers.RETENTION_DAYS + 2)
    kept = [written(days_ago=triggers.RETENTION_DAYS - 1), written(days_ago=0)]
    assert forget_old_entries() == 1
    assert list(Entry.objects.order_by("pk")) == kept
    # The clock of the database decides, whatever the program says.
    ahead = timezone.now() + timedelta(days=5000)
    refused(lambda: forget_old_entries(now=ahead))


def test_the_worker_forgets_each_night():
    timetable_of = {job.name for job in timetable.declared_jobs()}
    assert "network_site.journal.timetable.forget_decisions_of_long_ago" in timetable_of


def test_a_database_whose_journal_can_be_rewritten_is_reported(guarded):
    applied = "network_site.journal.checks._applied"
    with mock.patch(applied, return_value={"0002_append_only"}):
        assert journal_is_kept(databases=["default"]) == []
        triggers.remove(connection)
        (error,) = journal_is_kept(databases=["default"])
        assert error.id == "journal.E001"
        assert error in run_checks(tags=["database"], databases=["default"])
    # Before the migration there is nothing to find.
    assert journal_is_kept(databases=["default"]) == []


def test_entries_outlive_the_accounts_they_name(entry, member):
    member.delete()
    assert Entry.objects.get().actor_id is not None

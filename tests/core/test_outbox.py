"""Effects written with their cause: once, in order, again after a failure."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from network_site.core import outbox
from network_site.core.models import OutboxEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def registry(monkeypatch):
    """An empty registry of handlers, for one test."""
    from collections import defaultdict

    monkeypatch.setattr(outbox, "_registry", defaultdict(list))
    return outbox.handles


def test_a_handler_receives_the_ids_of_what_happened(registry):
    seen = []
    registry("thing.made")(lambda thing_id: seen.append(thing_id))
    outbox.emit("thing.made", thing_id=3)
    assert outbox.drain() == 1
    assert seen == [3]
    assert outbox.drain() == 0


def test_an_effect_vanishes_with_the_transaction_that_caused_it():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        outbox.emit("thing.made", thing_id=3)
        raise ZeroDivisionError
    assert not OutboxEntry.objects.exists()


def test_entries_are_handled_in_the_order_they_were_written(registry):
    seen = []
    registry("thing.made")(lambda thing_id: seen.append(thing_id))
    outbox.emit_many("thing.made", [{"thing_id": number} for number in range(120)])
    outbox.drain()
    assert seen == list(range(120))


def test_a_failing_handler_does_not_stop_the_others_and_is_tried_again(registry):
    calls = {"good": 0, "bad": 0}

    @registry("thing.made")
    def bad(thing_id):
        calls["bad"] += 1
        if calls["bad"] == 1:
            raise ValueError("the mail server is away")

    @registry("thing.made")
    def good(thing_id):
        calls["good"] += 1

    entry = outbox.emit("thing.made", thing_id=3)
    outbox.drain()
    entry.refresh_from_db()
    assert "the mail server is away" in entry.last_error
    assert entry.handled_at is None
    assert entry.next_attempt_at > timezone.now()
    assert outbox.drain() == 0, "it rests before the next attempt"

    OutboxEntry.objects.update(next_attempt_at=timezone.now())
    outbox.drain()
    entry.refresh_from_db()
    assert entry.handled_at is not None
    assert entry.last_error == ""
    assert calls == {"good": 1, "bad": 2}, "what succeeded is not repeated"


def test_an_entry_that_always_fails_is_given_up_and_kept(registry):
    @registry("thing.made")
    def bad(thing_id):
        raise ValueError

    entry = outbox.emit("thing.made", thing_id=3)
    for _attempt in range(outbox.MAX_ATTEMPTS + 3):
        OutboxEntry.objects.update(next_attempt_at=timezone.now())
        outbox.drain()
    entry.refresh_from_db()
    assert entry.is_dead
    assert entry.attempts == outbox.MAX_ATTEMPTS


def test_a_batch_handler_receives_what_is_at_hand_in_one_call(registry):
    calls = []

    @registry("page.published", "page.moved", batch=True)
    def index(items):
        calls.append([(item.kind, item.ids["pk"]) for item in items])

    outbox.emit("page.published", pk=1)
    outbox.emit("page.moved", pk=2)
    outbox.drain()
    assert calls == [[("page.published", 1), ("page.moved", 2)]]
    assert not OutboxEntry.objects.pending().exists()


def test_a_claimed_entry_is_left_alone_until_its_lease_runs_out(registry):
    seen = []
    registry("thing.made")(lambda thing_id: seen.append(thing_id))
    outbox.emit("thing.made", thing_id=3)
    claimed = outbox._claim(10, "worker-1-a")
    assert len(claimed) == 1
    assert outbox.drain() == 0

    OutboxEntry.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert outbox.drain() == 1
    assert seen == [3]


def test_claims_of_a_dead_worker_are_released_and_those_of_the_living_kept(registry):
    outbox.emit("thing.made", thing_id=1)
    outbox._claim(1, "worker-1-dead")
    outbox.emit("thing.made", thing_id=2)
    outbox._claim(1, "worker-2-alive")
    assert outbox.release_claims_of({"worker-2-alive"}) == 1
    assert [entry.payload["thing_id"] for entry in OutboxEntry.objects.due()] == [1]


def test_an_idle_drain_is_one_read(registry, django_assert_num_queries):
    with django_assert_num_queries(1):
        outbox.drain()


def test_drain_stops_at_its_limit(registry):
    registry("thing.made")(lambda thing_id: None)
    outbox.emit_many("thing.made", [{"thing_id": number} for number in range(9)])
    assert outbox.drain(limit=4) == 4
    assert OutboxEntry.objects.pending().count() == 5

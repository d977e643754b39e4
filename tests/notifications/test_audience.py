"""Who is told of an item, and by which way."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model

from network_site.core import outbox
from network_site.mailing.enums import (
    Mailer,
    MailStatus,
)
from network_site.mailing.models import (
    AddressHealth,
    OutgoingMail,
)
from network_site.members import roles
from network_site.notifications import audience
from network_site.notifications.audience import backfill, fan_out
from network_site.notifications.models import (
    Delivery,
    DigestSchedule,
    Follow,
    Item,
    MailSettings,
)
from network_site.pages.visibility import ALL, MEMBER
from network_site.registries.enums import Category
from network_site.registries.notifications import Target
from tests.notifications.factories import NOW, follow, happen

pytestmark = pytest.mark.django_db


def told(item, now=NOW):
    """{e-mail: channel} of those an item reaches."""
    fan_out(item.pk, now)
    return dict(
        Delivery.objects.filter(item=item).values_list("user__email", "channel")
    )


@pytest.mark.parametrize(
    ("level", "rhythm", "channel"),
    [
        ("all", "weekly", "at_once"),
        ("all", "at_once", "at_once"),
        ("all", "none", "site"),
        ("summary", "daily", "digest"),
        ("summary", "monthly", "digest"),
        ("summary", "at_once", "at_once"),
        ("summary", "none", "site"),
        ("mentions", "at_once", None),
        ("mute", "at_once", None),
    ],
)
def test_the_level_and_the_rhythm_make_the_way(kinds, member, level, rhythm, channel):
    follow(member, level=level)
    MailSettings.objects.create(user=member, rhythm=rhythm)
    item = happen(kinds["library"], 1)
    assert told(item).get(member.email) == channel
    mails = OutgoingMail.objects.filter(kind="item", user=member)
    assert mails.count() == (channel == "at_once")
    assert DigestSchedule.objects.filter(user=member).count() == (channel == "digest")


@pytest.mark.parametrize("reason", ["mention", "own"])
@pytest.mark.parametrize(
    ("level", "rhythm", "channel"),
    [
        (None, "weekly", "at_once"),
        (None, "none", "site"),
        ("mentions", "weekly", "at_once"),
        ("summary", "monthly", "at_once"),
        ("mute", "at_once", None),
    ],
)
def test_what_is_addressed_to_somebody_reaches_them_at_once(
    kinds, member, reason, level, rhythm, channel
):
    if level:
        follow(member, level=level)
    MailSettings.objects.create(user=member, rhythm=rhythm)
    item = happen(kinds["forums"], 1, addressed={member.pk: reason})
    assert told(item).get(member.email) == channel
    if channel:
        delivery = Delivery.objects.get()
        assert delivery.reason == reason
        assert delivery.via == "theme_t:2"
    if channel == "at_once":
        assert OutgoingMail.objects.get().mailer == Mailer.DEFAULT


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        # The most precise one decides, whichever it is.
        ({"thread_t": "mute", "theme_t": "all", "space_t": "all"}, None),
        ({"thread_t": "all", "theme_t": "mute", "space_t": "mute"}, "thread_t:7"),
        ({"theme_t": "mentions", "space_t": "all"}, None),
        ({"theme_t": "summary", "space_t": "mute"}, "theme_t:2"),
        ({"space_t": "all"}, "space_t:library"),
    ],
)
def test_the_most_precise_setting_decides(kinds, member, levels, expected):
    targets = (
        Target("space_t", "library"),
        Target("theme_t", "2"),
        Target("thread_t", "7"),
    )
    for kind, level in levels.items():
        (target,) = (one.pk for one in targets if one.kind == kind)
        follow(member, kind, target, level)
    told(happen(kinds["library"], 1, targets=targets))
    assert list(Delivery.objects.values_list("via", flat=True)) == (
        [expected] if expected else []
    )


def test_among_equals_the_strongest_level_decides(kinds, member):
    follow(member, target="1", level="mute")
    follow(member, target="2", level="summary")
    follow(member, target="3", level="all")
    targets = tuple(Target("theme_t", pk) for pk in "123")
    assert told(happen(kinds["library"], 1, targets=targets)) == {
        member.email: "at_once"
    }
    assert Delivery.objects.get().via == "theme_t:3"


def test_who_did_it_is_not_told_even_when_named(kinds, member, editor):
    follow(member)
    follow(editor)
    item = happen(
        kinds["library"], 1, actor_id=member.pk, addressed={member.pk: "mention"}
    )
    assert set(told(item)) == {editor.email}


def test_only_those_who_may_read_are_told(
    kinds, member, pending, administrator, make_user
):
    gone = make_user("ancien@exemple.fr", roles.MEMBERS, is_active=False)
    for user in (member, pending, administrator, gone):
        follow(user, level="all")
    item = happen(
        kinds["library"],
        1,
        tokens=frozenset({MEMBER, ALL}),
        addressed={pending.pk: "mention"},
    )
    assert set(told(item)) == {member.email, administrator.email}
    assert OutgoingMail.objects.count() == 2
    nobody = happen(kinds["library"], 2, tokens=frozenset())
    assert told(nobody) == {}


def test_during_a_pause_and_at_a_suspended_address_everything_waits(
    kinds, member, editor
):
    for user in (member, editor):
        follow(user, level="all")
    MailSettings.objects.create(
        user=member,
        rhythm="at_once",
        paused_from=date(2026, 3, 1),
        paused_until=date(2026, 3, 8),
    )
    AddressHealth.objects.create(address=editor.email, suspended_at=NOW)
    assert told(happen(kinds["library"], 1)) == {
        member.email: "digest",
        editor.email: "digest",
    }
    assert OutgoingMail.objects.count() == 0
    assert dict(DigestSchedule.objects.values_list("user__email", "rhythm")) == {
        member.email: "daily",
        editor.email: "weekly",
    }


def test_what_was_switched_off_by_name_is_on_the_site_only(kinds, member):
    follow(member, level="all")
    MailSettings.objects.create(user=member, switched_off=["things.library"])
    assert told(happen(kinds["library"], 1)) == {member.email: "site"}


def test_a_rhythm_of_its_own_for_a_space_decides(kinds, member):
    follow(member)
    MailSettings.objects.create(
        user=member,
        rhythm="none",
        category_rhythms={Category.FORUMS: "daily"},
    )
    assert told(happen(kinds["library"], 1)) == {member.email: "site"}
    assert told(happen(kinds["forums"], 1)) == {member.email: "digest"}


@pytest.mark.parametrize(
    ("days", "channel"), [(1, "at_once"), (3, "digest"), (29, "digest"), (31, None)]
)
def test_what_is_old_when_noted_floods_nobody(kinds, member, days, channel):
    follow(member, level="all")
    item = happen(kinds["library"], 1, occurred_at=NOW - timedelta(days=days), now=NOW)
    emitted = outbox.OutboxEntry.objects.filter(kind="notification.announced")
    assert emitted.exists() == (channel is not None)
    if channel:
        assert told(item) == {member.email: channel}


def test_what_happened_is_noted_once(kinds, member):
    follow(member)
    assert happen(kinds["library"], 1) is not None
    assert happen(kinds["library"], 1) is None
    assert happen(kinds["library"], 1, variant="v2") is not None
    assert Item.objects.count() == 2


def test_the_worker_tells_followers(kinds, member):
    follow(member)
    item = happen(kinds["library"], 1)
    outbox.drain()
    assert Delivery.objects.filter(item=item, user=member).exists()


def test_what_is_gone_is_told_to_nobody_and_what_fails_is_tried_again(kinds, member):
    follow(member)
    item = happen(kinds["library"], 1)
    kinds["library"].is_broken = True
    with pytest.raises(RuntimeError):
        fan_out(item.pk, NOW)
    kinds["library"].is_broken = False
    kinds["library"].rows.clear()
    assert told(item) == {}
    assert fan_out(item.pk + 1000, NOW) == 0


def crowd(count):
    users = get_user_model().objects.bulk_create(
        get_user_model()(email=f"p{number}@exemple.fr", password="!")
        for number in range(count)
    )
    Follow.objects.bulk_create(
        Follow(user=user, kind=kind, target=target, level="all")
        for user in users
        for kind, target in [("theme_t", "2"), ("space_t", "library")]
    )
    return users


def test_a_crowd_is_told_by_pieces_each_person_once(kinds, monkeypatch):
    monkeypatch.setattr(audience, "CHUNK", 7)
    monkeypatch.setattr(audience, "PAGE", 11)
    users = crowd(40)
    item = happen(kinds["library"], 1)
    assert fan_out(item.pk, NOW) == 40
    assert Delivery.objects.filter(item=item, via="theme_t:2").count() == 40
    assert OutgoingMail.objects.count() == 40
    assert fan_out(item.pk, NOW) == 40
    assert Delivery.objects.count() == OutgoingMail.objects.count() == len(users)


@pytest.mark.parametrize("calls", [1, 2, 5])
def test_killed_half_way_it_is_finished_by_the_next(kinds, monkeypatch, calls):
    monkeypatch.setattr(audience, "CHUNK", 7)
    crowd(30)
    item = happen(kinds["library"], 1)
    left = calls

    class Kill(BaseException):
        pass

    def enqueue_then_die(rows):
        nonlocal left
        left -= 1
        if not left:
            raise Kill
        return original(rows)

    original = audience.queue.enqueue_many
    with monkeypatch.context() as patched:
        patched.setattr(audience.queue, "enqueue_many", enqueue_then_die)
        with pytest.raises(Kill):
            fan_out(item.pk, NOW)
    fan_out(item.pk, NOW)
    assert Delivery.objects.count() == 30
    assert OutgoingMail.objects.filter(status=MailStatus.QUEUED).count() == 30


def test_the_number_of_queries_does_not_depend_on_the_followers(
    kinds, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    # Within one piece of each kind: mails are queued fifty at a time.
    for number, size in enumerate([3, 45]):
        Follow.objects.all().delete()
        get_user_model().objects.all().delete()
        crowd(size)
        item = happen(kinds["library"], number + 1)
        with CaptureQueriesContext(connection) as captured:
            fan_out(item.pk, NOW)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_newcomer_receives_the_newest_of_what_they_follow(kinds, member):
    for number in range(1, 15):
        happen(
            kinds["library"], number, occurred_at=NOW - timedelta(days=number), now=NOW
        )
    happen(kinds["forums"], 1, tokens=frozenset({ALL}))
    happen(kinds["practices"], 1, targets=(Target("theme_t", "1"),))
    happen(kinds["events"], 1, occurred_at=NOW - timedelta(days=70), now=NOW)
    happen(kinds["events"], 2, actor_id=member.pk)
    follow(member, level="all")
    assert backfill(member, NOW) == 10
    assert set(
        Delivery.objects.filter(user=member).values_list("item__object_id", flat=True)
    ) == set(range(1, 11))
    assert set(Delivery.objects.values_list("channel", "item__category")) == {
        ("digest", "library")
    }
    assert OutgoingMail.objects.count() == 0
    assert DigestSchedule.objects.filter(user=member, rhythm="weekly").exists()
    # The older ones only: nothing is given twice.
    assert backfill(member, NOW) == 4
    assert backfill(member, NOW) == 0

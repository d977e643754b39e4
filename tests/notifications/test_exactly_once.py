"""Four hundred days of a network whose worker is late, doubled and killed.

Whatever happens, an item reaches a person in one mail at most, and in exactly one unless
they have read it, asked not to have it, may not read it, or the mail was interrupted while
it was being sent.
"""

import logging
import random
import re
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import connection

from network_site.core.timetable import PARIS
from network_site.mailing import courier
from network_site.mailing.enums import MailStatus
from network_site.mailing.models import OutgoingMail
from network_site.mailing.queue import (
    deliver_due,
    mark_interrupted,
)
from network_site.members import roles
from network_site.notifications import mail_builders
from network_site.notifications.audience import fan_out
from network_site.notifications.digest import queue_due_digests
from network_site.notifications.enums import Rhythm
from network_site.notifications.items import mark_read
from network_site.notifications.models import (
    Delivery,
    DigestSchedule,
    Item,
    MailSettings,
)
from network_site.notifications.rhythm import next_slot, reschedule
from network_site.pages.visibility import ALL, MEMBER
from network_site.registries.enums import (
    Category,
    Level,
)
from network_site.registries.notifications import Target
from tests.notifications.factories import follow, happen

pytestmark = pytest.mark.django_db

START = datetime(2026, 2, 1, tzinfo=UTC)
DAYS = 400
# Afterwards nothing is killed any more and every pause is over.
CALM_DAYS = 70
THREAD = Target("thread_t", "1")


class Kill(BaseException):
    """The process is gone: not even its `finally` writes anything."""


class Chaos:
    """Kills the process, or lets others act, at a random statement of the database."""

    def __init__(self, rng):
        self.rng = rng
        self.left = 0
        self.act = None
        self.is_dead = False
        self.is_busy = False
        self.depth = len(connection.savepoint_ids)

    def arm(self, act):
        """Do `act` ("before", "after": killed then; or a function) some statements from now."""
        self.act, self.left = act, self.rng.randint(1, 40)

    def disarm(self):
        self.act, self.is_dead = None, False

    def __call__(self, execute, sql, params, many, context):
        if self.is_dead:
            # A transaction that was open is rolled back by the database.
            if sql.startswith(("ROLLBACK", "RELEASE")):
                return execute(sql, params, many, context)
            raise Kill
        if self.act is None or self.is_busy:
            return execute(sql, params, many, context)
        self.left -= 1
        if self.left > 0:
            return execute(sql, params, many, context)
        act = self.act
        if callable(act):
            if len(connection.savepoint_ids) == self.depth:
                self.act, self.is_busy = None, True
                try:
                    act()
                finally:
                    self.is_busy = False
            return execute(sql, params, many, context)
        self.act, self.is_dead = None, True
        if act == "after":
            execute(sql, params, many, context)
        raise Kill


class Network:
    """People, what happens, and an account of it that does not look at the product's."""

    def __init__(self, seed, kinds, make_user):
        self.rng = random.Random(seed)
        self.kinds = kinds
        self.chaos = Chaos(self.rng)
        self.now = START
        self.count = 0
        self.untold = []
        self.things = {}
        self.noted_at = {}
        self.mailed = {}
        self.read = set()
        self.excused = set()
        self.levels = {}
        self.is_killable = True
        self.kills = 0
        self.stable = {}
        self.people = {}
        for name, fields in {
            "weekly": {"rhythm": "weekly"},
            "daily": {"rhythm": "daily", "hour": 18},
            "monthly": {"rhythm": "monthly"},
            "mixed": {"rhythm": "weekly", "category_rhythms": {"forums": "daily"}},
            "at_once": {"rhythm": "at_once"},
            "fickle": {"rhythm": "daily"},
            "leaving": {"rhythm": "daily"},
        }.items():
            user = make_user(f"{name}@exemple.fr", roles.MEMBERS)
            self.people[name] = user
            MailSettings.objects.create(user=user, **fields)
            follow(user)
            self.levels[name] = Level.SUMMARY
            reschedule(user, START)
        self.names = {user.email: name for name, user in self.people.items()}

    # What happens

    def note(self):
        """Something new in a space; perhaps somebody is named in it."""
        self.count += 1
        category = self.rng.choice(Category.values[:4])
        addressed = {}
        if self.rng.random() < 0.2:
            name = self.rng.choice(list(self.people))
            addressed = {self.people[name].pk: self.rng.choice(["own", "mention"])}
        happened = self.now - timedelta(days=self.rng.choice([0, 0, 0, 1, 5]))
        with self.alive():
            item = happen(
                self.kinds[category],
                self.count,
                occurred_at=happened,
                now=self.now,
                tokens=frozenset({MEMBER, ALL}),
                targets=(Target("theme_t", "2"), THREAD),
                addressed=addressed,
            )
        self.things[self.count] = category
        self.untold.append((item, self.count))

    def spread(self):
        """The outbox: tried again until it succeeds."""
        for item, pk in list(self.untold):
            self.maybe_chaos(0.1)
            try:
                fan_out(item.pk, self.now)
            finally:
                self.noted_at.setdefault(pk, self.now)
            self.untold.remove((item, pk))
            with self.alive():
                self.excuse_those_who_do_not_want(pk)

    def excuse_those_who_do_not_want(self, pk):
        for name, user in self.people.items():
            away = not user.groups.exists()
            if away or self.levels[name] in (Level.MUTE, Level.MENTIONS):
                self.excused.add((name, pk))
        for settings in MailSettings.objects.select_related("user"):
            self.excuse_if_never(settings, [pk])

    def excuse_if_never(self, settings, pks):
        name = self.names[settings.user.email]
        for pk in pks:
            if settings.rhythm_of(self.things[pk]) == Rhythm.NONE:
                self.excused.add((name, pk))

    def somebody_reads(self):
        """One person opens one of the newest things."""
        name = self.rng.choice(list(self.people))
        pk = self.count - self.rng.randint(0, 8)
        unread = Delivery.objects.filter(
            user=self.people[name], item__object_id=pk, read_at=None
        )
        with self.alive():
            if mark_read(self.people[name], list(unread.values_list("pk", flat=True))):
                self.read.add((name, pk))

    def change_of_mind(self):
        """The fickle one changes a setting; the one who leaves, leaves or comes back."""
        name = self.rng.choice(["fickle", "fickle", "leaving", "at_once"])
        user = self.people[name]
        settings = MailSettings.objects.get(user=user)
        if name == "leaving":
            if user.groups.exists():
                user.groups.clear()
                self.excuse_all(name)
            else:
                user.groups.add(*self.people["daily"].groups.all())
        elif name == "at_once" or self.rng.random() < 0.3:
            first = self.now.astimezone(PARIS).date() + timedelta(
                days=self.rng.randint(0, 5)
            )
            settings.paused_from = first
            settings.paused_until = first + timedelta(days=self.rng.randint(0, 20))
        elif self.rng.random() < 0.4:
            level = self.rng.choice(list(Level))
            follow(user, level=level)
            self.levels[name] = level
            if level in (Level.MUTE, Level.MENTIONS):
                self.excuse_all(name)
        else:
            settings.rhythm = self.rng.choice(list(Rhythm))
            settings.hour = self.rng.choice([None, 5, 9, 21])
            settings.category_rhythms = self.rng.choice(
                [{}, {"library": "monthly"}, {"forums": "none"}, {"events": "at_once"}]
            )
        settings.save()
        reschedule(user, self.now)
        self.excuse_if_never(settings, self.things)

    def excuse_all(self, name):
        """What waits for `name` may now be left out."""
        self.excused |= {
            (name, pk) for pk in self.things if (name, pk) not in self.mailed
        }

    def one_disappears(self):
        """A thing of the last days is taken away for good."""
        pk = self.count - self.rng.randint(0, 10)
        if self.kinds[self.things[pk]].rows.pop(pk, None):
            self.excused |= {(name, pk) for name in self.people}

    # The worker

    @contextmanager
    def alive(self):
        """Something done by another process, which nothing kills."""
        busy, self.chaos.is_busy = self.chaos.is_busy, True
        try:
            yield
        finally:
            self.chaos.is_busy = busy

    def maybe_chaos(self, likely):
        if not self.is_killable or self.rng.random() > likely:
            return
        self.chaos.arm(
            self.rng.choice(
                [
                    "before",
                    "after",
                    self.run_beside,
                    self.run_beside,
                    self.somebody_reads,
                ]
            )
        )

    def run_beside(self):
        """A second worker does the same at the same time."""
        queue_due_digests(self.now)
        deliver_due(now=self.now, claimed_by=f"worker-beside-{self.rng.random()}")

    def work(self):
        """One turn of the worker at `now`; another one takes over when it is killed."""
        for step in (
            self.spread,
            *self.rng.choice([1, 1, 2]) * [lambda: queue_due_digests(self.now)],
            lambda: deliver_due(now=self.now, claimed_by=f"worker-{self.rng.random()}"),
        ):
            self.maybe_chaos(0.15)
            try:
                step()
            except Kill:
                self.kills += 1
            finally:
                self.chaos.disarm()
        if self.rng.random() < 0.7 or not self.is_killable:
            mark_interrupted([], now=self.now)

    def carry(self, server, message):
        """Takes a mail to its reader, and accounts for it; the server has its moods."""
        mood = self.rng.random() if self.is_killable and not self.chaos.is_busy else 1
        if mood < 0.02:
            raise ConnectionRefusedError
        if mood < 0.04:
            self.chaos.is_dead = True
            raise Kill
        name = self.names[message.to[0]]
        listed = [int(pk) for pk in re.findall(r"/choses/(\d+)/", message.body)]
        assert listed, "a mail that says nothing"
        assert len(listed) == len(set(listed))
        settings = MailSettings.objects.get(user=self.people[name])
        today = self.now.astimezone(PARIS).date()
        assert not (
            settings.paused_from
            and settings.paused_from <= today <= settings.paused_until
        ), f"{name} pauses"
        assert self.people[name].groups.exists()
        for pk in listed:
            assert (name, pk) not in self.mailed, f"{name} has {pk} twice"
            assert (name, pk) not in self.read, f"{name} has read {pk}"
            assert pk in self.kinds[self.things[pk]].rows, f"{pk} is gone"
            assert settings.rhythm_of(self.things[pk]) != Rhythm.NONE
        assert self.levels[name] != Level.MUTE
        # In two steps: without statistics, PostgreSQL reads everything for a join.
        mail = OutgoingMail.objects.get(message_id=message.extra_headers["Message-ID"])
        told = Item.objects.filter(
            pk__in=list(
                Delivery.objects.filter(mail=mail).values_list("item_id", flat=True)
            )
        )
        others = int(re.search(r"others:(\d+)", message.body)[1])
        assert len(listed) + others == len(told)
        for pk in told.values_list("object_id", flat=True):
            assert (name, pk) not in self.mailed, f"{name} has {pk} twice"
            self.mailed[name, pk] = (self.now, message.extra_headers.get("List-Id"))
        if mood < 0.06:
            self.chaos.is_dead = True
            raise Kill


def write_briefly(*, address, context, headers, **given):
    """The mail in a few words: what it lists and how many it counts."""
    if "sections" in context:
        listed = [
            entry["text"]
            for section in context["sections"]
            for group in section["groups"]
            for entry in group["entries"]
        ]
    else:
        listed = [context["line"].path]
    return EmailMultiAlternatives(
        subject="x",
        body="\n".join([*listed, f"others:{context.get('others', 0)}"]),
        to=[address],
        headers=dict(headers),
    )


@pytest.fixture
def network(kinds, make_user, monkeypatch):
    logging.getLogger("network_site.notifications").setLevel(logging.ERROR)
    network = Network(1, kinds, make_user)
    monkeypatch.setattr(courier, "send_over", network.carry)
    # The words of mails are proved elsewhere; here there are thousands of them.
    monkeypatch.setattr(mail_builders, "compose", write_briefly)
    return network


def live(network, days, likely):
    """`days` pass: things happen, and the worker comes when it can."""
    rng = network.rng
    end = network.now + timedelta(days=days)
    while network.now < end:
        # It comes after minutes or a day and a half; now and then it is down for days.
        if rng.random() < 0.01:
            network.now += timedelta(days=rng.randint(1, 4))
        else:
            network.now += timedelta(minutes=rng.randint(5, 2100))
        with network.alive():
            if rng.random() < 0.6 * likely:
                network.note()
            if network.count > 10:
                if rng.random() < 0.3 * likely:
                    network.somebody_reads()
                if rng.random() < 0.08 * likely:
                    network.change_of_mind()
                if rng.random() < 0.01 * likely:
                    network.one_disappears()
        network.work()


@pytest.mark.timeout(400)
@pytest.mark.skipif(
    connection.vendor == "postgresql",
    reason="a year in one transaction, without statistics, takes PostgreSQL ten minutes",
)
def test_four_hundred_days(network):
    with connection.execute_wrapper(network.chaos):
        live(network, DAYS, likely=1)
        network.is_killable = False
        MailSettings.objects.update(paused_from=None, paused_until=None)
        mark_interrupted([], now=network.now)
        live(network, CALM_DAYS, likely=0)
    statuses = dict(OutgoingMail.objects.values_list("pk", "status"))
    assert network.kills > 20
    assert list(statuses.values()).count(MailStatus.UNCERTAIN) > 3
    assert MailStatus.SENDING not in statuses.values()
    assert MailStatus.QUEUED not in statuses.values()
    uncertain = {
        (network.names[email], pk)
        for email, pk in Delivery.objects.filter(
            mail__status=MailStatus.UNCERTAIN
        ).values_list("user__email", "item__object_id")
    }
    for name in network.people:
        for pk in network.things:
            pair = (name, pk)
            if pair in network.mailed or pair in network.read | uncertain:
                continue
            assert pair in network.excused, f"{name} was never told of {pk}"
    # Those who never changed anything were told of nearly everything, at their time.
    for name, rhythm, hour in [
        ("weekly", Rhythm.WEEKLY, None),
        ("daily", Rhythm.DAILY, 18),
        ("monthly", Rhythm.MONTHLY, None),
    ]:
        told = [pk for who, pk in network.mailed if who == name]
        assert len(told) > 0.5 * len(network.things)
        summaries = sorted(
            {
                at
                for (who, _pk), (at, list_id) in network.mailed.items()
                if who == name and "resume" in list_id
            }
        )
        slot = START
        for at in summaries:
            # Never a summary more than there were times for one.
            slot = next_slot(rhythm, hour, slot)
            assert slot <= at


def test_no_schedule_stands_still(network):
    with connection.execute_wrapper(network.chaos):
        live(network, 30, likely=1)
        network.is_killable = False
        network.work()
    latest = network.now + timedelta(days=36)
    for schedule in DigestSchedule.objects.all():
        assert network.now < schedule.due_at <= latest
    assert date(2026, 3, 1) < network.now.date()

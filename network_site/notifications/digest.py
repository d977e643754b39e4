"""Summaries: whose is due, what waits in it, how it is laid out.

What a summary holds is what waits when it is built: neither mailed nor read. It is queued when
its wall time has come (rhythm.py) and something waits; the mail is built as it leaves
(mail_builders.py).
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import batched

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from network_site.mailing import queue
from network_site.mailing.enums import (
    Mailer,
    MailStatus,
)
from network_site.mailing.models import OutgoingMail
from network_site.notifications.audience import ADDRESSED, mail_key, people
from network_site.notifications.enums import Channel
from network_site.notifications.enums import Rhythm as R
from network_site.notifications.models import (
    Delivery,
    DigestSchedule,
    MailSettings,
)
from network_site.notifications.rhythm import is_paused, next_slot, summary_rhythm
from network_site.registries.enums import Category
from network_site.registries.notifications import Line

# Lines of one summary; the others are counted, and stand in the centre.
MOST_LINES = 20
# Summaries of one person due so close to each other make one mail: the daily one of seven
# o'clock and the weekly one of eight.
SAME_MAIL = timedelta(hours=2)
# People in one transaction, and read at a time.
CHUNK, PAGE = 100, 2000
# The rhythms of a mail, as the number that its row refers to.
BITS = {R.DAILY: 1, R.WEEKLY: 2, R.MONTHLY: 4}


def rhythms_of(mail):
    """The rhythms whose items the summary `mail` (an OutgoingMail) carries."""
    return {rhythm for rhythm, bit in BITS.items() if (mail.reference or 0) & bit}


def queue_due_digests(now=None):
    """Queue the summaries that are due, one mail a person; return how many.

    May run late, twice, or in two workers: the next time is written in the transaction that
    queues the mail. Who has nothing to read, or pauses, has no mail.
    """
    now = now or timezone.now()
    count, last = 0, 0
    while True:
        due = DigestSchedule.objects.filter(due_at__lte=now, user_id__gt=last)
        user_ids = list(
            due.order_by("user_id").values_list("user_id", flat=True).distinct()[:PAGE]
        )
        for chunk in batched(user_ids, CHUNK):
            count += _serve(chunk, now)
        if len(user_ids) < PAGE:
            return count
        last = user_ids[-1]


def _serve(user_ids, now):
    persons = people(user_ids)
    waiting = waiting_categories(user_ids)
    with transaction.atomic():
        schedules = defaultdict(list)
        for schedule in (
            DigestSchedule.objects.select_for_update()
            .filter(user_id__in=user_ids, due_at__lte=now + SAME_MAIL)
            .order_by("pk")
        ):
            schedules[schedule.user_id].append(schedule)
        # Read again under the lock: a change of hour meanwhile must not be lost.
        settings = {
            one.user_id: one
            for one in MailSettings.objects.filter(user_id__in=user_ids)
        }
        underway = _underway(user_ids)
        mails, moved = [], []
        for user_id, due in schedules.items():
            if min(schedule.due_at for schedule in due) > now:
                # Another worker was first.
                continue
            person = persons.get(user_id)
            own = settings.get(user_id) or MailSettings(user_id=user_id)
            rhythms = {R(schedule.rhythm) for schedule in due}
            if person and _has_mail(person, own, rhythms, waiting[user_id], now):
                bits = sum(BITS[rhythm] for rhythm in rhythms)
                if user_id not in underway:
                    mails.append(_mail(person.user, due, bits, now))
                elif not _join(underway[user_id], bits, now):
                    # The one before is being written this very minute: after it.
                    continue
            for schedule in due:
                after = max(now, schedule.due_at)
                schedule.due_at = next_slot(schedule.rhythm, own.hour, after)
                moved.append(schedule)
        queue.enqueue_many(mails)
        DigestSchedule.objects.bulk_update(moved, ["due_at"])
    return len(mails)


def _has_mail(person, settings, rhythms, categories, now):
    return (
        not person.is_suspended
        and not is_paused(settings, now)
        and any(summary_rhythm(settings, one) in rhythms for one in categories)
    )


def _mail(user, schedules, bits, now):
    first = min(schedule.due_at for schedule in schedules)
    return {
        "key": f"digest:{user.pk}:{first:%Y%m%d%H%M}",
        "kind": "digest",
        "user": user,
        "notification": "notifications.digest",
        "reference": bits,
        "mailer": Mailer.BULK,
        "at": now,
    }


def _underway(user_ids):
    """{user's pk: the pk of a summary that has not left}: nobody has two in the queue."""
    rows = OutgoingMail.objects.filter(
        kind="digest", user_id__in=user_ids, status=MailStatus.QUEUED
    )
    return dict(rows.values_list("user_id", "pk"))


def _join(mail_id, bits, now):
    """Let the summary `mail_id` carry these rhythms too; False while it is being written."""
    waiting = OutgoingMail.objects.filter(pk=mail_id, status=MailStatus.QUEUED).exclude(
        claimed_until__gt=now
    )
    return bool(waiting.update(reference=F("reference").bitor(bits)))


def waiting_deliveries(user_ids):
    """What waits for a summary of these people: neither mailed nor read, newest first.

    An item that has a mail of its own under way is not among it; one whose own mail never
    left (a pause, an address that was suspended, a template that failed) is.
    """
    deliveries = list(_untold(user_ids).select_related("item"))
    own = {
        mail_key(one.item_id, one.user_id)
        for one in deliveries
        if one.channel == Channel.AT_ONCE
    }
    leaving = _leaving(own)
    return [
        one
        for one in deliveries
        if one.channel != Channel.AT_ONCE
        or mail_key(one.item_id, one.user_id) not in leaving
    ]


def waiting_categories(user_ids):
    """{user's pk: the categories of what waits}, as waiting_deliveries, without reading it."""
    rows = list(
        _untold(user_ids).values_list("user_id", "item_id", "item__category", "channel")
    )
    leaving = _leaving(
        {
            mail_key(item_id, user_id)
            for user_id, item_id, _category, channel in rows
            if channel == Channel.AT_ONCE
        }
    )
    found = defaultdict(set)
    for user_id, item_id, category, channel in rows:
        if channel != Channel.AT_ONCE or mail_key(item_id, user_id) not in leaving:
            found[user_id].add(category)
    return found


def _untold(user_ids):
    return (
        Delivery.objects.filter(user_id__in=user_ids, mailed_at=None, read_at=None)
        .exclude(channel=Channel.SITE)
        .order_by("-item_id")
    )


def _leaving(keys):
    if not keys:
        return frozenset()
    underway = OutgoingMail.objects.filter(
        key__in=keys, status__in=[MailStatus.QUEUED, MailStatus.SENDING]
    )
    return frozenset(underway.values_list("key", flat=True))


@dataclass(frozen=True)
class Told:
    """One item as a summary tells it to one person."""

    delivery: Delivery
    line: Line
    # Items of the same thread or page that this line tells too.
    more: int = 0

    @property
    def is_own(self):
        return self.delivery.reason in ADDRESSED

    @property
    def when(self):
        return self.delivery.item.occurred_at, self.delivery.item_id


@dataclass
class Group:
    """The lines of one theme ("" for those without)."""

    theme: str
    lines: list[Told] = field(default_factory=list)


@dataclass
class Section:
    """One's own discussions and days, or one space."""

    title: str
    mark: str
    groups: list[Group] = field(default_factory=list)


def gather(told):
    """One line for what happened several times in one place: a thread with five answers is one.

    What concerns the person speaks for the others, else the newest.
    """
    places = defaultdict(list)
    for one in told:
        item = one.delivery.item
        # Without an address nothing says that two items are in one place.
        places[(item.name, item.path) if item.path else item.pk].append(one)
    return [
        replace(max(many, key=lambda one: (one.is_own, one.when)), more=len(many) - 1)
        for many in places.values()
    ]


def choose(told, most=MOST_LINES):
    """The items of a summary, newest first, when all of them would be too many.

    What concerns the person comes first; then each space in turn gives its newest, so that a
    lively discussion hides no text.
    """
    newest = sorted(told, key=lambda one: one.when, reverse=True)
    chosen = [one for one in newest if one.is_own][:most]
    spaces = defaultdict(list)
    for one in reversed(newest):
        if not one.is_own:
            spaces[one.delivery.item.category].append(one)
    while len(chosen) < most and any(spaces.values()):
        for category in Category.values:
            if spaces[category] and len(chosen) < most:
                chosen.append(spaces[category].pop())
    return chosen


def arrange(chosen):
    """Sections of `chosen`: one's own first, then by space, by theme, newest first."""
    newest = sorted(chosen, key=lambda one: one.when, reverse=True)
    own = [one for one in newest if one.is_own]
    sections = []
    if own:
        sections.append(
            Section(_("Your discussions and your days"), "", [Group("", own)])
        )
    for category in Category:
        lines = [
            one
            for one in newest
            if not one.is_own and one.delivery.item.category == category
        ]
        if lines:
            sections.append(
                Section(str(category.label), lines[0].line.mark, _by_theme(lines))
            )
    return sections


def _by_theme(lines):
    """Groups by theme: what has none first, then the theme where something is newest."""
    groups = {"": Group("")}
    for one in lines:
        groups.setdefault(one.line.theme, Group(one.line.theme)).lines.append(one)
    return [group for group in groups.values() if group.lines]

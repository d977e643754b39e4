"""Who is told of an item, by which way: from one happening to one delivery a person.

`way` is the one rule; it decides when the item is noted and again when a mail is built, so that
a change of mind in between counts.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import batched

from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.utils import timezone

from network_site.mailing import queue
from network_site.mailing.enums import Mailer
from network_site.mailing.models import AddressHealth
from network_site.members import roles
from network_site.notifications.enums import (
    Channel,
    Rhythm,
)
from network_site.notifications.items import happenings
from network_site.notifications.models import (
    Delivery,
    Follow,
    Item,
    MailSettings,
)
from network_site.notifications.rhythm import (
    ensure_schedules,
    is_paused,
    reschedule,
    summary_rhythm,
)
from network_site.pages.visibility import ALL, tokens_for
from network_site.registries.enums import (
    Level,
    Reason,
)
from network_site.registries.notifications import (
    Target,
    followable_of,
)

# An archive that is imported floods nobody: what is older is in its space, that is all.
OLDEST_TOLD = timedelta(days=30)
# What is older waits for the summary.
OLDEST_AT_ONCE = timedelta(days=2)
# People written about in one transaction: SQLite has one writer.
CHUNK = 500
# Rows of follows read at a time.
PAGE = 2000
# What a newcomer finds in their first summary.
BACKFILLED, BACKFILL_DAYS, BACKFILL_SCANNED = 10, timedelta(days=60), 500

ADDRESSED = (Reason.MENTION, Reason.OWN)
STRENGTH = {Level.ALL: 3, Level.SUMMARY: 2, Level.MENTIONS: 1, Level.MUTE: 0}


@dataclass(frozen=True)
class Setting:
    """What a person asked for one target of an item."""

    target: Target
    level: Level

    @property
    def rank(self):
        """The most precise decides; among equals, the strongest."""
        return precision_of(self.target), STRENGTH[self.level]


@dataclass
class Person:
    """A member with all that decides what reaches them."""

    user: models.Model
    settings: MailSettings
    is_suspended: bool = False

    @cached_property
    def tokens(self):
        return tokens_for(self.user)

    def may_read(self, tokens):
        """The rule of visibility.may_read, with the tokens computed once."""
        return bool(tokens) and (ALL in self.tokens or bool(self.tokens & tokens))


def precision_of(target):
    """How precise following `target` is; 0 for a kind that is no longer declared."""
    return getattr(followable_of(target.kind), "precision", 0)


def deciding(settings):
    """The Setting that decides among a person's, None without any."""
    return max(settings, key=lambda setting: setting.rank, default=None)


def people(user_ids):
    """{pk: Person} of the active ones, in four queries whatever their number."""
    users = (
        get_user_model()
        .objects.filter(pk__in=user_ids, is_active=True)
        .only(
            *["email", "first_name", "last_name", "language"],
            *["is_active", "is_superuser"],
        )
    )
    users = {user.pk: user for user in users}
    roles.remember_groups(users.values())
    known = {one.user_id: one for one in MailSettings.objects.filter(user_id__in=users)}
    suspended = set(
        AddressHealth.objects.filter(
            address__in={user.email for user in users.values()}
        )
        .exclude(suspended_at=None)
        .values_list("address", flat=True)
    )
    found = {}
    for pk, user in users.items():
        found[pk] = Person(
            user, known.get(pk) or MailSettings(user=user), user.email in suspended
        )
    return found


def way(*, person, item, reason, level, now):
    """The Channel by which `item` reaches `person`, None when it does not.

    `reason` is a Reason, `level` what the person's deciding setting asks for (None without
    any).
    """
    is_addressed = reason in ADDRESSED
    if level == Level.MUTE or (
        not is_addressed and level not in (Level.ALL, Level.SUMMARY)
    ):
        return None
    rhythm = person.settings.rhythm_of(item.category)
    if rhythm == Rhythm.NONE or item.name in person.settings.switched_off:
        return Channel.SITE
    wants_at_once = is_addressed or level == Level.ALL or rhythm == Rhythm.AT_ONCE
    if (
        not wants_at_once
        or now - item.occurred_at > OLDEST_AT_ONCE
        or person.is_suspended
        or is_paused(person.settings, now)
    ):
        return Channel.DIGEST
    return Channel.AT_ONCE


def fan_out(item_id, now=None):
    """Write one delivery for each person an item reaches; return how many people were looked at.

    May be called twice, or be killed half-way and called again: deliveries and mails are
    unique. Memory does not grow with the audience.
    """
    now = now or timezone.now()
    item = Item.objects.filter(pk=item_id).first()
    if item is None:
        return 0
    found = happenings([item])
    if item.pk not in found:
        return 0
    happening = found[item.pk]
    if happening is None:
        raise RuntimeError(f"{item} cannot be read")
    addressed = dict(happening.kind.addressed_to(happening.obj))
    addressed.pop(item.actor_id, None)
    count = 0
    for user_ids in batched(sorted(addressed), CHUNK):
        asked = _settings_of(user_ids, happening.targets)
        _tell(
            happening,
            {pk: (addressed[pk], asked.get(pk, [])) for pk in user_ids},
            now,
        )
        count += len(user_ids)
    skipped = {*addressed, item.actor_id}
    for asked in _followers(happening.targets):
        those = {pk: many for pk, many in asked.items() if pk not in skipped}
        for chunk in batched(those, CHUNK):
            _tell(happening, {pk: (Reason.FOLLOW, those[pk]) for pk in chunk}, now)
        count += len(those)
    return count


def _tell(happening, audience, now):
    """`audience` is {user's pk: (Reason, [Setting])}."""
    item = happening.item
    deliveries, waiting, mails = [], {}, []
    default_via = max(happening.targets, key=precision_of, default="")
    for pk, person in people(audience).items():
        reason, settings = audience[pk]
        decisive = deciding(settings)
        channel = way(
            person=person,
            item=item,
            reason=reason,
            level=decisive and decisive.level,
            now=now,
        )
        if channel is None or not person.may_read(happening.tokens):
            continue
        if decisive and decisive.target.kind == "search" and reason == Reason.FOLLOW:
            reason = Reason.SEARCH
        deliveries.append(
            Delivery(
                user_id=pk,
                item=item,
                reason=reason,
                via=str(decisive.target if decisive else default_via),
                channel=channel,
            )
        )
        if channel == Channel.DIGEST:
            rhythm = summary_rhythm(person.settings, item.category)
            waiting[pk] = (person.settings, {rhythm})
        elif channel == Channel.AT_ONCE:
            mails.append(_mail(item, person.user, reason, now))
    with transaction.atomic():
        Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)
        ensure_schedules(waiting, now)
    # Apart: after a kill in between, the same keys are queued when it is done again.
    queue.enqueue_many(mails)


def _mail(item, user, reason, now):
    return {
        "key": mail_key(item.pk, user.pk),
        "kind": "item",
        "user": user,
        "notification": item.name,
        "reference": item.pk,
        "mailer": Mailer.DEFAULT if reason in ADDRESSED else Mailer.BULK,
        "at": now,
    }


def mail_key(item_id, user_id):
    """The key of the mail that one item makes for one person."""
    return f"item:{item_id}:{user_id}"


def _following(targets):
    """The condition "follows one of `targets`", in Follow."""
    by_kind = defaultdict(list)
    for target in targets:
        by_kind[target.kind].append(target.pk)
    condition = models.Q(pk__in=[])
    for kind, pks in by_kind.items():
        condition |= models.Q(kind=kind, target__in=pks)
    return condition


def _grouped(rows):
    """{user's pk: [Setting]} of rows (user, kind, target, level)."""
    asked = defaultdict(list)
    for user_id, kind, target, level in rows:
        asked[user_id].append(Setting(Target(kind, target), Level(level)))
    return asked


def _settings_of(user_ids, targets):
    rows = Follow.objects.filter(_following(targets), user_id__in=user_ids)
    return _grouped(rows.values_list("user_id", "kind", "target", "level"))


def _followers(targets):
    """{user's pk: [Setting]} by pages, each person whole in one of them."""
    rows = (
        Follow.objects.filter(_following(targets))
        .order_by("user_id")
        .values_list("user_id", "kind", "target", "level")
    )
    last = 0
    while True:
        page = list(rows.filter(user_id__gt=last)[:PAGE])
        if len(page) == PAGE:
            # The last person may have more rows than fit: they come first on the next page.
            unsure = page[-1][0]
            page = [row for row in page if row[0] != unsure]
        if not page:
            return
        yield _grouped(page)
        if len(page) < PAGE and not rows.filter(user_id__gt=page[-1][0]).exists():
            return
        last = page[-1][0]


def follows_of(user_ids):
    """{user's pk: {Target: Level}}: everything these people ask for."""
    found = defaultdict(dict)
    rows = Follow.objects.filter(user_id__in=user_ids)
    for user_id, kind, target, level in rows.values_list(
        "user_id", "kind", "target", "level"
    ):
        found[user_id][Target(kind, target)] = Level(level)
    return found


def level_for(levels, targets):
    """(Level, Target) that decides for an item of `targets`, (None, None) without any.

    `levels` is {Target: Level}, what one person asks for.
    """
    decisive = deciding(
        Setting(target, levels[target]) for target in targets if target in levels
    )
    return (decisive.level, decisive.target) if decisive else (None, None)


def backfill(user, now=None):
    """Give `user` the newest items of what they follow, for their first summary.

    At most BACKFILLED, none of them by a mail of its own. Return how many were added.
    """
    now = now or timezone.now()
    person = people([user.pk]).get(user.pk)
    if person is None:
        return 0
    levels = follows_of([user.pk])[user.pk]
    recent = (
        Item.objects.filter(occurred_at__gte=now - BACKFILL_DAYS, occurred_at__lte=now)
        .exclude(actor=user)
        .exclude(deliveries__user=user)[:BACKFILL_SCANNED]
    )
    deliveries = []
    for items in batched(recent, 100):
        found = happenings(items)
        for item in items:
            happening = found.get(item.pk)
            if happening is None or not person.may_read(happening.tokens):
                continue
            level, target = level_for(levels, happening.targets)
            channel = way(
                person=person, item=item, reason=Reason.FOLLOW, level=level, now=now
            )
            if channel is None:
                continue
            if channel == Channel.AT_ONCE:
                channel = Channel.DIGEST
            deliveries.append(
                Delivery(user=user, item=item, via=str(target), channel=channel)
            )
            if len(deliveries) == BACKFILLED:
                break
        if len(deliveries) == BACKFILLED:
            break
    with transaction.atomic():
        Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)
        reschedule(user, now)
    return len(deliveries)


def deliver(happening, matched, now=None):
    """Tell `happening` to people whom its own targets do not bring it to: saved searches.

    `matched` is {user's pk: {Target}}, what they follow that it answers; what they ask for
    its other targets counts as in `fan_out`. Who was told already is left out. Return how
    many people were looked at.
    """
    now = now or timezone.now()
    known = Delivery.objects.filter(item=happening.item, user_id__in=matched)
    skipped = {*known.values_list("user_id", flat=True), happening.item.actor_id}
    waiting = sorted(pk for pk in matched if pk not in skipped)
    for user_ids in batched(waiting, CHUNK):
        targets = {target for pk in user_ids for target in matched[pk]}
        asked = _settings_of(user_ids, [*happening.targets, *targets])
        _tell(
            happening,
            {pk: (Reason.FOLLOW, asked[pk]) for pk in user_ids if pk in asked},
            now,
        )
    return len(waiting)

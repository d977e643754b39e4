"""Accounts that nobody uses: two notices a month apart, then the same erasure as a departure.

An absence is named by the last moment the person was seen: logging in, or the link "I stay",
begins another one, to which no notice belongs.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from network_site.core.outbox import emit
from network_site.privacy.clock import months_before
from network_site.privacy.enums import DepartureCause
from network_site.privacy.models import Departure, InactivityNotice

LAST_NOTICE = 2


def _seen(users):
    return users.annotate(
        last_active_at=Greatest(
            Coalesce("last_login", "date_joined"),
            Coalesce("presence__confirmed_at", "date_joined"),
        )
    )


def away(now):
    """The accounts not used since INACTIVITY_MONTHS months, the longest unused first."""
    before = months_before(now, settings.INACTIVITY_MONTHS)
    users = get_user_model().objects.filter(left_at=None, is_active=True)
    return (
        _seen(users).filter(last_active_at__lte=before).order_by("last_active_at", "pk")
    )


def administrators_away(now):
    """Accounts of administrators that nobody uses: never erased by a clock, only shown."""
    return away(now).filter(is_superuser=True)


def _people_away(now):
    return away(now).filter(is_superuser=False)


def is_still_away(user, now):
    """Whether `user` has had both notices of the absence that still lasts."""
    found = _people_away(now).filter(pk=user.pk).first()
    return found is not None and _sent(found, LAST_NOTICE) is not None


def _sent(user, number):
    return InactivityNotice.objects.filter(
        user=user,
        number=number,
        last_active_at=user.last_active_at,
        sent_at__isnull=False,
    ).first()


def run(*, now=None):
    """Take each unused account one step further, where its time has come; return how many.

    A first notice, a second one INACTIVITY_NOTICE_DAYS after the first has *left*, the erasure
    as long after the second has. Run late or twice, nothing is skipped nor repeated.
    """
    now = now or timezone.now()
    # What belongs to an absence that is over says nothing any more.
    _forget_old_notices()
    return sum(_step(user, now) for user in _people_away(now).iterator(chunk_size=500))


def _forget_old_notices():
    told = get_user_model().objects.filter(inactivity_notices__isnull=False)
    seen = dict(_seen(told).values_list("pk", "last_active_at"))
    old = [
        pk
        for pk, user_id, moment in InactivityNotice.objects.values_list(
            "pk", "user_id", "last_active_at"
        )
        if moment != seen[user_id]
    ]
    InactivityNotice.objects.filter(pk__in=old).delete()


def _step(user, now):
    wait = timedelta(days=settings.INACTIVITY_NOTICE_DAYS)
    notices = {
        notice.number: notice
        for notice in InactivityNotice.objects.filter(
            user=user, last_active_at=user.last_active_at
        )
    }
    for number in range(1, LAST_NOTICE + 1):
        notice = notices.get(number)
        if notice is None:
            return _write(user, number, now)
        if notice.sent_at is None or notice.sent_at + wait > now:
            return 0
    return _leave(user, now)


def _write(user, number, now):
    try:
        with transaction.atomic():
            notice = InactivityNotice.objects.create(
                user=user,
                number=number,
                last_active_at=user.last_active_at,
                asked_at=now,
            )
            emit("inactivity.notice", notice_id=notice.pk)
    except IntegrityError:
        # Another worker was faster.
        return 0
    return 1


def _leave(user, now):
    if Departure.objects.filter(user=user, cancelled_at=None).exists():
        return 0
    try:
        with transaction.atomic():
            Departure.objects.create(
                user=user, cause=DepartureCause.INACTIVITY, asked_at=now, due_at=now
            )
    except IntegrityError:
        return 0
    return 1


def note_sent(*, notice, now=None):
    """The notice has left: the next step is counted from now."""
    InactivityNotice.objects.filter(pk=notice.pk, sent_at=None).update(
        sent_at=now or timezone.now(), is_undeliverable=False
    )


def note_undeliverable(*, notice):
    """Its address takes no mail: nothing is erased, the administrator is told."""
    InactivityNotice.objects.filter(pk=notice.pk, sent_at=None).update(
        is_undeliverable=True
    )


def overdue(now):
    """How many accounts should have been erased and are not, but for those that cannot be."""
    wait = timedelta(days=settings.INACTIVITY_NOTICE_DAYS)
    # Two notices, each a month, and two days for the jobs of the night.
    before = months_before(now, settings.INACTIVITY_MONTHS) - 2 * wait
    late = _people_away(now).filter(last_active_at__lt=before - timedelta(days=2))
    return (
        late.exclude(
            pk__in=InactivityNotice.objects.filter(is_undeliverable=True).values("user")
        )
        .exclude(pk__in=_still_being_told(now))
        .count()
    )


def _still_being_told(now):
    """Those whose notices left late (the site was down): their month runs from then."""
    wait = timedelta(days=settings.INACTIVITY_NOTICE_DAYS + 2)
    return InactivityNotice.objects.filter(
        asked_at__gt=now - 2 * wait,
    ).values("user")
